"""What a step asks of the stock: which goods, and never more than is needed.

The kernel asks and stops; the engine moves the stock in the same transaction and
answers with `AnswerStock`, until nothing is asked any more.
"""

from collections.abc import Mapping, Sequence

from flowengine.kernel.case import Case, StockItem, Task
from flowengine.kernel.elements import elements_of
from flowengine.kernel.events import IncidentRaised, StockAsked
from flowengine.kernel.run import Run
from flowengine.language.parts import Each, StockEffect, StockVerb
from flowengine.net.net import NetStep

#: Outcomes of `do: stock.reserve`.
ALL, SOME, NONE = "all", "some", "none"


def is_of_element(each: Each | None, path: Sequence[str] | None) -> bool:
    """Whether a path begins at the element of `each` and not at the order."""
    return each is not None and path is not None and path[0] == each.name


def lines_of(
    data: Mapping[str, object],
    each: Each | None,
    element: str | None,
    path: Sequence[str],
) -> tuple[StockItem, ...]:
    """The lines of a list of goods, with their addresses; those of nothing left out.

    The element of `each` is one line where it is goods itself.
    """
    address = ".".join(path)
    root, inner = data, path
    if each is not None and is_of_element(each, path):
        if len(path) == 1:
            lines = lines_of(data, None, None, each.items)
            own = f"{'.'.join(each.items)}#{element}"
            return tuple(line for line in lines if line.line == own)
        address = ".".join((f"{'.'.join(each.items)}#{element}", *path[1:]))
        root, inner = (
            dict(elements_of(data, each.items)).get(element or "", {}),
            path[1:],
        )
    return tuple(
        StockItem(f"{address}#{name}", str(line["sku"]), quantity)
        for name, line in elements_of(root, inner)
        if isinstance(quantity := line.get("quantity"), int)
        and quantity > 0
        and line.get("sku") is not None
    )


def needed(
    case: Case, verb: StockVerb, lines: tuple[StockItem, ...]
) -> tuple[StockItem, ...]:
    """What is to be asked: a line reserves what it has not, and releases what it has.

    So a loop through `reserve` doubles nothing, and `release` of nothing does nothing.
    """
    if verb is StockVerb.RESERVE:
        wanted = [line.quantity - case.reserved.get(line.line, 0) for line in lines]
    elif verb is StockVerb.RELEASE:
        wanted = [case.reserved.get(line.line, 0) for line in lines]
    else:
        return lines
    return tuple(
        StockItem(line.line, line.sku, quantity)
        for line, quantity in zip(lines, wanted, strict=True)
        if quantity > 0
    )


def ask(
    run: Run,
    task: Task,
    effect: StockEffect,
    items: tuple[StockItem, ...],
    *,
    partly: bool = False,
    undo: bool = False,
) -> bool:
    """Ask for goods where there are any to ask for; True means: stop here.

    What goes round by itself for ever, one answer after the other, is an incident.
    """
    if not items:
        return False
    if run.turn > run.net.advance_limit * (1 + len(run.case.kept)):
        reason = f"it asks for stock by itself: {run.turn} times without hands"
        run.record(IncidentRaised(at=run.at, by=run.by, step=task.step, reason=reason))
        return True
    run.record(
        StockAsked(
            at=run.at,
            by=run.by,
            step=task.step,
            visit=task.visit,
            element=task.element,
            verb=effect.verb,
            items=items,
            source=effect.source,
            target=effect.target,
            partly=partly,
            undo=undo,
            turn=run.turn,
        )
    )
    return True


def asks_at_end(
    run: Run, net_step: NetStep, task: Task, data: Mapping[str, object]
) -> bool:
    """Ask for what the step's `stock` needs as it ends; True means: stop here."""
    step = net_step.step
    effect = step.stock
    if effect is None or is_answered(run, task):
        return False
    lines = lines_of(data, step.each, task.element, effect.items)
    return ask(run, task, effect, needed(run.case, effect.verb, lines))


def is_answered(run: Run, task: Task) -> bool:
    """Whether this instance has the goods it asked for in this transaction."""
    asked = run.answered
    return (
        asked is not None
        and asked.step == task.step
        and asked.visit == task.visit
        and asked.element == task.element
    )


def reserved_share(case: Case, lines: tuple[StockItem, ...]) -> str:
    """How much of what lines need they have reserved: all, some or none."""
    has = [min(case.reserved.get(line.line, 0), line.quantity) for line in lines]
    if sum(has) == sum(line.quantity for line in lines):
        return ALL
    return SOME if any(has) else NONE
