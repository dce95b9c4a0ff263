"""The runs that faults are told with: they can happen, and they show the fault."""

import pytest

from flowengine.net import Net
from flowengine.net.fault import FlowFault
from flowengine.net.flow_check import find_faults
from tests.net.conftest import CheckSteps
from tests.net.test_models import UNSOUND

BRANCHES = 9


def wide(change: tuple[str, str]) -> str:
    """Nine branches of four steps, too many markings to search as written."""
    first = ", ".join(f"a{branch}-0" for branch in range(BRANCHES))
    steps = [f"enter: {{role: clerk, next: [{first}]}}"]
    for branch in range(BRANCHES):
        steps += [
            f"a{branch}-{at}: {{role: clerk, next: a{branch}-{at + 1}}}"
            for at in range(3)
        ]
        steps.append(f"a{branch}-3: {{role: clerk, next: ready}}")
    steps += ["ready: {join: all, next: done}", "done: {end: success}"]
    text = "\n".join(steps)
    assert change[0] in text
    return text.replace(*change)


WIDE = {
    "F403": ("join: all, ", ""),
    "F405": (
        "a0-3: {role: clerk, next: ready}",
        "a0-3: {role: clerk, outcomes: {ok: ready, big: x}}\n"
        "x: {role: clerk, next: ready}",
    ),
    "F402": (
        "a0-3: {role: clerk, next: ready}",
        "a0-3: {role: clerk, outcomes: {ok: ready, bad: x}}\n"
        "x: {role: clerk, next: y}\ny: {role: clerk, next: x}",
    ),
    "F410": (
        "a0-3: {role: clerk, next: ready}",
        "a0-3: {role: clerk, outcomes: {ok: ready, no: done}}",
    ),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_the_run_of_a_fault_can_happen(checked: CheckSteps, name: str) -> None:
    net = checked(UNSOUND[name][1]).net
    assert net is not None

    faults = [fault for fault in find_faults(net) if fault.run]

    assert faults or name == "dead-activity"
    assert all(_ends_at_fault(net, fault) for fault in faults)


@pytest.mark.parametrize("code", WIDE)
def test_what_is_too_large_to_search_still_comes_with_a_run(
    checked: CheckSteps, code: str
) -> None:
    found = checked(wide(WIDE[code]))
    assert found.net is not None

    fault = next(fault for fault in find_faults(found.net) if fault.code == code)

    assert fault.run
    assert _ends_at_fault(found.net, fault)


def test_a_wide_flow_without_a_fault_is_sound(checked: CheckSteps) -> None:
    found = checked(wide(("next: done", "next: done")))

    assert not found.has_errors


def test_a_fault_is_told_with_its_arrow_where_one_is_to_blame(
    checked: CheckSteps,
) -> None:
    net = checked(wide(WIDE["F410"])).net
    assert net is not None

    (fault,) = find_faults(net)

    assert fault.way is not None
    assert (fault.way.step, fault.way.label) == ("a0-3", "no")


def _ends_at_fault(net: Net, fault: FlowFault) -> bool:
    """Replay a run over the net: each way is open, and the end of the run is no good.

    That is a place with two tokens, an end beside open work, or somewhere short of the
    end.
    """
    marking = net.initial
    for way in fault.run:
        assert marking & way.consumes == way.consumes
        kept = 0 if way.resets else marking ^ way.consumes
        if kept & way.produces:
            return way is fault.run[-1]
        marking = kept | way.produces
    return bool(fault.run) and marking != net.final
