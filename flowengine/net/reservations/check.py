"""F5xx: reservations that an order does not give back, and effects with none to end."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flowengine.language.parts import StockVerb
from flowengine.language.position import NOWHERE, Position
from flowengine.language.problems import Problem, Severity, problem_at
from flowengine.language.process import Process, StepId
from flowengine.net.fault import FlowFault, are, free_name, named
from flowengine.net.flow import Flow, cancel_flow, order_flow, run_text
from flowengine.net.net import Net, Transition
from flowengine.net.reservations.effects import (
    ENDING,
    Goods,
    effect_of,
    goods_with,
    is_filtered,
    verb_of,
)
from flowengine.net.reservations.search import Found, State, search

_RESERVING = frozenset({StockVerb.RESERVE})
_RELEASING = frozenset({StockVerb.RELEASE})
_Flows = tuple[Flow, Flow | None]


def reservation_problems(net: Net, path: str) -> tuple[Problem, ...]:
    """What is wrong with the reservations of a net; `path` is named in the problems."""
    return tuple(
        problem_at(
            path, fault.at, fault.code, fault.message, fault.help, fault.severity
        )
        for fault in stock_faults(net)
    )


def stock_faults(net: Net) -> tuple[FlowFault, ...]:
    """What is wrong with the reservations of a net, each once, with its run."""
    process = net.process
    reserved = goods_with(process, _RESERVING)
    faults = [
        fault
        for goods in goods_with(process, _RELEASING)
        if goods not in reserved
        for fault in _releases_nothing(process, goods)
    ]
    if reserved:
        flows = order_flow(net), cancel_flow(net)
        for goods in reserved:
            faults += _faults_of(net, flows, goods)
    return tuple(faults)


def _faults_of(net: Net, flows: _Flows, goods: Goods) -> Iterator[FlowFault]:
    found = search(net, flows, goods, trusts_parts=True)
    told = {(fault.code, fault.step): fault for fault in _left(flows, goods, found)}
    yield from told.values()
    yield from _ends_nothing(net.process, goods, found)
    strict = found
    if any(is_filtered(step) for step in net.process.steps.values()):
        strict = search(net, flows, goods, trusts_parts=False)
        for fault in _left(flows, goods, strict):
            if (fault.code, fault.step) not in told:
                yield _in_part(net.process, goods, fault)
    if not (found.is_complete and strict.is_complete):
        yield _not_decided(net.process, goods, found)


def _left(flows: _Flows, goods: Goods, found: Found) -> Iterator[FlowFault]:
    """F501 and F502: for each step that reserves, the shortest run that leaves it."""
    told: set[tuple[StepId, bool]] = set()
    for state in found.ended:
        for number, step in enumerate(found.holders):
            key = step, state.is_cancelled
            if state.held >> number & 1 and key not in told:
                told.add(key)
                yield _fault(flows, goods, step, state, found)


def _fault(
    flows: _Flows, goods: Goods, step: StepId, state: State, found: Found
) -> FlowFault:
    order = flows[0]
    run, tale = _told(flows, found, state)
    name, written = ".".join(goods), _written(order.net.process, step)
    if state.is_cancelled:
        code, when = "F502", "it is still reserved after cancelling on this way"
        advice = (
            f"Give `{step}` the key `undo: stock.release {written}`, or release it on "
            "every way of `on_cancel`."
        )
    else:
        last = run[-1].step
        code, when = "F501", "it is still reserved at the end of this way"
        free = free_name(order, "let-go")
        advice = (
            f"Before `{last}` let it go by a step "
            f"`{free}: {{do: stock.release {name}, next: {last}}}`, or pick, ship, "
            "transform or scrap it on this way."
        )
        if written != name:
            advice = (
                f"Before `{last}` let it go by a step with the same `each` as `{step}` "
                f"and `stock: release {written}`, or pick, ship, transform or scrap it."
            )
    at = _effect_place(order.net.process, step)
    message = (
        f"Expected what `{step}` reserves of `{name}` to be taken or let go, but "
        f"{when}: {tale} [still reserved: {name}]."
    )
    return FlowFault(code, step, message, advice, run, at=at)


def _told(
    flows: _Flows, found: Found, state: State
) -> tuple[tuple[Transition, ...], str]:
    """The ways of the shortest run to a state, and the run as people read it.

    The ways end where the order is cancelled; the text goes on to the end.
    """
    order, cancelling = flows
    moves = found.run_of(state)
    before = order.run(moves.before)
    tale = run_text(order, before)
    if not moves.was_cancelled:
        return before, tale
    if cancelling is None:
        return before, f"{tale} -> (cancelled)"
    after = cancelling.run(moves.after)
    return before, f"{tale} -> {run_text(cancelling, after)}"


def _in_part(process: Process, goods: Goods, fault: FlowFault) -> FlowFault:
    """F504: what is left where `each` has a `where`."""
    steps = [
        step.id
        for step in process.steps.values()
        if is_filtered(step) and verb_of(step, goods) in ENDING
    ]
    name = ".".join(goods)
    message = (
        f"Expected all that `{fault.step}` reserves of `{name}` to be taken or let go, "
        f"but {named(steps)} {are(steps)} for some elements only (`where`): "
        "what the others have reserved stays so."
    )
    advice = (
        f"Take the `where` out, or let the rest go by a step behind {named(steps)}, "
        "with the same `each` without `where` and `stock: release`: it releases what "
        "is left, if anything is."
    )
    return replace(
        fault, code="F504", message=message, help=advice, severity=Severity.WARNING
    )


def _ends_nothing(process: Process, goods: Goods, found: Found) -> Iterator[FlowFault]:
    """F503: a step that takes reserved goods before anything reserves them."""
    if not found.is_complete:
        return
    name = ".".join(goods)
    for step, has_any in found.ending.items():
        if not has_any:
            message = (
                f"Expected `{name}` to be reserved before `{step}` on some way, but on "
                f"none is it: only {named(found.holders)} {_reserve(found.holders)} it."
            )
            advice = f"Lead orders by {named(found.holders, 'or')} before `{step}`."
            yield _warning(process, step, "F503", message, advice)


def _releases_nothing(process: Process, goods: Goods) -> Iterator[FlowFault]:
    """F503: a step that releases what no step ever reserves."""
    name = ".".join(goods)
    for step in process.steps.values():
        if verb_of(step, goods) is StockVerb.RELEASE:
            message = (
                f"Expected a step that reserves `{name}`, which `{step.id}` releases, "
                "but there is none."
            )
            advice = (
                "Take the release out, or reserve before it: `do: stock.reserve "
                f"{name}` with the outcomes all, some and none."
            )
            yield _warning(process, step.id, "F503", message, advice)


def _not_decided(process: Process, goods: Goods, found: Found) -> FlowFault:
    name = ".".join(goods)
    message = (
        f"Not decided whether all that {named(found.holders)} "
        f"{_reserve(found.holders)} of `{name}` is taken or let go: there are too many "
        "ways to search."
    )
    advice = "Let fewer steps be open at once, or reserve later, behind the join."
    return _warning(process, found.holders[0], "F505", message, advice)


def _warning(
    process: Process, step: StepId, code: str, message: str, advice: str
) -> FlowFault:
    at = _effect_place(process, step)
    return FlowFault(code, step, message, advice, severity=Severity.WARNING, at=at)


def _effect_place(process: Process, step: StepId) -> Position:
    """Where the effect of a step stands, else the step."""
    written = process.steps[step]
    effect = effect_of(written)
    return written.at if effect is None or effect.at == NOWHERE else effect.at


def _written(process: Process, step: StepId) -> str:
    """The list of a step's effect as it stands there: `parcel.lines`."""
    effect = effect_of(process.steps[step])
    return "" if effect is None else ".".join(effect.items)


def _reserve(steps: Sequence[StepId]) -> str:
    return "reserves" if len(steps) == 1 else "reserve"
