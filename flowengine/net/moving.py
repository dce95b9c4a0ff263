"""Where the tokens of one version lie in another: by step id, or by a list of names.

A place belongs to a step, or to an arrow into a joining step. It has a place in the
other version where that step is there, under its own name or the one given, and waits
for tokens from the same step.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flowengine.language.process import Process, Step, StepId, StepKind
from flowengine.language.types import DataType
from flowengine.net.net import Net

Names = Mapping[StepId, StepId]


class Lack(StrEnum):
    """Why what is open at a step has no place in the other version."""

    GONE = "gone"  #: the step is not there
    JOINS = "joins"  #: it waits for several arrows there, and did not
    NO_ARROW = "no arrow"  #: it no longer waits for that arrow
    OTHER_KIND = "other kind"  #: it is not the same kind of work there


@dataclass(frozen=True, slots=True)
class Moves:
    """How a marking of one version is carried over to another."""

    #: Bits of the old net to bits of the new.
    bits: Mapping[int, int]
    #: Steps whose names change.
    names: Names
    #: By old bit without a new one: the step it belongs to, and why.
    lost: Mapping[int, tuple[StepId, Lack]] = field(default_factory=dict)


def moves_between(old: Net, new: Net, names: Names) -> Moves:
    """Where each place of the old net lies in the new one."""
    number_of = {place: number for number, place in enumerate(new.places)}
    bits: dict[int, int] = {}
    lost: dict[int, tuple[StepId, Lack]] = {}
    for number, place in enumerate(old.places):
        step = old.step_of_place[number]
        if step is None:
            bits[number] = number_of[place]
            continue
        found = _place(old, new, place, step, names)
        if isinstance(found, Lack):
            lost[number] = step, found
        else:
            bits[number] = number_of[found]
    renamed = {was: now for was, now in names.items() if was != now}
    return Moves(bits, renamed, lost)


def _place(old: Net, new: Net, place: str, step: StepId, names: Names) -> str | Lack:
    """The name of the place in the new net, or why there is none."""
    name = names.get(step, step)
    if name not in new.steps:
        return Lack.GONE
    before, after = old.steps[step].step, new.steps[name].step
    if not _is_alike(before, after):
        return Lack.OTHER_KIND
    inputs = _inputs(new, name)
    source, arrow, _ = place.partition(">")
    if arrow:
        split, colon, branch = source.partition(":")
        from_step = names.get(StepId(split), StepId(split))
        wanted = f"{from_step}{colon}{branch}>{name}"
        if wanted in inputs:
            return wanted
    if len(inputs) == len(_inputs(old, step)) == 1:
        return inputs[0]
    return Lack.NO_ARROW if arrow else Lack.JOINS


def _inputs(net: Net, step: StepId) -> tuple[str, ...]:
    mask = net.steps[step].inputs
    return tuple(place for n, place in enumerate(net.places) if mask >> n & 1)


def _is_alike(before: Step, after: Step) -> bool:
    """Whether something open at one step can go on at another."""
    if (before.each is None) is not (after.each is None):
        return False
    for kind in (StepKind.TASK, StepKind.CALL):
        if (before.kind is kind) is not (after.kind is kind):
            return False
    return True


def unlike_fields(old: Process, new: Process) -> tuple[str, ...]:
    """Fields that both versions have with values of another form.

    What an order holds there would be read wrongly; so no order can be moved.
    """
    if (old.subject, old.number) != (new.subject, new.number):
        return (".".join(new.number),)
    return tuple(_unlike(old, new, old.subject, new.subject, old.subject, frozenset()))


def _unlike(
    old: Process, new: Process, was: str, now: str, path: str, above: frozenset[str]
) -> Iterator[str]:
    before, after = old.data.get(was), new.data.get(now)
    if before is None or after is None or was in above:
        return
    for name, mine in before.fields.items():
        theirs = after.fields.get(name)
        if theirs is None:
            continue
        if not _is_same_form(mine, theirs):
            yield f"{path}.{name}"
        inner, other = mine.element or mine, theirs.element or theirs
        if inner.record is not None and other.record is not None:
            yield from _unlike(
                old, new, inner.record, other.record, f"{path}.{name}", above | {was}
            )


def _is_same_form(mine: DataType, theirs: DataType) -> bool:
    """Whether values of one type can be read as the other; `optional` may differ."""
    if (mine.kind, mine.personal, mine.currency) != (
        theirs.kind,
        theirs.personal,
        theirs.currency,
    ):
        return False
    if mine.element is not None and theirs.element is not None:
        return _is_same_form(mine.element, theirs.element)
    return (mine.record is None) is (theirs.record is None)
