"""Which `join: opened` belongs to which `choose_all`, and by which steps branches come.

Found by the arrows alone, also where they are wrong: then it is the nearest join that
most branches come to, and check says what is missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flowengine.language.process import CANCEL, Arrow, Join, Process, Step, StepId
from flowengine.net.reach import reachable

Graph = Mapping[StepId, tuple[StepId, ...]]


@dataclass(frozen=True, slots=True)
class Opening:
    """A `choose_all` with the join that waits for the branches that it opens."""

    split: StepId
    join: StepId
    #: By branch, `else` left out: the steps with an arrow to the join that it comes
    #: by; `split` itself where it leads straight there. Sound is just one each.
    sources: tuple[tuple[StepId, ...], ...]


def openings_of(process: Process, edges: Graph) -> dict[StepId, Opening]:
    """The openings of a process, by the step that has the `choose_all`."""
    splits = [step for step in process.steps.values() if step.choose_all]
    joins = [id_ for id_, step in process.steps.items() if step.join is Join.OPENED]
    if not splits or not joins:
        return {}
    reached = {step.id: tuple(_reached(step, edges, joins)) for step in splits}
    pairs = dict(_whole_pairs(splits, reached, edges))
    for step in splits:
        if step.id not in pairs:
            free = [join for join in joins if join not in pairs.values()]
            counted = {
                join: sum(join in found for found in reached[step.id]) for join in free
            }
            most = max(counted.values(), default=0)
            if most:
                best = [join for join in free if counted[join] == most]
                pairs[step.id] = _nearest(step, best, edges)
    return {
        step.id: Opening(step.id, pairs[step.id], _sources(step, pairs[step.id], edges))
        for step in splits
        if step.id in pairs
    }


def targets_of(arrow: Arrow) -> tuple[StepId, ...]:
    """Every step an arrow leads to, `then` included, each once, without `cancel`."""
    then = () if arrow.then is None else (arrow.then,)
    found = dict.fromkeys((*arrow.targets, *then))
    found.pop(CANCEL, None)
    return tuple(found)


def branches_of(step: Step) -> tuple[tuple[StepId, ...], ...]:
    """Where each branch of a `choose_all` leads to, its `else` left out."""
    return tuple(targets_of(branch.arrow) for branch in step.choose_all[:-1])


def _reached(
    step: Step, edges: Graph, joins: Iterable[StepId]
) -> Iterator[set[StepId]]:
    for targets in branches_of(step):
        yield set(joins) & reachable(edges, targets, [step.id]).keys()


def _whole_pairs(
    splits: Iterable[Step],
    reached: Mapping[StepId, tuple[set[StepId], ...]],
    edges: Graph,
) -> Iterator[tuple[StepId, StepId]]:
    for step in splits:
        common = set.intersection(*reached[step.id]) if reached[step.id] else set()
        if common:
            yield (
                step.id,
                _nearest(step, [id_ for id_ in edges if id_ in common], edges),
            )


def _nearest(step: Step, joins: list[StepId], edges: Graph) -> StepId:
    """The join that stands before the other ones; else the first of the file."""
    starts = [target for targets in branches_of(step) for target in targets]
    for join in joins:
        before = reachable(edges, starts, [step.id, join])
        if not any(other in before for other in joins):
            return join
    return joins[0]


def _sources(step: Step, join: StepId, edges: Graph) -> tuple[tuple[StepId, ...], ...]:
    found = []
    for targets in branches_of(step):
        inside = reachable(edges, targets, [step.id, join])
        sources = [
            source for source in edges if source in inside and join in edges[source]
        ]
        found.append((step.id, *sources) if join in targets else tuple(sources))
    return tuple(found)
