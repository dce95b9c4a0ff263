"""Runs that no order takes: two decisions on the way that contradict each other.

The flow is checked with decisions free, so a run may take branches whose rules no
order passes one after the other. That is only said where both are asked of the same
values: nothing on the run between them writes a field that either reads.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass
from itertools import combinations
from typing import NamedTuple

from flowengine.language.process import Process, Step
from flowengine.language.rules import Rule
from flowengine.language.rules.expressions import Now
from flowengine.net.decisions.decision import is_possible
from flowengine.net.decisions.fields import Path, written_by
from flowengine.net.net import Net, Transition, WayKind


class _Taken(NamedTuple):
    """A decision as a run takes it."""

    position: int
    way: Transition
    held: tuple[Rule, ...]
    failed: tuple[Rule, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (*self.held, *self.failed)


def contradiction(
    net: Net, run: Sequence[Transition]
) -> tuple[Transition, Transition] | None:
    """Two ways of a run that no order takes both, as the rules stand.

    None where there may be an order that takes the run: also where it is not known.
    """
    process = net.process
    changing = _while_open(process)
    for one, other in combinations(_decisions(net, run), 2):
        between = run[one.position + 1 : other.position + 1]
        written = {*changing}
        for way in between:
            written |= _whole(written_by(process, net.steps[way.step].step))
        if _ask_the_same(one, other, written) and not _meet(process, one, other):
            return one.way, other.way
    return None


def _decisions(net: Net, run: Sequence[Transition]) -> Iterator[_Taken]:
    for position, way in enumerate(run):
        step = net.steps[way.step].step
        if way.kind is WayKind.CHOICE:
            held, failed = _of_choice(step, int(way.label))
        elif way.kind is WayKind.ALL:
            held, failed = _of_opened(step, way.label)
        else:
            continue
        yield _Taken(position, way, held, failed)


def _of_choice(step: Step, number: int) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    rules = [branch.rule for branch in step.choose]
    failed = tuple(rule for rule in rules[:number] if rule is not None)
    taken = rules[number]
    return (() if taken is None else (taken,)), failed


def _of_opened(step: Step, label: str) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """What holds of the branches that are opened; behind `else` none does.

    What a run does not open it may only not have come to.
    """
    rules = [branch.rule for branch in step.choose_all]
    numbers = [int(part.partition(":")[0]) for part in label.split(",")]
    opened = tuple(rule for number in numbers if (rule := rules[number]) is not None)
    failed = () if opened else tuple(rule for rule in rules if rule is not None)
    return opened, failed


def _ask_the_same(one: _Taken, other: _Taken, written: Collection[Path]) -> bool:
    """Whether two decisions read a field in common, and nothing that changes."""
    first, second = (_whole(_reads(taken)) for taken in (one, other))
    if first.isdisjoint(second) or not (first | second).isdisjoint(written):
        return False
    return not (_reads_now(one) and _reads_now(other))


def _meet(process: Process, one: _Taken, other: _Taken) -> bool:
    """Whether some order takes both ways; so too where it can take neither alone.

    A way that no order takes is told of its own (F307 to F309).
    """
    held, failed = (*one.held, *other.held), (*one.failed, *other.failed)
    return is_possible(process, held, failed) or not all(
        is_possible(process, each.held, each.failed) for each in (one, other)
    )


def _while_open(process: Process) -> set[Path]:
    """What is written while a step is open: of `each`, as each of its elements ends."""
    written: set[Path] = set()
    for step in process.steps.values():
        if step.each is not None:
            written |= _whole({step.each.items, *written_by(process, step)})
    return written


def _reads(taken: _Taken) -> set[Path]:
    return {path for rule in taken.rules for path in rule.reads}


def _whole(paths: Collection[Path]) -> set[Path]:
    """The fields of the order that paths lie in: a record is there with all it has."""
    return {path[:2] for path in paths}


def _reads_now(taken: _Taken) -> bool:
    return any(_has_now(rule.expression) for rule in taken.rules)


def _has_now(part: object) -> bool:
    if isinstance(part, tuple):
        return any(map(_has_now, part))
    if isinstance(part, Now) or not is_dataclass(part):
        return isinstance(part, Now)
    return any(_has_now(getattr(part, each.name)) for each in fields(part))
