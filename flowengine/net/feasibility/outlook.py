"""What an order takes of hands and money before any has run, by the process alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import erf, exp, inf, log, sqrt
from typing import NamedTuple

from flowengine.language.process import RoleId, Step, StepId, StepKind
from flowengine.net.feasibility.lapses import can_be_skipped
from flowengine.net.feasibility.promise import goals_of
from flowengine.net.flow import Flow, order_flow
from flowengine.net.net import Net, WayKind
from flowengine.net.plain import Move, bits
from flowengine.net.reach import reachable
from flowengine.quantities import HOUR, Duration

#: Runs less likely than this together are left out.
NEGLIGIBLE = 1e-4
_RARE = 1e-7
_ROUNDS = 2_000
#: States searched for the least work.
_SEARCH_LIMIT = 20_000
#: Halvings for the 95 % value, and below which width costs are all the same.
_HALVINGS = 50
_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class CostOutlook:
    """What to expect of one order; money in ten-thousandths of the currency unit."""

    #: The least work of the shortest way to an end that counts; None for no such end.
    least: Duration | None
    #: The mean working time of all hands.
    typical: Duration
    #: The mean cost of hands, and of what steps cost beside them.
    hands: int
    expenses: int
    #: What 95 of 100 orders do not cost more than, hands and expenses together.
    highest: int
    #: Roles that work and have no cost: their hands are not in the money.
    unpriced: tuple[RoleId, ...] = ()


def expected_cost(net: Net, weights: Mapping[int, float] | None = None) -> CostOutlook:
    """What an order takes by the process alone, before history can tell.

    The ways out of a step are taken to be equally likely unless `weights` gives some,
    by the index of the transition; a rule that may skip a step does so for every
    second order, each branch of a `choose_all` opens for every second, and timeouts do
    not happen where there is another way. Loops end as `at_most` says. Lists count as
    one element, called processes as nothing. Work is a triangle, so its mean is
    (least + mode + most) / 3. The 95 % value is that of a mixture: runs alike in length
    and end are taken together, each group log-normal with its own mean and variance.
    """
    walk = _Walk(net, weights or {})
    ended = walk.ended()
    sums = _Sums()
    for part in ended:
        sums = sums.plus(part)
    sums = sums.times(1 / sums.share) if sums.share else sums
    roles = {
        step.role: None
        for step in net.process.steps.values()
        if step.role is not None
        and step.work is not None
        and net.process.roles[step.role].cost is None
    }
    return CostOutlook(
        least=walk.least(),
        typical=Duration(round(sums.work)),
        hands=round(sums.hands),
        expenses=round(sums.expenses),
        highest=round(_highest(ended)),
        unpriced=tuple(roles),
    )


class _State(NamedTuple):
    marking: int
    #: How often ways with `at_most` were used, by their index.
    uses: tuple[tuple[int, int], ...] = ()


class _Sums(NamedTuple):
    """Probability, and sums weighted by it, over the runs that come to a state."""

    share: float = 0.0
    work: float = 0.0
    hands: float = 0.0
    expenses: float = 0.0
    #: Of the squared cost.
    square: float = 0.0

    def plus(self, other: "_Sums") -> "_Sums":
        return _Sums(*(one + two for one, two in zip(self, other, strict=True)))

    def times(self, share: float) -> "_Sums":
        return _Sums(*(value * share for value in self))

    def spent(self, spend: "_Spend") -> "_Sums":
        """All of these runs do a step more."""
        mean = spend.hands + spend.expenses
        before = self.hands + self.expenses
        return _Sums(
            share=self.share,
            work=self.work + self.share * spend.work,
            hands=self.hands + self.share * spend.hands,
            expenses=self.expenses + self.share * spend.expenses,
            square=self.square
            + 2 * mean * before
            + self.share * (mean * mean + spend.variance),
        )


class _Spend(NamedTuple):
    """What one visit of a step takes."""

    least: int = 0
    work: float = 0.0
    hands: float = 0.0
    expenses: float = 0.0
    variance: float = 0.0


class _Next(NamedTuple):
    share: float
    state: _State
    spend: _Spend


@dataclass(slots=True)
class _Walk:
    """Walks all runs of an order, one step at a time.

    Where several steps are open the first one in the file goes first: what an order
    takes does not depend on it, but for branches that another one gives up.
    """

    net: Net
    weights: Mapping[int, float]
    flow: Flow = field(init=False)
    choices: dict[int, list[tuple[int, Move]]] = field(init=False)
    spends: dict[StepId, _Spend] = field(init=False)
    #: By place: the ways with `at_most` that a token there may still come by, as bits.
    ahead: dict[int, int] = field(init=False)
    goals: int = field(init=False)

    def __post_init__(self) -> None:
        """Look up once what every step of the walk needs."""
        self.flow = order_flow(self.net)
        self.choices = {}
        for number, move in enumerate(self.flow.plain.moves):
            place = move.consumes & -move.consumes
            self.choices.setdefault(place, []).append((number, move))
        self.ahead = dict(_ahead(self.flow))
        steps = self.net.process.steps
        self.spends = {step: _spend(self.net, steps[step]) for step in steps}
        ends = goals_of(self.net.process)
        self.goals = sum(self.net.steps[end].inputs for end in ends)

    def ended(self) -> list[_Sums]:
        """The sums over all runs that are not negligible, by their length and end."""
        ended: list[_Sums] = []
        front = {_State(self.flow.plain.initial): _Sums(1.0)}
        for _ in range(_ROUNDS):
            after: dict[_State, _Sums] = {}
            for state, sums in front.items():
                options = list(self._after(state))
                if not options:
                    ended.append(sums)
                for share, following, spend in options:
                    part = sums.times(share).spent(spend)
                    if part.share > _RARE:
                        known = after.get(following)
                        after[following] = part if known is None else known.plus(part)
            front = after
            if sum(sums.share for sums in front.values()) < NEGLIGIBLE:
                break
        return ended

    def least(self) -> Duration | None:
        """The least work of a run to an end that counts."""
        first = _State(self.flow.plain.initial)
        queue = [(0, first)]
        done: set[_State] = set()
        while queue and len(done) < _SEARCH_LIMIT:
            work, state = heappop(queue)
            if state.marking & self.goals:
                return Duration(work)
            if state not in done:
                done.add(state)
                for _, following, spend in self._after(state):
                    heappush(queue, (work + spend.least, following))
        return None

    def _after(self, state: _State) -> Iterator[_Next]:
        """What can come next, with its share; nothing where the order is over."""
        open_choices = self._open(state)
        told = [self._weight(number) for number, _ in open_choices]
        for weight, (number, move) in zip(told, open_choices, strict=True):
            share = weight / sum(told)
            if share:
                yield from self._leave(state, share, number, move)

    def _open(self, state: _State) -> list[tuple[int, Move]]:
        """The ways out of the first step that is enabled, as `at_most` leaves them.

        None of an end: nothing happens there any more.
        """
        marking, uses = state.marking, dict(state.uses)
        urgent = marking & self.flow.plain.urgent
        for place in bits(urgent or marking):
            found = [
                (number, move)
                for number, move in self.choices.get(place, ())
                if marking & move.consumes == move.consumes
                and self.flow.deeds[number].way.kind is not WayKind.END
                and self._may(number, uses)
            ]
            if found:
                return found
        return []

    def _may(self, number: int, uses: Mapping[int, int]) -> bool:
        way = self.flow.deeds[number].way
        if way.is_then:
            return uses.get(way.index - 1, 0) >= (self._bound(way.index - 1))
        bound = way.at_most
        return bound is None or uses.get(way.index, 0) < bound

    def _bound(self, index: int) -> int:
        return self.net.transitions[index].at_most or 0

    def _state(self, marking: int, uses: Mapping[int, int]) -> _State:
        """A state without the counts of ways that the order comes by no more."""
        ahead = 0
        for place in bits(marking):
            ahead |= self.ahead.get(place, 0)
        kept = tuple(sorted((way, n) for way, n in uses.items() if ahead >> way & 1))
        return _State(marking, kept)

    def _weight(self, number: int) -> float:
        way = self.flow.deeds[number].way
        others = self.net.steps[way.step].ways
        if way.kind is WayKind.TIMEOUT and len(others) > 1:
            return self.weights.get(way.index, 0.0)
        return self.weights.get(way.index, 1.0)

    def _leave(
        self, state: _State, share: float, number: int, move: Move
    ) -> Iterator[_Next]:
        deed = self.flow.deeds[number]
        way, uses = deed.way, dict(state.uses)
        if way.at_most is not None and not deed.skips:
            uses[way.index] = uses.get(way.index, 0) + 1
        kept = 0 if move.resets else state.marking ^ move.consumes
        following = self._state(kept | move.produces, uses)
        if deed.decides:
            yield _Next(share, following, _Spend())
            return
        spend = self.spends[way.step]
        if can_be_skipped(self.net.steps[way.step].step, way):
            yield _Next(share / 2, following, _Spend())
            share /= 2
        yield _Next(share, following, spend)


def _ahead(flow: Flow) -> Iterator[tuple[int, int]]:
    """By place: the ways with `at_most` of the steps that it leads to, as bits."""
    bounded: dict[StepId, int] = {}
    for way in flow.transitions:
        if way.at_most is not None:
            bounded[way.step] = bounded.get(way.step, 0) | 1 << way.index
    for number, step in enumerate(flow.step_of_place):
        found = 0
        if step is not None and step in flow.edges:
            for other in reachable(flow.edges, [step]):
                found |= bounded.get(other, 0)
        yield 1 << number, found


def _spend(net: Net, step: Step) -> _Spend:
    expenses = float(step.cost.amount) if step.cost is not None else 0.0
    if step.work is None or step.kind is not StepKind.TASK:
        return _Spend(expenses=expenses)
    low, mode, high = step.work.least, step.work.mode, step.work.most
    spread = low**2 + mode**2 + high**2 - low * mode - low * high - mode * high
    role = net.process.roles.get(step.role) if step.role is not None else None
    rate = (role.cost or 0) / HOUR if role is not None else 0.0
    mean = (low + mode + high) / 3
    return _Spend(low, mean, mean * rate, expenses, spread / 18 * rate**2)


def _highest(parts: Sequence[_Sums]) -> float:
    """What 95 of 100 runs do not cost more than; by halving, as parts overlap."""
    shapes = [_shape(part) for part in parts]
    wanted = 0.95 * sum(share for share, _, _ in shapes)
    low, high = (
        0.0,
        max((exp(middle + 6 * wide) for _, middle, wide in shapes), default=0),
    )
    for _ in range(_HALVINGS):
        tried = (low + high) / 2
        if sum(_at_most(tried, shape) for shape in shapes) < wanted:
            low = tried
        else:
            high = tried
    return high


def _shape(part: _Sums) -> tuple[float, float, float]:
    """The share of some runs, and middle and width of the logarithm of their cost."""
    mean = (part.hands + part.expenses) / part.share
    if mean <= 0:
        return part.share, -inf, 0.0
    spread = log(1 + max(0.0, part.square / part.share - mean**2) / mean**2)
    return part.share, log(mean) - spread / 2, sqrt(spread)


def _at_most(cost: float, shape: tuple[float, float, float]) -> float:
    """The share of all runs that are in these and cost no more."""
    share, middle, wide = shape
    if middle == -inf:
        return share
    distance = log(cost) - middle
    if wide < _EXACT:
        return share if distance >= -_EXACT else 0.0
    return share * (1 + erf(distance / (wide * sqrt(2)))) / 2
