"""Compiling a process to its net: one input place per step, one way out per choice.

Everything is in file order, so the same text gives the same net. A step with
`join: all` has one place per step that leads to it; two branches of one step share
that place. A step with `join: opened` has one place per branch of its `choose_all`:
that of the one step the branch comes by, or of the branch itself where it leads
straight to the join; a branch that is not opened puts its token there at once
(`Transition.skips`). A step where a case begins, and one that `on_cancel` leads to,
begins with all its places marked.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from flowengine.calendars import ALWAYS, WorkCalendar
from flowengine.language.process import CANCEL, Arrow, Process, Step, StepId, StepKind
from flowengine.net.net import Net, NetStep, Transition, WayKind
from flowengine.net.opened import Opening, openings_of, targets_of

#: The name of the place that is marked when a case is over.
END = "end"


def compile_net(process: Process, places: Sequence[str] | None = None) -> Net:
    """The net of a process that has no errors of form or name.

    With `places` (the names of a stored net, in the order of their bits) the bits
    follow it, so that a stored marking keeps its meaning.

    Raises:
        ValueError: `places` does not name exactly the places of this process.
    """
    edges = step_edges(process)
    openings = openings_of(process, edges)
    inputs = _input_places(process, edges, openings)
    written = (*chain.from_iterable(inputs.values()), END)
    names = written if places is None else tuple(places)
    if sorted(names) != sorted(written):
        raise ValueError(
            f"Expected the places {sorted(written)} of process {process.name} "
            f"version {process.version}, but got {sorted(names)}."
        )
    return _net(process, inputs, openings, names)


def _net(
    process: Process,
    inputs: Mapping[StepId, tuple[str, ...]],
    openings: Mapping[StepId, Opening],
    names: tuple[str, ...],
) -> Net:
    bit = {name: 1 << number for number, name in enumerate(names)}
    owner = {place: step for step, owned in inputs.items() for place in owned}
    masks = {step: sum(bit[place] for place in owned) for step, owned in inputs.items()}
    cancel_targets = process.on_cancel.arrow.targets if process.on_cancel else ()
    cancelled = sum(masks[step] for step in cancel_targets if step in masks)
    writer = _Writer(bit, masks, cancelled or bit[END], openings)
    for step in process.steps.values():
        writer.leave(step)
    transitions = tuple(writer.transitions)
    return Net(
        process=process,
        places=names,
        transitions=transitions,
        steps=_net_steps(process, masks, transitions),
        step_of_place=tuple(owner.get(name) for name in names),
        initial=masks[process.start],
        final=bit[END],
        cancelled=cancelled or bit[END],
        advance_limit=4 * len(transitions) + 16,
    )


def ways_out(step: Step) -> Iterator[tuple[WayKind, str, Arrow]]:
    """Every written way out of a step, with its kind and label; none for an end."""
    if step.next is not None:
        yield WayKind.NEXT, "", step.next
    for number, branch in enumerate(step.choose):
        yield WayKind.CHOICE, str(number), branch.arrow
    for number, branch in enumerate(step.choose_all):
        yield WayKind.ALL, str(number), branch.arrow
    for outcome, arrow in step.outcomes.items():
        yield WayKind.OUTCOME, outcome, arrow
    for message, arrow in step.messages.items():
        yield WayKind.MESSAGE, message, arrow
    if step.timeout is not None:
        yield WayKind.TIMEOUT, "", step.timeout.arrow


def join_place(source: str, step: StepId) -> str:
    """The name of the place where a joining step keeps the token of one source."""
    return f"{source}>{step}"


def step_edges(process: Process) -> dict[StepId, tuple[StepId, ...]]:
    """Each step with every step that an arrow of it leads to, in file order."""
    return {
        step.id: tuple(
            dict.fromkeys(
                target for _, _, arrow in ways_out(step) for target in targets_of(arrow)
            )
        )
        for step in process.steps.values()
    }


def _branch_place(opening: Opening, number: int, source: StepId) -> str:
    """Where a branch waits at its join: a branch that leads straight to it has its own.

    `choose-parts:0>ready` is the first branch of `choose-parts`.
    """
    if source == opening.split:
        return join_place(f"{opening.split}:{number}", opening.join)
    return join_place(source, opening.join)


def _input_places(
    process: Process,
    edges: Mapping[StepId, tuple[StepId, ...]],
    openings: Mapping[StepId, Opening],
) -> dict[StepId, tuple[str, ...]]:
    sources: dict[StepId, dict[str, None]] = {step: {} for step in process.steps}
    opened: dict[tuple[StepId, StepId], tuple[str, ...]] = {
        (opening.split, opening.join): tuple(_straight_places(process, opening))
        for opening in openings.values()
    }
    for step, targets in edges.items():
        for target in targets:
            places = opened.get((step, target), ()) or (join_place(step, target),)
            sources[target].update(dict.fromkeys(places))
    return {
        step.id: tuple(sources[step.id])
        if step.join and sources[step.id]
        else (str(step.id),)
        for step in process.steps.values()
    }


def _straight_places(process: Process, opening: Opening) -> Iterator[str]:
    """The places of the branches, `else` included, that lead straight to the join."""
    for number, branch in enumerate(process.steps[opening.split].choose_all):
        if opening.join in targets_of(branch.arrow):
            yield _branch_place(opening, number, opening.split)


class _Writer:
    """Writes the transitions of steps one after the other."""

    def __init__(
        self,
        bit: Mapping[str, int],
        masks: Mapping[StepId, int],
        cancelled: int,
        openings: Mapping[StepId, Opening],
    ) -> None:
        self._bit = bit
        self._masks = masks
        self._cancelled = cancelled
        self._openings = openings
        self.transitions: list[Transition] = []

    def leave(self, step: Step) -> None:
        """Add the ways out of one step."""
        if step.kind is StepKind.END:
            self._add(_Way(step.id, WayKind.END, ""), ())
        for kind, label, arrow in ways_out(step):
            way, then = _Way(step.id, kind, label), arrow.then
            after = None if then is None else len(self.transitions) + 1
            self._add(way, arrow.targets, at_most=arrow.at_most, then=after)
            if then is not None:
                self._add(way, (then,), is_then=True)

    def _add(
        self,
        way: "_Way",
        targets: tuple[StepId, ...],
        *,
        at_most: int | None = None,
        then: int | None = None,
        is_then: bool = False,
    ) -> None:
        resets = CANCEL in targets
        self.transitions.append(
            Transition(
                index=len(self.transitions),
                step=way.step,
                kind=way.kind,
                label=way.label,
                consumes=self._masks[way.step],
                produces=self._cancelled if resets else self._produced(way, targets),
                targets=() if resets else targets,
                resets=resets,
                at_most=at_most,
                then=then,
                is_then=is_then,
                skips=self._skipped(way),
            )
        )

    def _produced(self, way: "_Way", targets: tuple[StepId, ...]) -> int:
        if way.kind is WayKind.END:
            return self._bit[END]
        opening = self._openings.get(way.step)
        produced = 0
        for target in targets:
            name = join_place(way.step, target)
            if way.kind is WayKind.ALL and opening and target == opening.join:
                name = _branch_place(opening, int(way.label), way.step)
            slot = self._bit.get(name)
            produced |= self._masks[target] if slot is None else slot
        return produced

    def _skipped(self, way: "_Way") -> int:
        """The places that the branch comes to at its join; 0 for any other way."""
        opening = self._openings.get(way.step)
        if way.kind is not WayKind.ALL or opening is None:
            return 0
        number = int(way.label)
        if number == len(opening.sources):
            return 0  # `else` goes past the join
        skipped = 0
        for source in opening.sources[number]:
            # Another `choose_all` with arrows to this join has other places there;
            # check refuses that.
            skipped |= self._bit.get(_branch_place(opening, number, source), 0)
        return skipped


class _Way(NamedTuple):
    """Which way out of which step is being written."""

    step: StepId
    kind: WayKind
    label: str


def _net_steps(
    process: Process, masks: Mapping[StepId, int], transitions: tuple[Transition, ...]
) -> dict[StepId, NetStep]:
    ways: dict[StepId, dict[tuple[WayKind, str], Transition]] = {
        step: {} for step in process.steps
    }
    for transition in transitions:
        if not transition.is_then:
            ways[transition.step][transition.kind, transition.label] = transition
    remembered = {step.not_same_person_as for step in process.steps.values()}
    return {
        step.id: NetStep(
            step=step,
            inputs=masks[step.id],
            ways=ways[step.id],
            calendar=_calendar(process, step),
            remembered=step.id in remembered,
        )
        for step in process.steps.values()
    }


def _calendar(process: Process, step: Step) -> WorkCalendar:
    role = process.roles.get(step.role) if step.role is not None else None
    name = role.calendar if role is not None else None
    if name is None and not (role is not None and role.external):
        name = process.calendar
    return ALWAYS if name is None else process.calendars[name]
