"""The reference processes: clean, complete in both languages, as the trade does it."""

from collections.abc import Iterator
from itertools import chain

import pytest

from flowengine.demo import REFERENCE_PROCESSES
from flowengine.diagram import Format, Layer, draw, render
from flowengine.language.parts import AutomationKind
from flowengine.language.process import Arrow, Join, Process, Step, StepKind
from flowengine.net.check import check_text
from flowengine.net.compile import ways_out
from tests.processes.played import FOLDER, reference_net, text_of

ORDERS = "order-to-delivery"
#: Things of our own; their people are suppliers and hauliers, not customers.
_WITHOUT_CUSTOMER = {"inbound", "cross-dock"}


def process_of(name: str) -> Process:
    return reference_net(name).process


def steps_of_all() -> Iterator[Step]:
    yield from chain.from_iterable(
        process_of(name).steps.values() for name in REFERENCE_PROCESSES
    )


def arrows_of(step: Step) -> Iterator[Arrow]:
    yield from (arrow for _, _, arrow in ways_out(step))


def test_every_process_of_the_folder_travels_with_the_package() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(REFERENCE_PROCESSES)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_a_reference_process_has_no_errors_and_no_warnings(name: str) -> None:
    found = check_text(text_of(name), f"{name}.yaml")

    assert found.problems == ()


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_every_description_is_in_both_languages(name: str) -> None:
    process = process_of(name)
    abouts = (
        process.about,
        *(step.about for step in process.steps.values()),
        *(role.about for role in process.roles.values()),
        *(department.about for department in process.departments.values()),
    )
    told = [about for about in abouts if about is not None]

    assert process.about in told
    assert all(about.en and about.lv and about.en != about.lv for about in told)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_everything_has_a_title_in_both_languages(name: str) -> None:
    process = process_of(name)
    titles = [
        process.title,
        *(step.title for step in process.steps.values() if step.id != "on_cancel"),
        *(role.title for role in process.roles.values()),
        *(department.title for department in process.departments.values()),
    ]

    assert all(title.en and title.lv for title in titles)
    assert all(title.en != title.lv for title in titles)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_a_person_finds_each_step_by_its_title(name: str) -> None:
    steps = process_of(name).steps.values()

    assert len({step.title.en for step in steps}) == len(steps)
    assert len({step.title.lv for step in steps}) == len(steps)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_every_step_stands_in_a_lane(name: str) -> None:
    process = process_of(name)

    assert all(s.department for s in process.steps.values() if s.id != "on_cancel")


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_every_task_says_how_long_it_takes_and_may_take(name: str) -> None:
    tasks = [s for s in process_of(name).steps.values() if s.kind is StepKind.TASK]

    assert all(step.work is not None for step in tasks)
    assert all(step.work is None or step.work.least < step.work.most for step in tasks)
    assert all(step.sla is not None for step in tasks)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_every_wait_for_the_outside_has_a_timeout(name: str) -> None:
    waits = [step for step in process_of(name).steps.values() if step.messages]

    assert waits
    assert all(step.timeout is not None for step in waits)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_every_message_says_which_order_it_means(name: str) -> None:
    process = process_of(name)
    awaited = chain.from_iterable(step.messages for step in process.steps.values())

    assert set(awaited) == set(process.messages)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_people_have_hours_and_a_cost(name: str) -> None:
    roles = process_of(name).roles.values()

    assert all(role.people and role.calendar and role.cost for role in roles)
    assert any(role.seasons for role in roles)


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_it_can_be_cancelled_until_some_step(name: str) -> None:
    on_cancel = process_of(name).on_cancel

    assert on_cancel is not None
    assert on_cancel.until is not None


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_it_says_what_it_promises_and_what_reports_are_split_by(name: str) -> None:
    process = process_of(name)

    assert process.promise is not None
    assert process.priority is not None
    assert len(process.measure) >= 2


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_the_name_of_the_customer_is_personal(name: str) -> None:
    process = process_of(name)
    fields = process.data[process.subject].fields

    assert ("customer" in fields) == (name not in _WITHOUT_CUSTOMER)
    assert "customer" not in fields or fields["customer"].personal


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_a_file_is_tidy(name: str) -> None:
    lines = text_of(name).splitlines()

    assert max(len(line) for line in lines) <= 88
    assert not [line for line in lines if line != line.rstrip() or "\t" in line]


@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_what_is_called_is_there_and_is_named_at_the_head_of_the_file(
    name: str,
) -> None:
    head = text_of(name).partition("process:")[0]

    for step in process_of(name).steps.values():
        if step.call is not None:
            called = process_of(step.call.process)
            assert called.version == step.call.version
            assert f"{called.name}.yaml" in head or called.name == "order-to-delivery"
            ends = {each.end for each in called.steps.values() if each.end}
            assert step.each or set(step.outcomes) == ends | {"cancelled"}


def test_calls_never_go_in_a_circle() -> None:
    calls = {
        name: {s.call.process for s in process_of(name).steps.values() if s.call}
        for name in REFERENCE_PROCESSES
    }
    done: set[str] = set()

    while len(done) < len(calls):
        ready = {name for name in calls if name not in done and calls[name] <= done}
        assert ready, calls
        done |= ready


def test_together_they_use_all_that_the_language_offers() -> None:
    steps = list(steps_of_all())
    machines = {step.do.kind for step in steps if step.do is not None}

    assert {step.kind for step in steps} == set(StepKind)
    assert {step.join for step in steps} == {None, *Join}
    assert machines >= {
        AutomationKind.STOCK,
        AutomationKind.SHIP,
        AutomationKind.PYTHON,
    }
    assert any(len(arrow.targets) > 1 for step in steps for arrow in arrows_of(step))
    assert any(arrow.at_most for step in steps for arrow in arrows_of(step))
    for used in (
        lambda step: step.choose_all,
        lambda step: step.each is not None and step.each.where is not None,
        lambda step: step.each is not None and step.call is not None,
        lambda step: step.batch is not None,
        lambda step: step.gate is not None and step.gate.cutoff is not None,
        lambda step: step.escalate,
        lambda step: step.scan,
        lambda step: step.sets,
        lambda step: step.cost is not None,
        lambda step: step.undo is not None,
        lambda step: step.stock is not None,
        lambda step: step.epcis,
        lambda step: step.public_status,
        lambda step: step.skip_when is not None,
        lambda step: step.skip_as,
        lambda step: step.not_same_person_as,
        lambda step: step.wait_until is not None,
        lambda step: step.timeout is not None,
    ):
        assert any(used(step) for step in steps)


@pytest.mark.parametrize("lang", ["en", "lv"])
@pytest.mark.parametrize("name", REFERENCE_PROCESSES)
def test_the_plan_draws(name: str, lang: str) -> None:
    net = reference_net(name)

    plan = draw(net, show=Layer.PLAN, findings=None, work=None, lang=lang)

    svg = render(plan, Format.SVG).decode("utf-8")
    assert net.process.title.in_language(lang) in svg
    assert svg.count('class="node"') >= len(net.process.steps)
