"""The bare shape of a process: nodes and arrows, the same under every layer.

Keyless steps that only split or join become bars; a task that joins gets a bar before
it, and a way that leads to several steps at once a bar after it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flowengine.diagram.picture import Shape
from flowengine.language.process import Step, StepId, StepKind
from flowengine.net import Net, Transition

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
    back = _back_arrows(net, ways)
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
    """The node id of a step."""
    return "step-" + safe_id(step)


def safe_id(name: str) -> str:
    """A name as DOT and SVG take it: other characters are written as their code."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda found: f"_{ord(found[0]):x}_", name)


def shape_of(step: Step) -> Shape:
    """How a step is drawn."""
    match step.kind:
        case StepKind.END:
            return Shape.END
        case StepKind.ROUTE if step.choose or step.outcomes:
            return Shape.DECISION
        case StepKind.ROUTE if step.join or _is_split(step):
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
        if _has_join_bar(step):
            yield Stop(_join_node(step.id), Shape.BAR, _lane(step))
        yield Stop(step_node(step.id), shape_of(step), _lane(step), step.id)
        for transition in _splits(net, step):
            yield Stop(_split_node(transition), Shape.BAR, _lane(step))
    for name, department in strangers.items():
        yield Stop(step_node(name), Shape.BOX, department or NO_LANE, StepId(name))
    cancelled = _cancel_step(net)
    if cancelled is not None:
        yield Stop(CANCEL_NODE, Shape.CANCEL, _lane(cancelled))


def _lane(step: Step) -> str:
    return step.department or NO_LANE


def _has_join_bar(step: Step) -> bool:
    return step.join is not None and shape_of(step) is not Shape.BAR


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
                return steps[target]
    resets = (transition.step for transition in net.transitions if transition.resets)
    first = next(resets, None)
    return None if first is None else steps[first]


def _join_node(step: str) -> str:
    return f"join-{safe_id(step)}"


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
    for transition in net.transitions:
        yield from _ways_of(net, transition)
    if process.on_cancel is not None:
        for target in process.on_cancel.arrow.targets:
            if target in process.steps:
                yield Way(CANCEL_NODE, _way_in(net, target))


def _ways_of(net: Net, transition: Transition) -> Iterator[Way]:
    """The arrows of one way out: one, or one to a bar and several from it."""
    source = step_node(transition.step)
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


def _back_arrows(net: Net, ways: tuple[Way, ...]) -> frozenset[str]:
    """Ids of arrows that lead to a node still on the way: depth first from the start.

    File order decides, never numbers, so that new numbers move no box.
    """
    out: dict[str, list[Way]] = {}
    for way in ways:
        out.setdefault(way.source, []).append(way)
    back: set[str] = set()
    done: set[str] = set()
    for root in (START_NODE, CANCEL_NODE, *(step_node(s) for s in net.process.steps)):
        if root not in done:
            _descend(root, out, done, back)
    return frozenset(back)


def _descend(
    root: str, out: Mapping[str, list[Way]], done: set[str], back: set[str]
) -> None:
    done.add(root)
    stack = [(root, iter(out.get(root, ())))]
    open_nodes = {root}
    while stack:
        node, rest = stack[-1]
        way = next(rest, None)
        if way is None:
            open_nodes.discard(node)
            stack.pop()
        elif way.target in open_nodes:
            back.add(way.id)
        elif way.target not in done:
            done.add(way.target)
            open_nodes.add(way.target)
            stack.append((way.target, iter(out.get(way.target, ()))))
