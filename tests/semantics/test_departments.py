"""Departments: where a step belongs, and in whose hours its time runs."""

from flowengine.calendars import ALWAYS
from flowengine.language.process import StepId
from flowengine.quantities import HOUR
from tests.builders import HEAD, Run, net_of

OFFICE = (
    HEAD.replace(
        "departments:",
        'calendars:\n  office: {days: mon-fri, hours: "10:00-18:00", zone: UTC}\n'
        "  night: {days: mon-fri, hours: "
        '"20:00-22:00", zone: UTC}\n'
        "calendar: office\ndepartments:\n"
        "  road: {title: {en: Road, lv: Ceļš}}",
    )
    .replace("clerk: {", "clerk: {calendar: night, ")
    .replace("boss: {", "boss: {external: yes, ")
    + """\
steps:
  enter: {role: clerk, next: transit}
  transit:
    department: road
    sla: 2h
    wait: {arrived: sort}
    timeout: {after: 3 days, next: sort}
  sort: {next: hand}
  hand: {role: boss, sla: 2h, next: rest}
  rest: {wait: 1h, next: done}
  done: {end: success}
"""
)


def test_a_step_without_a_role_takes_the_department_of_the_one_before_it() -> None:
    steps = net_of(OFFICE).process.steps

    departments = {name: step.department for name, step in steps.items()}

    assert departments == {
        "enter": "shop",
        "transit": "road",
        "sort": "road",
        "hand": "shop",
        "rest": "shop",
        "done": "shop",
    }


def test_its_sla_runs_in_the_calendar_of_the_head() -> None:
    run = Run(OFFICE)

    run.complete("enter")

    # It is nine on Monday: the office opens at ten.
    transit = run.task("transit")
    assert transit.due == run.case.opened + 3 * HOUR


def test_an_external_role_without_a_calendar_is_always_open() -> None:
    run = Run(OFFICE)
    run.complete("enter")

    run.deliver("arrived")

    hand = run.task("hand")
    assert hand.due == hand.enabled + 2 * HOUR
    assert run.net.steps[StepId("hand")].calendar == ALWAYS
