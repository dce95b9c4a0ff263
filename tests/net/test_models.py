"""Small models with a known verdict, rebuilt as processes.

They follow the models of rust_bpmn_analyzer (MIT) whose names say the defect they have
or do not have: safeness, option to complete, proper completion, no dead activities.
Left out is a model that ends each of two branches by an end of its own and is proper
there: here an end closes the whole order.
"""

import pytest

from flowengine.language import Severity
from tests.net.conftest import CheckSteps

SOUND = {
    "cyclic": """
enter: {role: clerk, next: a}
a: {role: clerk, outcomes: {again: {next: a, at_most: 3, then: done}, on: done}}
done: {end: success}
""",
    "proper-completion-1": """
enter: {role: clerk, outcomes: {one: done, other: done}}
done: {end: success}
""",
    "no-dead-activities": """
enter: {role: clerk, next: [a, b]}
a: {role: clerk, next: both}
b: {role: clerk, next: both}
both: {join: all, next: done}
done: {end: success}
""",
    "starvation, the part without": """
enter: {role: clerk, outcomes: {send: a, leave: b}}
a: {role: clerk, next: meet}
b: {role: clerk, next: meet}
meet: {next: done}
done: {end: success}
""",
}

UNSOUND = {
    "stuck": (
        "F405",
        """
enter: {role: clerk, outcomes: {one: a, other: b}}
a: {role: clerk, next: both}
b: {role: clerk, next: both}
both: {join: all, next: c}
c: {role: clerk, next: done}
done: {end: success}
""",
    ),
    "order_handling": (
        "F405",
        """
enter: {role: clerk, outcomes: {pay: retrieve-payment, take: fetch-goods}}
retrieve-payment: {role: clerk, next: ship}
fetch-goods: {role: picker, next: ship}
ship: {join: all, role: picker, next: done}
done: {end: success}
""",
    ),
    "order_handling_synchronization": (
        "F406",
        """
enter: {role: clerk, next: [retrieve-payment, fetch-goods]}
retrieve-payment: {role: clerk, next: ship}
fetch-goods: {role: picker, next: ship}
ship: {role: picker, next: done}
done: {end: success}
""",
    ),
    "livelock": (
        "F406",
        """
enter: {role: clerk, next: b}
b: {role: clerk, next: [a, c]}
a: {role: clerk, next: b}
c: {role: clerk, next: done}
done: {end: success}
""",
    ),
    "unsafe": (
        "F406",
        """
enter: {next: [a, b]}
a: {next: meet}
b: {next: meet}
meet: {role: clerk, next: done}
done: {end: success}
""",
    ),
    "implicit-task-merge": (
        "F406",
        """
enter: {next: [a, b]}
a: {role: clerk, next: c}
b: {role: clerk, next: c}
c: {role: clerk, next: done}
done: {end: success}
""",
    ),
    "reused-end-event": (
        "F403",
        """
enter: {next: [a, b]}
a: {role: clerk, next: done}
b: {role: clerk, next: done}
done: {end: success}
""",
    ),
    "implicit-task-split": (
        "F406",
        """
enter: {role: clerk, next: [b, c]}
b: {role: clerk, next: meet}
c: {role: clerk, next: meet}
meet: {next: done}
done: {end: success}
""",
    ),
    "no-option-to-complete-1": (
        "F405",
        """
enter: {outcomes: {one: a, other: b}, role: clerk}
a: {role: clerk, next: both}
b: {role: clerk, next: both}
both: {join: all, next: done}
done: {end: success}
""",
    ),
    "dead-activity": (
        "F404",
        """
enter: {role: clerk, outcomes: {a: a, end: done}}
a: {role: clerk, next: done}
b: {role: clerk, next: done}
done: {end: success}
""",
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_model_without_a_defect_is_sound(checked: CheckSteps, name: str) -> None:
    found = checked(SOUND[name])

    assert not found.has_errors


@pytest.mark.parametrize("name", UNSOUND)
def test_a_model_with_a_defect_is_told_by_it(checked: CheckSteps, name: str) -> None:
    code, steps = UNSOUND[name]

    found = checked(steps)

    errors = [p.code for p in found.problems if p.severity is Severity.ERROR]
    assert errors == [code]


def test_a_join_of_a_step_that_nothing_opens_waits_in_vain(checked: CheckSteps) -> None:
    found = checked(  # no-option-to-complete-2
        """
enter: {role: clerk, outcomes: {one: a, other: b}}
a: {role: clerk, next: done}
b: {role: clerk, next: both}
never: {role: clerk, next: both}
both: {join: all, next: done}
done: {end: success}
"""
    )

    errors = [p.code for p in found.problems if p.severity is Severity.ERROR]
    assert errors == ["F404", "F405"]


def test_dead_steps_that_lead_to_each_other_are_all_told(checked: CheckSteps) -> None:
    found = checked(  # dead_tasks_connected
        """
enter: {role: clerk, next: a}
a: {role: clerk, next: done}
c: {role: clerk, next: b}
b: {role: clerk, outcomes: {again: c, out: done}}
done: {end: success}
"""
    )

    errors = [p.code for p in found.problems if p.severity is Severity.ERROR]
    assert errors == ["F404", "F404"]
