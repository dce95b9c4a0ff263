"""Laws 1, 2 and 6 through a real database, on random walks of random processes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.analysis import critical_path
from flowengine.kernel import replay
from tests.engine.world import World
from tests.laws.random_processes import random_steps
from tests.laws.walk import Walk, name_of, with_called
from tests.shape.sources import REPOSITORY

SEEDS = st.integers(0, 10**9)
REFERENCE = sorted((REPOSITORY / "processes").glob("*.yaml"))
#: Each of these has a database of its own.
FEW = max(1, settings().max_examples // 8)


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@contextmanager
def walking(text: str, chance: Random) -> Iterator[Walk]:
    """A new order of a process, in a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "shop.db", *with_called(text))
        try:
            yield Walk(world, world.engine.net(name_of(text)), "1001", chance)
        finally:
            world.close()


def assert_nothing_is_lost(walk: Walk) -> None:
    """Law 1: what was stored is the case, before and after starting again."""
    before, events = walk.case, walk.events
    assert replay(events) == before
    walk.world.reopen()
    assert walk.case == before
    assert walk.events == events


def assert_it_tiles(walk: Walk) -> None:
    """Law 6: waiting, paused and service on the critical path are the lead time."""
    log = walk.engine.event_log(walk.net.process.name)
    trace = next(trace for trace in log if trace.number == walk.number)
    if trace.closed is None:
        return
    path = critical_path(trace)
    parts = [entry.waiting + entry.paused + entry.service for entry in path]
    assert sum(parts) == trace.closed - trace.opened


def walk_and_assert(text: str, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - draws deeds, guards no secret
    with walking(text, chance) as walk:
        walk.run(12)
        assert_nothing_is_lost(walk)
        walk.run(12)
        assert replay(walk.events) == walk.case
        # Law 2: every derived table is what the events say.
        assert walk.engine.upkeep.check() == ()
        assert_it_tiles(walk)


@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: path.stem)
@settings(max_examples=FEW)
@given(SEEDS)
def test_a_reference_process_loses_nothing_wherever_it_is_stopped(
    path: Path, seed: int
) -> None:
    walk_and_assert(text_of(path), seed)


@settings(max_examples=3 * FEW)
@given(SEEDS)
def test_a_random_process_loses_nothing_wherever_it_is_stopped(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - grows a process
    text = random_steps(chance, calling=False)

    walk_and_assert(text, seed)


def test_the_walks_go_everywhere() -> None:
    kinds: set[str] = set()
    refused = repeated = closed = 0
    for seed in range(25):
        path = REFERENCE[seed % len(REFERENCE)]
        with walking(text_of(path), Random(seed)) as walk:  # noqa: S311 - draws deeds
            walk.run(60)
            kinds |= {type(event).__name__ for event in walk.events}
            refused += walk.refused
            repeated += len(walk.said)
            closed += walk.case.closed is not None

    assert {
        "CaseCancelled",
        "CaseClosed",
        "CaseHeld",
        "CaseResumed",
        "MessageKept",
        "NoteAdded",
        "TaskReleased",
    } <= kinds
    assert min(refused, repeated, closed) > 5
