"""Soundness of plain nets: what it means, and that reducing never changes it."""

import os
import random
from collections import Counter
from collections.abc import Callable

import pytest

from flowengine.net.plain import Move, PlainNet, bits, plain_net
from flowengine.net.reduction import reduce
from flowengine.net.search import (
    Exploration,
    Fault,
    FaultKind,
    explore,
    without_delay,
)
from flowengine.net.soundness import is_sound, judge
from tests.net.random_nets import END, START, random_net

#: `make soak` takes many more nets, other ones each time.
SOAKING = os.environ.get("FLOWENGINE_EXAMPLES") == "soak"
NETS = 300_000 if SOAKING else 20_000
SEED = random.SystemRandom().randrange(10**9) if SOAKING else 20_260_613

PLACES = ("start", "a", "b", "c", "d", "end")


@pytest.mark.parametrize(
    ("kind", "moves", "run"),
    [
        (FaultKind.STUCK, "start>a start>b a+b>end", (0,)),
        (FaultKind.LIVELOCK, "start>end start>a a>b b>a", (1,)),
        (FaultKind.WORK_OPEN, "start>a+b a>end b>c c>b", (0, 1)),
        (FaultKind.UNSAFE, "start>a+b a>c b>c c>end", (0, 1, 2)),
        (FaultKind.DEAD, "start>end a>end", ()),
    ],
)
def test_each_fault_is_shown_by_a_shortest_run(
    kind: FaultKind, moves: str, run: tuple[int, ...]
) -> None:
    verdict = judge(_net(moves))

    assert verdict.is_sound is False
    assert verdict.shown is not None
    fault = next(fault for fault in verdict.shown.faults if fault.kind is kind)
    assert verdict.shown.run_of(fault) == run


@pytest.mark.parametrize(
    "moves",
    [
        "start>end",
        "start>a a>b b>end",
        "start>a+b a>c b>d c+d>end",
        "start>a a>a a>end",
        "start>a a>b b>a b>end",
    ],
)
def test_a_net_that_can_always_end_properly_is_sound(moves: str) -> None:
    assert judge(_net(moves)).is_sound is True
    assert reduce(_net(moves)).net.moves == ()


def test_a_move_that_needs_two_tokens_and_returns_them_is_not_reduced_away() -> None:
    net = _net("start>a start>b a+b>a+b a>end b>end")

    assert explore(net, 100).faults == [Fault(FaultKind.DEAD, 0, 0, 2)]
    assert is_sound(net) is False


def test_a_reset_ends_whatever_else_is_open() -> None:
    moves = (Move(1, 2 | 4), Move(2, 8, resets=True), Move(2, 16), Move(4 | 16, 8))

    assert is_sound(PlainNet(moves, 1, 8)) is True
    without = (moves[0], Move(2, 8), *moves[2:])
    assert is_sound(PlainNet(without, 1, 8)) is False


def test_a_reset_is_never_fused_with_its_neighbours() -> None:
    moves = (Move(1, 2), Move(2, 4, resets=True), Move(4, 8))

    remainder = reduce(PlainNet(moves, 1, 8))

    assert [move.resets for move in remainder.net.moves] == [True]


def test_what_is_left_names_the_moves_it_stands_for() -> None:
    net = _net("start>a start>b a>c c>d b+d>end")

    remainder = reduce(net)

    assert [list(bits(mask)) for mask in remainder.stands_for] == [
        [0b00001, 0b00100, 0b01000],
        [0b00010],
        [0b10000],
    ]


@pytest.mark.parametrize(
    ("moves", "sound"),
    [
        ("start>a+b a>c b>d c+d>end a>end! b>end!", True),
        ("start>a a>b a>c c>end! b>end", True),
        ("start>a a>b b>a a>end!", True),  # giving up is the only way out
        ("start>a a>a a>end!", True),
        ("start>a a>end!", True),
        ("start>a+b a>c b>c c>end a>end!", False),
        ("start>a+b a>d b>d d>end!", False),  # both branches come to giving up
        ("start>a+b a>end b>b b>end!", False),
    ],
)
def test_giving_up_is_a_way_to_the_end_from_wherever_it_can_happen(
    moves: str, sound: bool
) -> None:
    net = _net(moves)

    assert is_sound(net) is sound
    assert _verdict(explore(net, limit=100)) is sound
    assert judge(net).is_sound is sound


def test_branches_that_can_each_give_up_do_not_double_the_markings() -> None:
    branches = [(1 << (2 * number + 2), 2 << (2 * number + 2)) for number in range(40)]
    begun = sum(begin for begin, _ in branches)
    ready = sum(end for _, end in branches)
    moves = [Move(START, begun), Move(ready, END)]
    for begin, end in branches:
        moves += [Move(begin, end), Move(begin, END, resets=True)]

    assert is_sound(PlainNet(tuple(moves), START, END), limit=10) is True


def test_urgent_places_move_on_before_anything_else() -> None:
    net = _net("start>a+b a>c b>d c+d>end")
    urgent = 1 << 1  # a

    found = explore(PlainNet(net.moves, net.initial, net.final, urgent), limit=100)

    assert found.complete
    assert not found.faults
    assert not any(marking & urgent and marking & 1 << 4 for marking in found.origin)


def test_a_run_without_delay_ends_where_a_place_is_marked_twice() -> None:
    net = _net("start>a+b a>c b>d d>c c>end")
    urgent = PlainNet(net.moves, net.initial, net.final, urgent=1 << 1)  # a

    assert without_delay(net, (0, 2, 1)) == (0, 2, 1)
    assert without_delay(urgent, (0, 2, 1)) == (0, 1, 2)
    assert without_delay(urgent, (0, 2)) == (0, 1, 2)
    assert without_delay(urgent, (0, 2, 3, 1, 4)) == (0, 1, 2, 3)


def test_past_its_limit_the_search_says_not_decided() -> None:
    verdict = judge(_rings(6), limit=10)

    assert verdict.is_sound is None
    assert verdict.left
    assert is_sound(_rings(6), limit=10) is None


def test_a_known_fault_without_a_run_within_the_limit_keeps_its_kind() -> None:
    verdict = judge(_net("start>a a>b b>c c>d start>end"), witness_limit=1)

    assert verdict.is_sound is False
    assert verdict.shown is not None
    assert not verdict.shown.complete
    assert verdict.kind is FaultKind.STUCK


def test_reducing_first_gives_the_verdict_of_plain_search(
    record_property: Callable[[str, object], None],
) -> None:
    record_property("nets", NETS)
    record_property("seed", SEED)
    chance = random.Random(SEED)  # noqa: S311 (reproducible nets, no secret)
    seen: Counter[bool | None] = Counter()

    for number in range(NETS):
        net = random_net(chance)
        found = explore(net, limit=20_000)
        sound = _verdict(found)
        seen[sound] += 1
        same = sound is None or is_sound(net, limit=200_000) is sound
        assert same, (SEED, number, net)
        shown = all(_shows(net, found, fault) for fault in found.faults[:100])
        assert shown, (SEED, number, net)

    assert min(seen[True], seen[False]) > NETS // 10
    assert seen[None] <= NETS // 1000


def test_the_same_seed_gives_the_same_nets() -> None:
    first = random.Random(7)  # noqa: S311 (reproducible nets, no secret)
    second = random.Random(7)  # noqa: S311 (reproducible nets, no secret)

    assert [random_net(first) for _ in range(50)] == [
        random_net(second) for _ in range(50)
    ]


def _verdict(found: Exploration) -> bool | None:
    """What a search says; a fault is a fault also where the search went no further."""
    if found.faults:
        return False
    return True if found.complete else None


def _shows(net: PlainNet, found: Exploration, fault: Fault) -> bool:
    """Whether the run of a fault can happen, and leads to what the fault says."""
    if fault.kind is FaultKind.DEAD:
        return fault.move is not None and not found.moved >> fault.move & 1
    marking = net.initial
    run = found.run_of(fault)
    for position, number in enumerate(run):
        move = net.moves[number]
        assert marking & move.consumes == move.consumes
        kept = 0 if move.resets else marking ^ move.consumes
        if kept & move.produces:
            last = position == len(run) - 1
            return last and fault.kind is FaultKind.UNSAFE and marking == fault.marking
        marking = kept | move.produces
    return marking == fault.marking and fault.kind is not FaultKind.UNSAFE


def _net(moves: str) -> PlainNet:
    """A net from `start` to `end`, as in "start>a+b a>end!"; `!` stands for a reset."""
    written = moves.split()
    pairs = [
        tuple(side.split("+") for side in move.rstrip("!").split(">"))
        for move in written
    ]
    used = {place for pair in pairs for side in pair for place in side}
    places = [place for place in PLACES if place in used]
    net = plain_net(places, [(taken, given) for taken, given in pairs], ["start"])
    given_up = (
        Move(move.consumes, move.produces, resets=text.endswith("!"))
        for move, text in zip(net.moves, written, strict=True)
    )
    return PlainNet(tuple(given_up), net.initial, 1 << places.index("end"))


def _rings(count: int) -> PlainNet:
    """Parallel rings of three places that hold hands, so that no rule applies."""
    moves = []
    for ring in range(count):
        a, b, c = (1 << (3 * ring + place) for place in range(3))
        other = 1 << (3 * ((ring + 1) % count))
        moves += [Move(a, b), Move(b, a), Move(b, c), Move(c, b), Move(c, a)]
        moves += [Move(a | other, a | other), Move(c | other, c | other)]
    initial = sum(1 << (3 * ring) for ring in range(count))
    return PlainNet(tuple(moves), initial, 1 << (3 * count))
