"""Law 3: tokens are conserved, a task has one owner and completes at most once."""

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from flowengine.kernel import Case, evolve
from flowengine.kernel.events import (
    CaseCancelled,
    CaseClosed,
    Event,
    StepEnded,
    TaskClaimed,
    TaskReleased,
    TaskStarted,
)
from flowengine.kernel.evolve import bits
from tests.laws.kernel_walk import KernelWalk, net_of_text, reference_nets
from tests.laws.random_processes import random_steps

SEEDS = st.integers(0, 10**9)
REFERENCE = list(reference_nets().values())


def walked(seed: int) -> KernelWalk:
    """A walk through a random process, or through a reference one."""
    chance = Random(seed)  # noqa: S311 - draws deeds, guards no secret
    number = chance.randrange(4)
    if number < len(REFERENCE):
        net = REFERENCE[number]
    else:
        net = net_of_text(random_steps(chance))
    walk = KernelWalk(net, chance)
    walk.run(60)
    return walk


def cases_of(events: list[Event]) -> list[Case]:
    """The case after each of its events."""
    cases: list[Case] = []
    for event in events:
        cases.append(evolve(cases[-1] if cases else None, event))
    return cases


@given(SEEDS)
def test_tokens_are_moved_by_what_events_say_and_never_meet(seed: int) -> None:
    walk = walked(seed)
    cases = cases_of(walk.events)

    for (before, after), event in zip(pairwise(cases), walk.events[1:], strict=True):
        assert after.version == before.version + 1
        match event:
            case StepEnded(consumed=consumed, produced=produced):
                assert before.marking & consumed == consumed
                left = before.marking & ~consumed
                assert left & produced == 0
                assert after.marking == left | produced
            case CaseCancelled(marking=marking):
                assert after.marking == marking
            case CaseClosed():
                assert after.marking == 0
            case _:
                assert after.marking == before.marking


@given(SEEDS)
def test_each_marked_place_has_an_arrival_and_open_steps_keep_their_tokens(
    seed: int,
) -> None:
    walk = walked(seed)

    for case in cases_of(walk.events):
        assert set(case.arrivals) == set(bits(case.marking))
        for name, task in case.tasks.items():
            inputs = walk.net.steps[task.step].inputs
            assert case.marking & inputs == inputs
            assert task.id == name
        if case.closed is not None:
            assert not case.tasks


@given(SEEDS)
def test_a_task_has_one_owner_and_each_visit_ends_once(seed: int) -> None:
    walk = walked(seed)
    ended: set[tuple[str, int, str | None]] = set()
    owners: dict[tuple[str, int, str | None], str] = {}

    for event in walk.events:
        match event:
            case TaskClaimed(by=by) | TaskStarted(by=by):
                task = event.step, event.visit, event.element
                assert owners.setdefault(task, by) == by
                assert task not in ended
            case TaskReleased(by=by):
                assert owners.pop((event.step, event.visit, event.element)) == by
            case StepEnded(who=who):
                task = event.step, event.visit, event.element
                assert task not in ended
                ended.add(task)
                if task in owners:
                    assert who == owners[task]
            case _:
                pass


@given(SEEDS)
def test_time_and_history_only_go_on(seed: int) -> None:
    walk = walked(seed)

    moments = [event.at for event in walk.events]

    assert moments == sorted(moments)
    for number, event in enumerate(walk.events, start=1):
        if isinstance(event, StepEnded):
            assert event.enabled <= event.started <= event.at
            assert event.pred is None or event.pred < number
            assert event.claimed is None or event.enabled <= event.claimed


def test_every_reference_process_is_walked() -> None:
    assert {net.process.name for net in REFERENCE} == {"order-to-delivery", "return"}
