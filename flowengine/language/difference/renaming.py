"""Steps that only have another name: the same content under another id.

A guess: a step that is gone and one that is new are taken for one step where all they
say is the same, and no other step says it too.
"""

from collections.abc import Mapping
from dataclasses import replace

from flowengine.language.process import (
    Arrow,
    Branch,
    OnCancel,
    Process,
    Step,
    StepId,
    Timeout,
    Title,
)

#: In place of the name of a step that only one of the two versions has.
_SOME = StepId("?")

Names = Mapping[StepId, StepId]


def renamed_steps(old: Process, new: Process) -> dict[StepId, StepId]:
    """The steps that are thought to have been renamed, by their old ids."""
    gone = [step for step in old.steps.values() if step.id not in new.steps]
    come = [step for step in new.steps.values() if step.id not in old.steps]
    hidden: Names = {step.id: _SOME for step in (*gone, *come)}
    before = [(step, _content(step, hidden)) for step in gone]
    after = [(step, _content(step, hidden)) for step in come]
    found: dict[StepId, StepId] = {}
    for step, content in before:
        alike = [new for new, told in after if told == content and _named(step, new)]
        rivals = [old for old, told in before if told == content and _named(old, step)]
        if len(alike) == 1 and len(rivals) == 1:
            found[step.id] = alike[0].id
    return found


def _content(step: Step, hidden: Names) -> Step:
    """All that a step says, but for its name, its title and names that changed."""
    return replace(step_renamed(step, hidden), id=_SOME, title=Title("", ""))


def _named(one: Step, other: Step) -> bool:
    """Whether two titles are the same, or both were made from the ids."""
    return one.title == other.title or (_is_made(one) and _is_made(other))


def _is_made(step: Step) -> bool:
    made = step.id.replace("-", " ").replace("_", " ")
    return step.title == Title(made[:1].upper() + made[1:], made[:1].upper() + made[1:])


def process_renamed(process: Process, names: Names) -> Process:
    """A process whose steps go by other names."""
    if not names:
        return process
    steps = (step_renamed(step, names) for step in process.steps.values())
    return replace(
        process,
        steps={step.id: step for step in steps},
        start=names.get(process.start, process.start),
        on_cancel=_cancel(process.on_cancel, names),
    )


def step_renamed(step: Step, names: Names) -> Step:
    """A step that, and whose targets, go by other names."""
    return replace(
        step,
        id=names.get(step.id, step.id),
        next=_arrow(step.next, names),
        choose=_branches(step.choose, names),
        choose_all=_branches(step.choose_all, names),
        outcomes=_arrows(step.outcomes, names),
        messages=_arrows(step.messages, names),
        timeout=None
        if step.timeout is None
        else Timeout(step.timeout.after, _led(step.timeout.arrow, names)),
        gate=None
        if step.gate is None
        else replace(
            step.gate, steps=tuple(names.get(to, to) for to in step.gate.steps)
        ),
        not_same_person_as=None
        if step.not_same_person_as is None
        else names.get(step.not_same_person_as, step.not_same_person_as),
    )


def _cancel(on_cancel: OnCancel | None, names: Names) -> OnCancel | None:
    if on_cancel is None:
        return None
    until = on_cancel.until
    return OnCancel(
        _led(on_cancel.arrow, names),
        None if until is None else names.get(until, until),
    )


def _branches(branches: tuple[Branch, ...], names: Names) -> tuple[Branch, ...]:
    return tuple(Branch(branch.rule, _led(branch.arrow, names)) for branch in branches)


def _arrows(arrows: Mapping[str, Arrow], names: Names) -> dict[str, Arrow]:
    return {name: _led(arrow, names) for name, arrow in arrows.items()}


def _arrow(arrow: Arrow | None, names: Names) -> Arrow | None:
    return None if arrow is None else _led(arrow, names)


def _led(arrow: Arrow, names: Names) -> Arrow:
    then = arrow.then
    return replace(
        arrow,
        targets=tuple(names.get(to, to) for to in arrow.targets),
        then=None if then is None else names.get(then, then),
    )
