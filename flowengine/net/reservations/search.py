"""Every run of an order, with what is reserved on it: breadth first, so the shortest.

What is searched are the markings of the net, each with who has reserved something of
one list of goods that was not taken or let go since. An order may be cancelled in every
marking before `until`, and then goes on from where `on_cancel` leads.

Where that is too much, branches that have nothing to do with the list are not mixed
with each other: a step that changes nothing of what is asked happens before all else
(ample sets: D. Peled, "All from One, One for All", CAV 1993). What can stay reserved is
the same; the runs are no longer the shortest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from flowengine.language.process import StepId
from flowengine.net.flow import Flow
from flowengine.net.net import Net
from flowengine.net.plain import Move, bits
from flowengine.net.reservations.effects import (
    IDLE,
    Act,
    Goods,
    acts,
    is_changed,
    is_freed_by_undo,
    reserving_steps,
)

#: States that are searched for the shortest runs, and again for any run.
SHORTEST_LIMIT = 1_000
SEARCH_LIMIT = 2_500


class State(NamedTuple):
    """Where an order can be, and what it then holds of the list."""

    marking: int
    #: Steps that have reserved of it, as bits in their order; 0 is nothing reserved.
    held: int = 0
    #: The same of reservations that cancelling would bring back.
    past_held: int = 0
    #: All of the list is reserved.
    is_whole: bool = False
    #: Cancelling lets go all that is reserved.
    is_freed: bool = False
    #: Something was reserved once.
    was_held: bool = False
    #: The order can be cancelled no more.
    is_past_cancel: bool = False
    is_cancelled: bool = False


class Origin(NamedTuple):
    """How a state was first reached: by a move of its flow, or by cancelling (None)."""

    before: State
    move: int | None


class Run(NamedTuple):
    """A run by the numbers of its moves, before cancelling and after."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    was_cancelled: bool


@dataclass(slots=True)
class Found:
    """The states that orders can reach, in the order they were found."""

    #: The steps whose bits a state holds.
    holders: tuple[StepId, ...]
    origin: dict[State, Origin | None] = field(default_factory=dict)
    #: States in which the order is over.
    ended: list[State] = field(default_factory=list)
    #: Steps that end a reservation, with whether there had ever been one.
    ending: dict[StepId, bool] = field(default_factory=dict)
    #: False where the limit was met.
    is_complete: bool = False

    def run_of(self, state: State) -> Run:
        """The shortest run to a state."""
        before: list[int] = []
        after: list[int] = []
        origin = self.origin[state]
        while origin is not None:
            if origin.move is not None:
                (after if origin.before.is_cancelled else before).append(origin.move)
            origin = self.origin[origin.before]
        return Run(tuple(before[::-1]), tuple(after[::-1]), state.is_cancelled)


def search(
    net: Net,
    flows: tuple[Flow, Flow | None],
    goods: Goods,
    *,
    trusts_parts: bool,
    shortest_limit: int = SHORTEST_LIMIT,
    limit: int = SEARCH_LIMIT,
) -> Found:
    """Every state an order can reach, up to a limit, as to one list of goods.

    `flows` are that of an order and that of cancelling. Where `trusts_parts`, taking
    only some elements of the list counts as taking all.
    """
    work = _Search(net, flows, goods, trusts_parts=trusts_parts, mixes=True)
    if not work.run(shortest_limit):
        work = _Search(net, flows, goods, trusts_parts=trusts_parts, mixes=False)
        work.run(limit)
    return work.found


#: A move with its number, its step and what it may do.
_Choice = tuple[int, Move, StepId, tuple[Act, ...]]


class _Search:
    """Finds the states one after the other."""

    def __init__(
        self,
        net: Net,
        flows: tuple[Flow, Flow | None],
        goods: Goods,
        *,
        trusts_parts: bool,
        mixes: bool,
    ) -> None:
        process = net.process
        order, cancelling = flows
        holders = tuple(reserving_steps(process, goods))
        self._bit = {step: 1 << number for number, step in enumerate(holders)}
        self._freed = sum(
            bit
            for step, bit in self._bit.items()
            if is_freed_by_undo(process.steps[step], goods)
        )
        self._is_fixed = not is_changed(process, goods)
        self._trusts_parts = trusts_parts
        self._net = net
        until = process.on_cancel.until if process.on_cancel is not None else None
        self._until = net.steps[until].inputs if until is not None else 0
        self._order = _Table(order, goods)
        self._cancelling = (
            self._order if cancelling is None else _Table(cancelling, goods)
        )
        if not mixes:
            self._order.find_quiet(self._until)
            self._cancelling.find_quiet(0)
        self.found = Found(holders)
        self._queue: list[State] = []
        self._reach(State(order.plain.initial), None)

    def run(self, limit: int) -> bool:
        """Search all states, up to a limit; whether it was not met."""
        for state in self._queue:
            if len(self._queue) > limit:
                return False
            if state.marking & self._net.final:
                self.found.ended.append(state)
            else:
                self._go_on(state)
        self.found.is_complete = True
        return True

    def _go_on(self, state: State) -> None:
        """Find what can happen in a state, and add the states that are new."""
        table = self._cancelling if state.is_cancelled else self._order
        first = state.marking & table.urgent
        if not (first or state.is_cancelled or state.is_past_cancel):
            self._reach(self._cancelled(state), Origin(state, None))
        if first:
            self._leave(state, table.choices.get(first & -first, ()))
            return
        for place in bits(state.marking & table.quiet):
            choices, known = table.choices.get(place, ()), len(self._queue)
            self._leave(state, choices)
            if choices and len(self._queue) - known == len(choices):
                return  # the rest can wait, since nothing of this has been before
        for place in bits(state.marking):
            self._leave(state, table.choices.get(place, ()))

    def _leave(self, state: State, choices: Iterable[_Choice]) -> None:
        """Leave one step by every way, if it is enabled."""
        for number, move, step, ways in choices:
            if state.marking & move.consumes == move.consumes:
                for act in ways:
                    self._move(state, number, move, step, act)

    def _move(
        self, state: State, number: int, move: Move, step: StepId, act: Act
    ) -> None:
        if act.ends:
            known = self.found.ending.get(step, False)
            self.found.ending[step] = known or state.was_held
        after = self._acted(state, step, act)
        kept = state.marking ^ move.consumes
        if after is None or (not move.resets and kept & move.produces):
            return
        if move.resets:
            after = self._cancelled(after)
        else:
            after = State(kept | move.produces, *after[1:])
        self._reach(after, Origin(state, number))

    def _acted(self, state: State, step: StepId, act: Act) -> State | None:
        """What a step's end does to a state; None where it cannot end so.

        A machine that finds something reserved already never says `none`, and where
        all is reserved it says `all`, unless the list has become another.
        """
        if act is IDLE:
            return state
        if act.fails:
            return None if state.held and self._is_fixed else state
        if act.reserves:
            if state.is_whole:
                return state if act.whole else None
            return state._replace(
                held=state.held | self._bit[step],
                is_whole=act.whole and self._is_fixed,
                was_held=True,
            )
        if act.ends:
            state = self._without(state, act)
        return state._replace(is_freed=True) if act.frees_on_cancel else state

    def _without(self, state: State, act: Act) -> State:
        if act.partly and not self._trusts_parts:
            return state._replace(is_whole=False)
        back = state.held if act.takes_back_on_cancel else 0
        return state._replace(held=0, past_held=state.past_held | back, is_whole=False)

    def _cancelled(self, state: State) -> State:
        """Where cancelling leads, after what `undo` reverses."""
        left = (state.held | state.past_held) & ~self._freed
        return State(
            marking=self._net.cancelled,
            held=0 if state.is_freed else left,
            was_held=state.was_held,
            is_cancelled=True,
        )

    def _reach(self, state: State, origin: Origin | None) -> None:
        until = self._until
        if until and state.marking & until == until and not state.is_cancelled:
            state = state._replace(is_past_cancel=True)
        if state not in self.found.origin:
            self.found.origin[state] = origin
            self._queue.append(state)


class _Table:
    """The moves of a flow by the lowest place that each takes from."""

    def __init__(self, flow: Flow, goods: Goods) -> None:
        self.urgent = flow.plain.urgent
        #: Places of steps that only move tokens, where they are to go first.
        self.quiet = 0
        self.choices: dict[int, list[_Choice]] = {}
        for number, move in enumerate(flow.plain.moves):
            deed = flow.deeds[number]
            does = (IDLE,) if deed.decides else acts(flow.net, deed.way, goods)
            choice = number, move, deed.way.step, does
            self.choices.setdefault(move.consumes & -move.consumes, []).append(choice)

    def find_quiet(self, until: int) -> None:
        """Let steps go first that change nothing, nor mark a place of `until`."""
        for place, choices in self.choices.items():
            if all(
                does == (IDLE,) and not move.resets and not move.produces & until
                for _, move, _, does in choices
            ):
                self.quiet |= place
