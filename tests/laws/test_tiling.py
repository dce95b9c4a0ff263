"""Law 6: the critical path of an order tiles its lead time, so the boxes add up."""

from hypothesis import given
from hypothesis import strategies as st

from flowengine.analysis import analyse, critical_path
from flowengine.analysis.causes import Wait, causes_of
from flowengine.analysis.staffing import staffing
from tests.analysis.builders import at
from tests.analysis.random_logs import NET, random_log

NOW = at("00:00", day=30)
SEEDS = st.integers(0, 10**9)


@given(SEEDS)
def test_waiting_paused_and_service_on_the_path_tile_the_lead_time(seed: int) -> None:
    closed = [trace for trace in random_log(seed) if trace.closed is not None]

    for trace in closed:
        path = critical_path(trace)

        parts = [entry.waiting + entry.paused + entry.service for entry in path]
        assert trace.closed is not None
        assert sum(parts) == trace.closed - trace.opened


@given(SEEDS)
def test_the_causes_of_each_wait_add_up_to_the_wait(seed: int) -> None:
    log = random_log(seed)
    waits = [Wait(entry, trace.holds) for trace in log for entry in trace.entries]

    causes = causes_of(staffing(NET, log, NOW), waits)

    for wait, found in zip(waits, causes, strict=True):
        assert sum(found.values()) == wait.entry.waiting
        assert min(found.values()) >= 0


@given(SEEDS)
def test_steps_departments_and_causes_add_up_to_the_lead_time(seed: int) -> None:
    log = random_log(seed)

    found = analyse(NET, log, NOW)

    lead = sum(trace.closed - trace.opened for trace in log if trace.closed is not None)
    assert found.lead == lead
    for parts in (found.steps, found.departments):
        assert sum(part.waiting + part.paused + part.service for part in parts) == lead
    for step in found.steps:
        assert sum(step.causes.values()) == step.waiting
