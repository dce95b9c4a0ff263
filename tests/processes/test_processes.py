"""The reference processes: clean, complete in both languages, as the trade does it."""

from pathlib import Path

import pytest

from flowengine.demo import REFERENCE_PROCESSES
from flowengine.language.process import Process, StepKind
from flowengine.net.check import check_text

FOLDER = Path(__file__).parents[2] / "processes"


def checked(name: str) -> Process:
    path = FOLDER / f"{name}.yaml"
    found = check_text(path.read_text(encoding="utf-8"), str(path))
    assert found.process is not None
    return found.process


def test_every_process_of_the_folder_travels_with_the_package() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(REFERENCE_PROCESSES)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_a_reference_process_has_no_errors_and_no_warnings(name: str) -> None:
    path = FOLDER / f"{name}.yaml"

    found = check_text(path.read_text(encoding="utf-8"), str(path))

    assert found.problems == ()


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_everything_has_a_title_in_both_languages(name: str) -> None:
    process = checked(name)
    titles = [
        process.title,
        *(step.title for step in process.steps.values()),
        *(role.title for role in process.roles.values()),
        *(department.title for department in process.departments.values()),
    ]

    assert all(title.en and title.lv for title in titles)
    assert all(title.en != title.lv for title in titles)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_every_task_says_how_long_it_takes_and_may_take(name: str) -> None:
    process = checked(name)
    tasks = [s for s in process.steps.values() if s.kind is StepKind.TASK]

    assert all(step.work is not None for step in tasks)
    assert all(step.sla is not None for step in tasks)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_every_wait_for_the_outside_has_a_timeout(name: str) -> None:
    process = checked(name)
    waits = [s for s in process.steps.values() if s.kind is StepKind.WAIT]

    assert waits
    assert all(step.timeout is not None for step in waits)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_people_have_hours_and_a_cost(name: str) -> None:
    roles = checked(name).roles.values()

    assert all(role.people and role.calendar and role.cost for role in roles)


def test_the_order_process_uses_what_the_language_offers() -> None:
    process = checked("order-to-delivery")
    steps = process.steps.values()

    assert len(process.departments) >= 5
    assert any(step.join for step in steps)
    assert any(len(arrow.targets) > 1 for s in steps for arrow in s.outcomes.values())
    assert any(step.skip_when is not None for step in steps)
    assert any(arrow.at_most for s in steps for arrow in s.outcomes.values())
    assert process.on_cancel is not None
    assert process.promise is not None


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_the_name_of_the_customer_is_personal(name: str) -> None:
    process = checked(name)

    assert process.data[process.subject].fields["customer"].personal
