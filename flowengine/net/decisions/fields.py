"""Which fields of the order a step sets, and which its rules read."""

from collections.abc import Collection, Iterator

from flowengine.language.process import Process, Step
from flowengine.language.rules import Rule

Path = tuple[str, ...]


def written_by(process: Process, step: Step) -> frozenset[Path]:
    """The fields of the order that a step sets, whatever way it ends.

    What a task inside `each` asks of its element belongs to that element alone.
    """
    written = {path for path in step.asks if path[0] == process.subject}
    written |= {*step.sets}
    if step.call is not None:
        written |= {*step.call.takes}
    for message in step.messages:
        found = process.messages.get(message)
        written |= set(found.sets if found is not None else ())
    return frozenset(written)


def rules_of(step: Step) -> Iterator[Rule]:
    """Every rule that is asked of the order while the step opens, or as it ends."""
    branches = (*step.choose, *step.choose_all)
    yield from (branch.rule for branch in branches if branch.rule is not None)
    if step.skip_when is not None:
        yield step.skip_when
    yield from step.sets.values()
    if step.wait_until is not None:
        yield step.wait_until
    if step.each is not None and step.each.where is not None:
        yield step.each.where
    if step.call is not None:
        yield from step.call.gives.values()


def read_by(step: Step) -> dict[Path, Rule]:
    """The fields that the rules of a step read, each with the first that does."""
    read: dict[Path, Rule] = {}
    for rule in rules_of(step):
        for path in sorted(rule.reads):
            read.setdefault(path, rule)
    return read


def shared(written: Collection[Path], other: Collection[Path]) -> list[Path]:
    """Fields that stand in both; a record holds its own."""
    return sorted(
        path
        for path in written
        if any(path[: len(each)] == each[: len(path)] for each in other)
    )
