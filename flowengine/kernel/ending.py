"""What happens as a step ends, in this order: answers, `set`, `stock`, its way on.

`at_most` is counted, and where it leads decided, with the fields as they are then.
"""

from collections.abc import Mapping

from flowengine.errors import CommandRejected
from flowengine.kernel.case import Task
from flowengine.kernel.elements import (
    value_at,
    with_ids,
    with_values,
)
from flowengine.kernel.instances import (
    NOTHING,
    PLAIN,
    Marks,
    ended,
    open_instances,
)
from flowengine.kernel.leave import leave
from flowengine.kernel.run import Run
from flowengine.kernel.stock import asks_at_end, is_of_element
from flowengine.kernel.values import dataclass
from flowengine.kernel.ways import chosen_way, way_of
from flowengine.language.process import Step
from flowengine.language.rules import Rule
from flowengine.net.net import NetStep, WayKind


@dataclass(frozen=True, slots=True)
class Ending:
    """How an instance ends, as whoever ended it said."""

    outcome: str | None = None
    #: Fields that whoever ended it sets; None is none.
    answers: Mapping[str, object] | None = None
    #: Key of the kept message that ended it.
    message: str | None = None
    #: The way of this kind and of the outcome's name; None is decided by the rules.
    way: WayKind | None = None
    gated: bool = False


BY_ITSELF = Ending()


def end(run: Run, task: Task, ending: Ending = BY_ITSELF) -> None:
    """End an instance as the process says; what it needs of the stock is asked first.

    Of a step with `each` only the instance that ends last moves the tokens.
    """
    net_step = run.net.steps[task.step]
    step = net_step.step
    if step.each is not None and len(open_instances(run, step.id)) > 1:
        _end_element(run, net_step, task, ending)
        return
    answers = ending.answers or NOTHING
    if answers:
        answers = with_new_ids(run, answers)
    data = with_values(run.case.data, answers) if answers else run.case.data
    if step.sets:
        answers = {**answers, **_set_values(run, step, data)}
        data = with_values(run.case.data, answers)
    if step.stock is not None and asks_at_end(run, net_step, task, data):
        return
    if ending.way is None or ending.outcome is None:
        transition = chosen_way(run, net_step, data)
    else:
        transition = way_of(run, net_step, ending.way, ending.outcome)
    leave(
        run,
        task,
        transition,
        outcome=ending.outcome,
        answers=answers,
        message=ending.message,
        marks=_marks(run, step, ending, data, answers),
    )


def check_answers(run: Run, task: Task, answers: Mapping[str, object]) -> None:
    """Refuse answers that the step does not ask, and missing ones.

    Raises:
        CommandRejected: They are not what the step asks.
    """
    step = run.net.steps[task.step].step
    if not step.asks and not answers:
        return
    name = f"{run.case.number}/{task.id}"
    asked = {".".join(path) for path in step.asks}
    missing = sorted(asked - answers.keys())
    if missing:
        lacking = "it is" if len(missing) == 1 else "they are"
        raise CommandRejected(
            f"Expected {name} to answer {', '.join(missing)}, but {lacking} missing: "
            f"add --answer {missing[0]}=VALUE."
        )
    extra = sorted(answers.keys() - asked)
    if extra:
        raise CommandRejected(
            f"Expected {name} to answer {', '.join(sorted(asked)) or 'nothing'}, "
            f"but got {', '.join(extra)}."
        )


def with_new_ids(run: Run, answers: Mapping[str, object]) -> Mapping[str, object]:
    """Lists that are set get ids for their elements."""
    for path, value in answers.items():
        if isinstance(value, (list, dict)):
            known = with_ids(value, value_at(run.case.data, path.split(".")))
            answers = {**answers, path: known}
    return answers


def new_priority(
    run: Run, data: Mapping[str, object], answers: Mapping[str, object]
) -> int | None:
    """The head's `priority` where fields that it reads were set, if it is another."""
    rule = run.net.process.priority
    if rule is None or not _reads(rule, answers):
        return None
    value = rule.evaluate(data, run.at)
    priority = value if isinstance(value, int) else 0
    return None if priority == run.case.priority else priority


def _end_element(run: Run, net_step: NetStep, task: Task, ending: Ending) -> None:
    """End one element of several: what belongs to the order waits for the last."""
    step = net_step.step
    answers = with_new_ids(run, ending.answers or NOTHING)
    data = with_values(run.case.data, answers)
    goods = step.stock.items if step.stock is not None else None
    if is_of_element(step.each, goods) and asks_at_end(run, net_step, task, data):
        return
    run.record(
        ended(
            run,
            task,
            outcome=ending.outcome,
            answers=answers,
            marks=Marks(priority=new_priority(run, data, answers)),
        )
    )


def _set_values(
    run: Run, step: Step, data: Mapping[str, object]
) -> Mapping[str, object]:
    """What `set` gives, each rule with the fields that the ones before it have set."""
    values: dict[str, object] = {}
    for path, rule in step.sets.items():
        name = ".".join(path)
        values[name] = rule.evaluate(data, run.at)
        data = with_values(data, {name: values[name]})
    return values


def _marks(
    run: Run,
    step: Step,
    ending: Ending,
    data: Mapping[str, object],
    answers: Mapping[str, object],
) -> Marks:
    if not answers and step.cost is None and step.undo is None and not ending.gated:
        return PLAIN
    return Marks(
        cost=_cost(step, data),
        priority=new_priority(run, data, answers),
        reversible=step.undo is not None and _books_elsewhere(step),
        gated=ending.gated and step.id not in run.case.gates,
    )


def _books_elsewhere(step: Step) -> bool:
    """Whether what `undo` reverses was not booked by the stock's own answer."""
    return step.stock is None and (step.do is None or step.do.stock is None)


def _cost(step: Step, data: Mapping[str, object]) -> int | None:
    """What the step costs beside hands; with `each` it falls on the last instance."""
    expense = step.cost
    if expense is None:
        return None
    per = expense.per
    return expense.amount * (1 if per is None else _count(data, per))


def _count(data: Mapping[str, object], path: tuple[str, ...]) -> int:
    found = value_at(data, path)
    return len(found) if isinstance(found, list) else 0


def _reads(rule: Rule, answers: Mapping[str, object]) -> bool:
    for name in answers:
        path = tuple(part.partition("#")[0] for part in name.split("."))
        for read in rule.reads:
            shorter = min(len(path), len(read))
            if path[:shorter] == read[:shorter]:
                return True
    return False
