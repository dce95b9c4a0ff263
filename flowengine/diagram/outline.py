"""The bare shape of a process: nodes and arrows, the same under every layer.

Keyless steps that only split or join become bars; a task that joins gets a bar before
it, and a way that leads to several steps at once a bar after it. A bar is hollow where
it stands for the branches of a `choose_all` that hold, or waits for those. What
`on_cancel` decides is decided at the cancel mark.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flowengine.diagram.backward import backward
from flowengine.diagram.picture import Shape
from flowengine.language.process import ON_CANCEL, Join, Step, StepId, StepKind
from flowengine.net import Net, Transition, WayKind

#: Node ids that belong to no step.
START_NODE = "start"
CANCEL_NODE = "cancel"
#: The lane of what belongs to no department; no id has a space.
NO_LANE = "no department"


@dataclass(frozen=True, slots=True)
class Stop:
    """A node without its texts."""

    id: str
    shape: Shape
    #: The department, or `NO_LANE`.
    lane: str
    #: The step it draws; None for bars beside a step, the start and the cancel mark.
    step: StepId | None = None
    #: A bar for the branches that hold, not for all.
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """An arrow without its texts."""

    source: str
    target: str
    #: The ways out of a step that it stands for; empty where it merely continues one.
    transitions: tuple[Transition, ...] = ()
    #: Pairs of steps (source, target) whose passes it carries.
    flows: tuple[tuple[str, str], ...] = ()
    is_handover: bool = False
    is_back: bool = False

    @property
    def id(self) -> str:
        """A stable id, unique within an outline."""
        return f"{self.source}--{self.target}"


@dataclass(frozen=True, slots=True)
class Outline:
    """Nodes in file order, and the arrows between them."""

    stops: tuple[Stop, ...]
    ways: tuple[Way, ...]


def outline(
    net: Net,
    strangers: Mapping[str, str | None] | None = None,
    seen: Iterable[tuple[str, str]] = (),
) -> Outline:
    """The shape of a net.

    `strangers` are steps that only a log knows, with their departments; `seen` are the
    pairs of steps that it goes between, of which those at a stranger are drawn.
    """
    unknown = strangers or {}
    stops = tuple(_stops(net, unknown))
    lanes = {stop.id: stop.lane for stop in stops}
    ways = _merged((*_ways(net), *_strange_ways(unknown, seen)))
    roots = (START_NODE, CANCEL_NODE, *(step_node(step) for step in net.process.steps))
    back = backward(ways, roots)
    return Outline(
        stops,
        tuple(
            replace(
                way,
                is_back=way.id in back,
                is_handover=lanes[way.source] != lanes[way.target],
            )
            for way in ways
        ),
    )


def step_node(step: str) -> str:
    """The node id of a step; the cancel mark decides what `on_cancel` does."""
    return CANCEL_NODE if step == ON_CANCEL else "step-" + safe_id(step)


def safe_id(name: str) -> str:
    """A name as DOT and SVG take it: other characters are written as their code."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda found: f"_{ord(found[0]):x}_", name)


def shape_of(step: Step) -> Shape:
    """How a step is drawn."""
    match step.kind:
        case StepKind.END:
            return Shape.END
        case StepKind.ROUTE if step.choose or step.choose_all or step.outcomes:
            return Shape.DECISION
        case StepKind.ROUTE if step.stock is None and (step.join or _is_split(step)):
            return Shape.BAR
        case StepKind.ROUTE:
            return Shape.DECISION
        case _:
            return Shape.BOX


def _is_split(step: Step) -> bool:
    return step.next is not None and len(step.next.targets) > 1


def _stops(net: Net, strangers: Mapping[str, str | None]) -> Iterator[Stop]:
    steps = net.process.steps
    yield Stop(START_NODE, Shape.START, _lane(steps[net.process.start]))
    for step in steps.values():
        if step.id != ON_CANCEL:
            yield from _stops_of(net, step)
    for name, department in strangers.items():
        yield Stop(step_node(name), Shape.BOX, department or NO_LANE, StepId(name))
    cancelled = _cancel_step(net)
    if cancelled is not None:
        yield Stop(CANCEL_NODE, Shape.CANCEL, _lane(cancelled))


def _stops_of(net: Net, step: Step) -> Iterator[Stop]:
    """A step with the bar before it and those behind it."""
    shape, lane, is_opened = shape_of(step), _lane(step), step.join is Join.OPENED
    if _has_join_bar(step):
        yield Stop(_join_node(step.id), Shape.BAR, lane, is_hollow=is_opened)
    is_hollow = shape is Shape.BAR and is_opened
    yield Stop(step_node(step.id), shape, lane, step.id, is_hollow)
    if step.choose_all:
        yield Stop(_open_node(step.id), Shape.BAR, lane, is_hollow=True)
    for transition in _splits(net, step):
        yield Stop(_split_node(transition), Shape.BAR, lane)


def _lane(step: Step) -> str:
    return step.department or NO_LANE


def _has_join_bar(step: Step) -> bool:
    return bool(step.join) and shape_of(step) is not Shape.BAR


def _splits(net: Net, step: Step) -> list[Transition]:
    """Ways out of a step that need a bar of their own."""
    if shape_of(step) is Shape.BAR:
        return []
    return [
        transition
        for transition in net.transitions
        if transition.step == step.id and len(transition.targets) > 1
    ]


def _cancel_step(net: Net) -> Step | None:
    """The step beside which the cancel mark stands: where cancelling leads to."""
    steps = net.process.steps
    if net.process.on_cancel is not None:
        for target in net.process.on_cancel.arrow.targets:
            if target in steps:
                return _decided(steps, steps[target])
    resets = (transition.step for transition in net.transitions if transition.resets)
    first = next(resets, None)
    return None if first is None else steps[first]


def _decided(steps: Mapping[StepId, Step], step: Step) -> Step:
    """A step itself; for the branches of `on_cancel` the first they lead to."""
    if step.id != ON_CANCEL or step.department is not None:
        return step
    targets = (to for branch in step.choose for to in branch.arrow.targets)
    return next((steps[to] for to in targets if to in steps), step)


def _join_node(step: str) -> str:
    return f"join-{safe_id(step)}"


def _open_node(step: str) -> str:
    return f"open-{safe_id(step)}"


def _split_node(transition: Transition) -> str:
    return "-".join(
        part
        for part in (
            "split",
            safe_id(transition.step),
            transition.kind.value,
            safe_id(transition.label),
        )
        if part
    )


def _way_in(net: Net, step: StepId) -> str:
    """The node an arrow to a step ends at: its join bar, or itself."""
    joins = _has_join_bar(net.process.steps[step])
    return _join_node(step) if joins else step_node(step)


def _ways(net: Net) -> Iterator[Way]:
    process = net.process
    yield Way(START_NODE, _way_in(net, process.start))
    for step in process.steps.values():
        if _has_join_bar(step):
            yield Way(_join_node(step.id), step_node(step.id))
        if step.choose_all:
            yield Way(step_node(step.id), _open_node(step.id), flows=_opened(step))
    for transition in net.transitions:
        yield from _ways_of(net, transition)
    if process.on_cancel is not None:
        for target in process.on_cancel.arrow.targets:
            if target in process.steps and target != ON_CANCEL:
                yield Way(CANCEL_NODE, _way_in(net, target))


def _opened(step: Step) -> tuple[tuple[str, str], ...]:
    """The pairs of steps that the branches of a `choose_all` go between."""
    return tuple(
        (str(step.id), str(target))
        for branch in step.choose_all
        for target in branch.arrow.targets
    )


def _ways_of(net: Net, transition: Transition) -> Iterator[Way]:
    """The arrows of one way out: one, or one to a bar and several from it."""
    is_opened = transition.kind is WayKind.ALL
    source = (_open_node if is_opened else step_node)(transition.step)
    if transition.resets:
        yield Way(source, CANCEL_NODE, (transition,))
    if not transition.targets:
        return
    flows = tuple((str(transition.step), str(to)) for to in transition.targets)
    is_bar = shape_of(net.process.steps[transition.step]) is Shape.BAR
    if len(transition.targets) == 1 or is_bar:
        for target, flow in zip(transition.targets, flows, strict=True):
            yield Way(source, _way_in(net, target), (transition,), (flow,))
        return
    bar = _split_node(transition)
    yield Way(source, bar, (transition,), flows)
    for target, flow in zip(transition.targets, flows, strict=True):
        yield Way(bar, _way_in(net, target), (), (flow,))


def _strange_ways(
    strangers: Mapping[str, str | None], seen: Iterable[tuple[str, str]]
) -> Iterator[Way]:
    for source, target in seen:
        if source in strangers or target in strangers:
            yield Way(step_node(source), step_node(target), flows=((source, target),))


def _merged(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Two ways between the same nodes are one arrow."""
    found: dict[str, Way] = {}
    for way in ways:
        known = found.get(way.id)
        found[way.id] = (
            way
            if known is None
            else replace(
                known,
                transitions=known.transitions + way.transitions,
                flows=tuple(dict.fromkeys(known.flows + way.flows)),
            )
        )
    return tuple(found.values())
