"""Small models with a known verdict, rebuilt as processes.

They are the models of rust_bpmn_analyzer (MIT), by the names of their files, which say
the defect they have or do not have: safeness, option to complete, proper completion,
no dead activities. Two arrows from one gateway to another get a step without a key
each; an activity without a way out gets an end.

What the language cannot say, and what stands here instead:

- `proper-completion-2` and `no-dead-activities` end each of two branches by an end of
  its own, and are proper there. Here an end closes the whole order, so that the same
  drawing is told by F403; brought together before the end, it is sound.
- `starvation` is two pools, of which one sends what the other waits for. Processes are
  checked apart and a message is a free choice, so both halves are sound; that the
  message may never come shows only where the wait has no timeout.
- `cyclic` has a second start event that leads nowhere: a process begins at one step.
"""

from pathlib import Path

import pytest

from flowengine.language import Severity
from tests.net.conftest import CheckSteps

MODELS = Path(__file__).parents[2].parent / "shared" / "data" / "bpmn" / "labelled"

SOUND = {
    "cyclic, its loop alone": """
enter: {role: clerk, next: a}
a: {role: clerk, outcomes: {again: {next: a, at_most: 3, then: done}, on: done}}
done: {end: success}
""",
    "proper-completion-1": """
enter: {role: clerk, outcomes: {one: done, other: done}}
done: {end: success}
""",
    "proper-completion-2, brought together": """
enter: {role: clerk, next: [b, c]}
b: {role: clerk, next: both}
c: {role: clerk, next: both}
both: {join: all, next: done}
done: {end: success}
""",
    "no-dead-activities, brought together": """
enter: {next: [dead-1, dead-2]}
dead-1: {role: clerk, next: both}
dead-2: {role: clerk, next: both}
both: {join: all, next: done}
done: {end: success}
""",
    "starvation, the pool that waits": """
enter: {next: [a, b]}
a: {role: clerk, next: both}
b: {wait: {sent: both}}
both: {join: all, next: c}
c: {role: clerk, next: done}
done: {end: success}
""",
    "starvation, the pool that sends": """
enter: {role: clerk, outcomes: {send: a, leave: b}}
a: {role: clerk, next: meet}
b: {role: clerk, next: meet}
meet: {next: last}
last: {role: clerk, next: done}
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
    "unsafe-gateways": (
        "F406",
        """
enter: {next: [a, b]}
a: {role: clerk, next: meet}
b: {role: clerk, next: meet}
meet: {next: done}
done: {end: success}
""",
    ),
    "no-proper-completion-1": (
        "F403",
        """
enter: {next: [one, other]}
one: {next: done}
other: {next: done}
done: {end: success}
""",
    ),
    "no-proper-completion-2": (
        "F403",
        """
enter: {role: clerk, next: [b, c]}
b: {role: clerk, next: done}
c: {role: clerk, next: done}
done: {end: success}
""",
    ),
    "no-proper-completion-3-unsafe": (
        "F406",
        """
enter: {next: [one, other]}
one: {next: meet}
other: {next: meet}
meet: {next: done}
done: {end: success}
""",
    ),
    "proper-completion-2": (
        "F403",
        """
enter: {role: clerk, next: [b, c]}
b: {role: clerk, next: first}
c: {role: clerk, next: second}
first: {end: success}
second: {end: success}
""",
    ),
    "no-dead-activities": (
        "F403",
        """
enter: {next: [dead-1, dead-2]}
dead-1: {role: clerk, next: first}
dead-2: {role: clerk, next: second}
first: {end: success}
second: {end: success}
""",
    ),
    "cyclic": (
        "F403",
        """
enter: {next: [a, past]}
past: {next: done}
a: {role: clerk, outcomes: {again: {next: a, at_most: 3, then: done}, on: done}}
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


#: Models of which more than one thing is told.
SEVERAL = {
    "no-option-to-complete-2": (
        ["F404", "F405"],
        """
enter: {role: clerk, outcomes: {one: a, other: b}}
a: {role: clerk, next: first}
b: {role: clerk, next: both}
never: {role: clerk, next: both}
both: {join: all, next: second}
first: {end: success}
second: {end: success}
""",
    ),
    "dead_tasks_connected": (
        ["F404", "F404"],
        """
enter: {role: clerk, next: a}
a: {role: clerk, next: done}
c: {role: clerk, next: b}
b: {role: clerk, outcomes: {again: c, out: done}}
done: {end: success}
""",
    ),
    "dead-activities": (
        ["F405", "F404", "F404", "F404"],
        """
enter: {role: clerk, outcomes: {one: left, other: right}}
left: {next: both}
right: {next: both}
both: {join: all, next: dead-1}
dead-1: {role: clerk, next: done}
dead-2: {role: clerk, next: done}
dead-3: {role: clerk, next: done}
dead-4: {role: clerk, next: done}
done: {end: success}
""",
    ),
    "showcase": (
        ["F406", "F410", "F404"],
        """
enter: {next: [left, right]}
left: {next: e1}
right: {next: e1}
e1: {next: e2}
e2: {role: clerk, outcomes: {one: first, other: p2}}
p2: {join: all, next: second}
a: {role: clerk, next: p2}
first: {end: success}
second: {end: success}
""",
    ),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_a_model_with_several_defects_is_told_by_all(
    checked: CheckSteps, name: str
) -> None:
    codes, steps = SEVERAL[name]

    found = checked(steps)

    errors = [p.code for p in found.problems if p.severity is Severity.ERROR]
    assert errors == codes


@pytest.mark.skipif(
    not MODELS.exists(), reason="the shared data are not beside the repository"
)
def test_every_labelled_model_stands_here() -> None:
    files = {path.stem for path in MODELS.rglob("*.bpmn")}

    rebuilt = {name.partition(",")[0] for name in (*SOUND, *UNSOUND, *SEVERAL)}

    assert files == rebuilt
