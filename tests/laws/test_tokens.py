"""Law 3: tokens are conserved, a task has one owner and completes at most once."""

from itertools import pairwise
from random import Random
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from flowengine.kernel import Case, CaseState, replay
from flowengine.kernel.case import TaskState
from flowengine.kernel.events import (
    CaseCancelled,
    CaseClosed,
    CaseMigrated,
    ChildAsked,
    EffectUndone,
    Event,
    StepEnded,
    TaskClaimed,
    TaskReassigned,
    TaskReleased,
    TaskResumed,
    TaskStarted,
    TokenMoved,
)
from flowengine.kernel.evolve import bits, evolve
from tests.laws.kernel_walk import KernelWalk, net_of_text, reference_nets
from tests.laws.random_processes import random_steps

SEEDS = st.integers(0, 10**9)
REFERENCE = list(reference_nets().values())


def walked(seed: int) -> KernelWalk:
    """A walk through a random process, or through a reference one."""
    chance = Random(seed)  # noqa: S311 - draws deeds, guards no secret
    number = chance.randrange(2 * len(REFERENCE))
    if number < len(REFERENCE):
        net = REFERENCE[number]
    else:
        net = net_of_text(random_steps(chance))
    refusing, moving = chance.random() < 0.3, chance.random() < 0.3
    walk = KernelWalk(net, chance, refusing=refusing, moving=moving)
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
            case TokenMoved(consumed=consumed, produced=produced):
                assert consumed
                assert before.marking & consumed == consumed
                left = before.marking & ~consumed
                assert left & produced == 0
                assert after.marking == left | produced
            case CaseCancelled(marking=marking):
                assert after.marking == marking
            case CaseClosed():
                assert after.marking == 0
            case CaseMigrated(bits=moved):
                assert set(moved) == set(bits(before.marking))
                assert after.marking.bit_count() == before.marking.bit_count()
            case _:
                assert after.marking == before.marking


@given(SEEDS)
def test_each_marked_place_has_an_arrival_and_open_steps_keep_their_tokens(
    seed: int,
) -> None:
    walk = walked(seed)

    for case, net in zip(cases_of(walk.events), walk.nets, strict=True):
        assert set(case.arrivals) == set(bits(case.marking))
        for name, task in case.tasks.items():
            inputs = net.steps[task.step].inputs
            assert case.marking & inputs == inputs
            assert task.id == name
        if case.closed is not None:
            assert not case.tasks


@given(SEEDS)
def test_a_task_has_one_owner_and_each_visit_of_an_element_ends_once(seed: int) -> None:
    walk = walked(seed)
    ended: set[tuple[str, int, str | None]] = set()
    owners: dict[tuple[str, int, str | None], str] = {}

    for event in walk.events:
        match event:
            case TaskClaimed(by=by) | TaskStarted(by=by):
                task = event.step, event.visit, event.element
                assert owners.setdefault(task, by) == by
                assert task not in ended
            case TaskReassigned(to=to):
                owners[event.step, event.visit, event.element] = to
            case TaskResumed(by=by):
                assert owners[event.step, event.visit, event.element] == by
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
def test_pauses_lie_one_after_another_within_the_work(seed: int) -> None:
    walk = walked(seed)

    for event in walk.events:
        if isinstance(event, StepEnded):
            moments = [moment for pause in event.pauses for moment in pause]
            assert None not in moments
            assert [event.started, *moments, event.at] == sorted(
                [event.started, *(m for m in moments if m is not None), event.at]
            )
    for case in cases_of(walk.events):
        for task in case.tasks.values():
            rests = bool(task.pauses) and task.pauses[-1][1] is None
            assert rests is (task.state is TaskState.PAUSED)


@given(SEEDS)
def test_an_order_that_nobody_and_nothing_goes_on_with_has_an_incident(
    seed: int,
) -> None:
    walk = walked(seed)

    case = walk.case

    if case.state is CaseState.OPEN and not case.tasks:
        assert case.incidents


@given(SEEDS)
def test_what_is_reserved_is_what_was_given_and_not_yet_used(seed: int) -> None:
    walk = walked(seed)

    for case in cases_of(walk.events):
        assert all(many > 0 for many in case.reserved.values())
    assert walk.case.asked is None
    # Nothing is undone twice, and all of it once the case was cancelled.
    undone = [event for event in walk.events if isinstance(event, EffectUndone)]
    booked = [event for event in walk.events if getattr(event, "reversible", False)]
    assert len(undone) <= len(booked)
    if walk.case.cancelling:
        last = max(
            number
            for number, event in enumerate(walk.events, 1)
            if isinstance(event, CaseCancelled)
        )
        assert cases_of(walk.events[:last])[-1].effects == ()


@given(SEEDS)
def test_a_child_is_asked_once_for_each_instance(seed: int) -> None:
    walk = walked(seed)

    asked = [event for event in walk.events if isinstance(event, ChildAsked)]

    assert len({event.child for event in asked}) == len(asked)
    for case in cases_of(walk.events):
        if case.state is CaseState.CANCELLING:
            assert all(task.child is not None for task in case.tasks.values())


@given(SEEDS)
def test_a_history_is_its_case_wherever_it_is_stopped(seed: int) -> None:
    walk = walked(seed)

    assert replay(walk.events) == walk.case


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
    names = {net.process.name for net in REFERENCE}

    assert {"order-to-delivery", "return"} <= names


def test_the_walks_meet_every_kind_of_event() -> None:
    met: set[type[object]] = set()
    for seed in range(400):
        met |= {type(event) for event in walked(seed).events}

    assert set(get_args(Event)) <= met
