"""What only the whole file tells: where it starts, whose a step is, what is unused."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from flowengine.language.process import (
    CANCEL,
    Arrow,
    DepartmentId,
    Message,
    OnCancel,
    Role,
    RoleId,
    Step,
    StepId,
)
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page, near_miss
from flowengine.language.types import Record

Steps = Mapping[StepId, Step]

#: Pairs of message names that are looked at for a slip of the pen.
_MOST_COMPARED = 10_000


def arrows_of(step: Step) -> Iterator[Arrow]:
    """Every arrow that leaves a step, in the order of the file's kinds."""
    if step.next is not None:
        yield step.next
    for branch in (*step.choose, *step.choose_all):
        yield branch.arrow
    yield from step.outcomes.values()
    yield from step.messages.values()
    if step.timeout is not None:
        yield step.timeout.arrow


def targets_of(step: Step) -> tuple[StepId, ...]:
    """The steps that the arrows of a step lead to, each once."""
    found: dict[StepId, None] = {}
    for arrow in arrows_of(step):
        found.update(dict.fromkeys(arrow.targets))
        if arrow.then is not None:
            found[arrow.then] = None
    found.pop(CANCEL, None)
    return tuple(found)


def find_start(steps: Steps, on_cancel: OnCancel | None) -> StepId | None:
    """The step that no arrow leads to.

    Of several, the one from which most steps are reached: the others are then steps
    that no order reaches, and told of as such. None where every step is led to.
    """
    targets = {step.id: targets_of(step) for step in steps.values()}
    led_to = {target for found in targets.values() for target in found}
    if on_cancel is not None:
        led_to.update(on_cancel.arrow.targets)
    firsts = [step for step in steps if step not in led_to]
    if len(firsts) < 2:
        return firsts[0] if firsts else None
    return max(firsts, key=lambda step: len(_reached(step, targets)))


def with_departments(steps: Steps, roles: Mapping[RoleId, Role]) -> dict[StepId, Step]:
    """Every step with its department: its own, its role's, or one before it.

    "Before" is the fewest arrows back; of several, the first in the file.
    """
    own: dict[StepId, DepartmentId] = {}
    for step in steps.values():
        role = roles.get(step.role) if step.role else None
        department = step.department or (role.department if role else None)
        if department is not None:
            own[step.id] = department
    nearest = _nearest(steps, own)
    return {
        step.id: replace(step, department=own.get(nearest.get(step.id, step.id)))
        if step.department is None
        else step
        for step in steps.values()
    }


def _nearest(steps: Steps, own: Collection[StepId]) -> Mapping[StepId, StepId]:
    """For each step that has one, the nearest step of `own` before it, or itself."""
    order = {step: number for number, step in enumerate(steps)}
    found = {step: step for step in own}
    level = list(found)
    while level:
        reached: dict[StepId, StepId] = {}
        for step in level:
            for target in targets_of(steps[step]):
                known = reached.get(target, found[step])
                if target in steps and target not in found:
                    reached[target] = min(known, found[step], key=order.__getitem__)
        found.update(reached)
        level = list(reached)
    return found


def with_messages(
    page: Page,
    names: Names,
    steps: Steps,
    written: Mapping[str, Message],
    number: tuple[str, ...],
) -> Mapping[str, Message]:
    """Every message that a step waits for; one without an entry sets nothing."""
    messages = dict(written)
    for step in steps.values():
        for name, arrow in step.messages.items():
            names.used.add(("messages", name))
            if name not in messages:
                messages[name] = Message(name, number, at=arrow.at)
    unused = [name for name in written if ("messages", name) not in names.used]
    if len(unused) * len(messages) > _MOST_COMPARED:
        unused = []
    for name, message in messages.items():
        meant = near_miss(name, unused, 0.75) if name not in written else None
        if meant:
            names.used.add(("messages", meant))
            page.warning(
                message.at,
                "F206",
                f"message `{name}` is not under `messages`, so it sets no field",
                f"did you mean `{meant}`?",
            )
    return messages


def tell_unused(page: Page, names: Names) -> None:
    """Tell of what is defined and named nowhere."""
    if names.subject:
        reached = _records_from(names.subject, names.records)
        names.used.update(("data", record) for record in reached)
    kinds = {
        "data": "record",
        "roles": "role",
        "departments": "department",
        "calendars": "calendar",
        "messages": "message",
    }
    for group, kind in kinds.items():
        for name, key in names.written.get(group, {}).items():
            if (group, name) not in names.used and not names.is_unknowable(group):
                page.warning(
                    key,
                    "F209",
                    f"{kind} `{name}` is defined but never used",
                    "Take it out, or use it.",
                )


def _records_from(subject: str, records: Mapping[str, Record]) -> set[str]:
    """The subject's record and all records inside it."""
    reached: set[str] = set()
    waiting: list[str | None] = [subject]
    while waiting:
        name = waiting.pop()
        if name is None or name in reached or name not in records:
            continue
        reached.add(name)
        for data_type in records[name].fields.values():
            inner = data_type
            while inner.element is not None:
                inner = inner.element
            waiting.append(inner.record)
    return reached


def _reached(
    start: StepId, targets: Mapping[StepId, tuple[StepId, ...]]
) -> set[StepId]:
    reached = {start}
    waiting = [start]
    while waiting:
        for target in targets.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached
