"""Compiling a process to its net: one input place per step, one way out per choice.

Everything is in file order, so the same text gives the same net. A step with
`join: all` has one place per step that leads to it; two branches of one step share
that place. A step where a case begins, and one that `on_cancel` leads to, begins with
all its places marked.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from flowengine.calendars import ALWAYS, WorkCalendar
from flowengine.language.process import CANCEL, Arrow, Process, Step, StepId, StepKind
from flowengine.net.net import Net, NetStep, Transition, WayKind

#: The name of the place that is marked when a case is over.
END = "end"


def compile_net(process: Process, places: Sequence[str] | None = None) -> Net:
    """The net of a process that has no errors of form or name.

    With `places` (the names of a stored net, in the order of their bits) the bits
    follow it, so that a stored marking keeps its meaning.

    Raises:
        ValueError: `places` does not name exactly the places of this process.
    """
    inputs = _input_places(process)
    written = (*chain.from_iterable(inputs.values()), END)
    names = written if places is None else tuple(places)
    if sorted(names) != sorted(written):
        raise ValueError(
            f"Expected the places {sorted(written)} of process {process.name} "
            f"version {process.version}, but got {sorted(names)}."
        )
    return _net(process, inputs, names)


def _net(
    process: Process, inputs: Mapping[StepId, tuple[str, ...]], names: tuple[str, ...]
) -> Net:
    bit = {name: 1 << number for number, name in enumerate(names)}
    owner = {place: step for step, owned in inputs.items() for place in owned}
    masks = {step: sum(bit[place] for place in owned) for step, owned in inputs.items()}
    cancel_targets = process.on_cancel.arrow.targets if process.on_cancel else ()
    cancelled = sum(masks[step] for step in cancel_targets if step in masks)
    writer = _Writer(bit, masks, cancelled or bit[END])
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
    for outcome, arrow in step.outcomes.items():
        yield WayKind.OUTCOME, outcome, arrow
    for message, arrow in step.messages.items():
        yield WayKind.MESSAGE, message, arrow
    if step.timeout is not None:
        yield WayKind.TIMEOUT, "", step.timeout.arrow


def targets_of(step: Step) -> tuple[StepId, ...]:
    """Every step an arrow of this step leads to, `then` included, each once."""
    found: dict[StepId, None] = {}
    for _, _, arrow in ways_out(step):
        then = () if arrow.then is None else (arrow.then,)
        found.update(dict.fromkeys((*arrow.targets, *then)))
    found.pop(CANCEL, None)
    return tuple(found)


def join_place(source: StepId, step: StepId) -> str:
    """The name of the place where a joining step keeps the token of one source."""
    return f"{source}>{step}"


def _input_places(process: Process) -> dict[StepId, tuple[str, ...]]:
    sources: dict[StepId, list[StepId]] = {step: [] for step in process.steps}
    for step in process.steps.values():
        for target in targets_of(step):
            sources[target].append(step.id)
    return {
        step.id: tuple(join_place(source, step.id) for source in sources[step.id])
        if step.join and sources[step.id]
        else (str(step.id),)
        for step in process.steps.values()
    }


class _Writer:
    """Writes the transitions of steps one after the other."""

    def __init__(
        self, bit: Mapping[str, int], masks: Mapping[StepId, int], cancelled: int
    ) -> None:
        self._bit = bit
        self._masks = masks
        self._cancelled = cancelled
        self.transitions: list[Transition] = []

    def leave(self, step: Step) -> None:
        """Add the ways out of one step."""
        if step.kind is StepKind.END:
            self._add(step.id, WayKind.END, "", None)
        for kind, label, arrow in ways_out(step):
            self._add(step.id, kind, label, arrow)

    def _add(
        self, step: StepId, kind: WayKind, label: str, arrow: Arrow | None
    ) -> None:
        index = len(self.transitions)
        then = arrow.then if arrow is not None else None
        self.transitions.append(
            self._transition(
                step,
                kind,
                label,
                arrow.targets if arrow is not None else None,
                at_most=arrow.at_most if arrow is not None else None,
                then=None if then is None else index + 1,
            )
        )
        if then is not None:
            self.transitions.append(
                self._transition(step, kind, label, (then,), is_then=True)
            )

    def _transition(
        self,
        step: StepId,
        kind: WayKind,
        label: str,
        targets: tuple[StepId, ...] | None,
        *,
        at_most: int | None = None,
        then: int | None = None,
        is_then: bool = False,
    ) -> Transition:
        resets = targets is not None and CANCEL in targets
        if resets:
            targets, produces = (), self._cancelled
        elif targets is None:
            targets, produces = (), self._bit[END]
        else:
            produces = self._produced(step, targets)
        return Transition(
            index=len(self.transitions),
            step=step,
            kind=kind,
            label=label,
            consumes=self._masks[step],
            produces=produces,
            targets=targets,
            resets=resets,
            at_most=at_most,
            then=then,
            is_then=is_then,
        )

    def _produced(self, step: StepId, targets: tuple[StepId, ...]) -> int:
        produced = 0
        for target in targets:
            slot = self._bit.get(join_place(step, target))
            produced |= self._masks[target] if slot is None else slot
        return produced


def _net_steps(
    process: Process, masks: Mapping[StepId, int], transitions: tuple[Transition, ...]
) -> dict[StepId, NetStep]:
    ways: dict[StepId, dict[tuple[WayKind, str], Transition]] = {
        step: {} for step in process.steps
    }
    for transition in transitions:
        if not transition.is_then:
            ways[transition.step][transition.kind, transition.label] = transition
    return {
        step.id: NetStep(
            step=step,
            inputs=masks[step.id],
            ways=ways[step.id],
            calendar=_calendar(process, step),
        )
        for step in process.steps.values()
    }


def _calendar(process: Process, step: Step) -> WorkCalendar:
    role = process.roles.get(step.role) if step.role is not None else None
    name = role.calendar if role is not None else None
    if name is None and not (role is not None and role.external):
        name = process.calendar
    return ALWAYS if name is None else process.calendars[name]
