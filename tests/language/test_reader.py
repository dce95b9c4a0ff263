"""From a file to a process: heads, names, and all problems at once."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.calendars import ALWAYS, has_holidays
from flowengine.language import Process, Reading, Severity, problem_text, read_process
from flowengine.language.countries import COUNTRIES
from flowengine.language.process import (
    DepartmentId,
    Message,
    RoleId,
    StepId,
    TimeSpan,
    Title,
)
from flowengine.language.types import DataType, Kind
from flowengine.quantities import HOUR, Instant
from tests.builders import HEAD, MONDAY, net_of, process_of

ReadWith = Callable[[str, str], Reading]

PROCESSES = Path(__file__).parents[2] / "processes"
REFERENCE = sorted(PROCESSES.glob("*.yaml"))


def _process(reading: Reading) -> Process:
    assert [problem.message for problem in reading.problems] == []
    assert reading.process is not None
    return reading.process


def _told(reading: Reading) -> list[tuple[str, int, int]]:
    return [(each.code, each.line, each.column) for each in reading.problems]


def test_the_head_says_what_moves_through_the_process(right_text: str) -> None:
    process = _process(read_process(right_text, "small.yaml"))

    assert (process.name, process.version) == ("small", 1)
    assert (process.subject, process.number) == ("order", ("order", "number"))


def test_a_version_is_known_by_the_digest_of_its_text(right_text: str) -> None:
    process = _process(read_process(right_text, "small.yaml"))

    assert process.text == right_text
    assert process.digest == sha256(right_text.encode()).hexdigest()


def test_types_are_read_with_what_they_need(right_text: str) -> None:
    fields = _process(read_process(right_text, "small.yaml")).data["order"].fields

    assert fields["total"] == DataType(Kind.MONEY)
    assert fields["customer"] == DataType(Kind.TEXT, personal=True)
    assert fields["credit"] == DataType(
        Kind.ONE_OF, optional=True, choices=("ok", "refused")
    )
    line = DataType(Kind.RECORD, record="line")
    assert fields["lines"] == DataType(Kind.LIST, element=line)


def test_money_may_be_in_another_currency(read_with: ReadWith) -> None:
    process = _process(read_with("total: money", "total: money\n    fee: money in SEK"))

    fee = process.data["order"].fields["fee"]
    assert fee == DataType(Kind.MONEY, currency="SEK")


def test_a_calendar_has_days_hours_holidays_and_a_zone(right_text: str) -> None:
    (office,) = _process(read_process(right_text, "small.yaml")).calendars.values()

    assert office.days == frozenset(range(5))
    assert office.hours == ((9 * 60, 18 * 60),)
    assert (office.holidays, office.zone) == ("LV", "Europe/Riga")
    assert office.transferred_days


def test_a_night_shift_ends_on_the_next_day(read_with: ReadWith) -> None:
    process = _process(read_with('"09:00-18:00"', '"22:00-06:00"'))

    (office,) = process.calendars.values()
    assert office.hours == ((22 * 60, 30 * 60),)


def test_a_day_may_have_several_spans_of_hours(read_with: ReadWith) -> None:
    process = _process(read_with('"09:00-18:00"', '["09:00-12:00", "13:00-18:00"]'))

    (office,) = process.calendars.values()
    assert office.hours == ((540, 720), (780, 1080))


def test_every_country_has_known_holidays() -> None:
    assert [country for country in COUNTRIES if not has_holidays(country)] == []


def test_a_role_has_people_a_calendar_and_a_cost(right_text: str) -> None:
    roles = _process(read_process(right_text, "small.yaml")).roles

    clerk = roles[RoleId("clerk")]
    assert (clerk.people, clerk.calendar, clerk.cost) == (3, "office", 151_000)
    credit = roles[RoleId("credit")]
    assert (credit.people, credit.calendar, credit.cost) == (1, None, None)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Enters orders.", Title("Enters orders.", "Enters orders.")),
        ("{en: Enters., lv: Ievada.}", Title("Enters.", "Ievada.")),
        ("{en: Enters.}", Title("Enters.", "Enters.")),
        ("{lv: Ievada.}", Title("Ievada.", "Ievada.")),
    ],
)
def test_a_description_is_one_text_or_one_for_each_language(
    written: str, told: Title
) -> None:
    about = f"about: {written}"
    head = HEAD.replace("version: 1\n", f"version: 1\n{about}\n")
    head = head.replace("shop: {", f"shop: {{{about}, ")
    head = head.replace("clerk: {", f"clerk: {{{about}, ")
    enter = f"  enter: {{role: clerk, {about}, next: done}}\n"

    process = process_of(f"{head}steps:\n{enter}  done: {{end: success}}\n")

    assert process.about == told
    assert process.departments[DepartmentId("shop")].about == told
    assert process.roles[RoleId("clerk")].about == told
    assert process.steps[StepId("enter")].about == told
    assert process.steps[StepId("done")].about is None


def test_a_department_may_have_nothing_but_its_id(right_text: str) -> None:
    departments = _process(read_process(right_text, "small.yaml")).departments

    assert departments[DepartmentId("sales")].title.lv == "Pārdošana"
    assert departments[DepartmentId("finance")].title.lv == "Finance"


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("within 2 business days of office", (2, "office")),
        ("within 2 business days", (2, None)),
        ("2 business days", (2, None)),
    ],
)
def test_a_promise_may_be_a_time_from_opening(
    read_with: ReadWith, written: str, span: tuple[int, str | None]
) -> None:
    process = _process(read_with("version: 1\n", f"version: 1\npromise: {written}\n"))

    assert isinstance(process.promise, TimeSpan)
    assert (process.promise.amount, process.promise.calendar) == span


def test_a_promise_may_be_a_field(read_with: ReadWith) -> None:
    text = "version: 1\npromise: order.promised_at\n"
    process = _process(read_with("version: 1\n", text))

    assert not isinstance(process.promise, TimeSpan | None)
    assert process.promise.text == "order.promised_at"


def test_reports_are_split_by_what_measure_names(read_with: ReadWith) -> None:
    text = "version: 1\nmeasure: {service: order.service, size: count of order.lines}\n"
    process = _process(read_with("version: 1\n", text))

    assert list(process.measure) == ["service", "size"]


def test_a_message_finds_its_order_and_sets_fields(read_with: ReadWith) -> None:
    entry = "messages: {delivered: {match: order.number, sets: [order.credit]}}\n"
    process = _process(read_with("steps:\n", f"{entry}steps:\n"))

    assert process.messages == {
        "delivered": Message("delivered", ("order", "number"), (("order", "credit"),))
    }


def test_a_message_without_an_entry_is_matched_by_the_number(right_text: str) -> None:
    process = _process(read_process(right_text, "small.yaml"))

    assert process.messages == {"delivered": Message("delivered", ("order", "number"))}


def test_all_problems_are_told_at_once_in_the_order_of_the_file(
    right_text: str,
) -> None:
    text = (
        right_text.replace("version: 1", "version: one")
        .replace("country: country", "country: contry")
        .replace("[pick, papers]", "[pik, papers]")
        .replace("done: {end: success}", "done: {edn: success}")
    )

    reading = read_process(text, "small.yaml")

    assert reading.process is None
    assert _told(reading) == [
        ("F123", 2, 10),
        ("F207", 9, 14),
        ("F202", 30, 16),
        ("F120", 38, 10),
    ]


def test_a_misspelled_key_is_read_as_what_was_meant(read_with: ReadWith) -> None:
    assert _told(read_with("roles:\n", "rolls:\n")) == [("F120", 21, 1)]


def test_only_errors_keep_a_process_from_running(read_with: ReadWith) -> None:
    reading = read_with("  finance:\n", "  finance:\n  shop:\n")

    assert [each.severity for each in reading.problems] == [Severity.WARNING]
    assert reading.process is not None


def test_a_personal_number_is_refused(read_with: ReadWith) -> None:
    reading = read_with("    number: text", "    number: personal text")

    assert _told(reading) == [("F208", 4, 9)]


def test_a_message_is_never_matched_by_a_personal_field(read_with: ReadWith) -> None:
    entry = "messages: {delivered: {match: order.customer}}\n"

    assert _told(read_with("steps:\n", f"{entry}steps:\n")) == [("F208", 24, 31)]


def test_cancelling_never_leads_to_cancelling(read_with: ReadWith) -> None:
    reading = read_with("steps:\n", "on_cancel: {next: cancel}\nsteps:\n")

    assert _told(reading) == [("F139", 24, 19)]


def test_a_record_that_nothing_holds_is_told(read_with: ReadWith) -> None:
    reading = read_with("calendars:\n", "  parcel: {weight: weight}\ncalendars:\n")

    assert _told(reading) == [("F209", 16, 3)]


def test_windows_line_ends_move_no_problem(right_text: str) -> None:
    text = right_text.replace("[pick, papers]", "[pik, papers]")

    windows = read_process("\ufeff" + text.replace("\n", "\r\n"), "small.yaml")

    assert _told(windows) == _told(read_process(text, "small.yaml"))


@pytest.mark.parametrize("file", REFERENCE, ids=lambda file: file.stem)
def test_the_reference_processes_are_read_without_a_problem(file: Path) -> None:
    _process(read_process(file.read_text("utf-8"), file.name))


def test_forty_steps_are_read_between_two_keystrokes(right_text: str) -> None:
    steps = "".join(
        f"  extra-{number}:\n    role: clerk\n    work: 1m to 8m mostly 3m\n"
        f"    choose:\n      - when: order.total > {number} EUR\n"
        f"        next: extra-{number + 1}\n      - else: refused\n"
        for number in range(32)
    )
    text = f"{right_text}{steps}  extra-32: {{end: success}}\n"
    _process(read_process(text, "small.yaml"))

    before = perf_counter()
    read_process(text, "small.yaml")

    assert perf_counter() - before < 0.3  # 25 ms on a quiet machine


@given(
    places=st.lists(st.integers(0, 1_000), min_size=1, max_size=6),
    pieces=st.lists(
        st.sampled_from([*":{}[]#'\"&*!|>-? ,~\n\tā", "1 day", "<<: ", "---\n", "\r"]),
        min_size=6,
        max_size=6,
    ),
    cut=st.integers(0, 12),
)
def test_no_damage_to_a_file_raises_and_every_problem_has_its_place(
    places: list[int], pieces: list[str], cut: int
) -> None:
    text = REFERENCE[0].read_text("utf-8")
    for place, piece in zip(places, pieces, strict=False):
        at = place * len(text) // 1_000
        text = text[:at] + piece + text[at + cut :]

    reading = read_process(text, "damaged.yaml")

    lines = text.replace("\r", "\n").split("\n")
    for problem in reading.problems:
        assert 1 <= problem.line <= len(lines)
        assert problem_text(problem, text)
    errors = [each for each in reading.problems if each.severity is Severity.ERROR]
    assert (reading.process is None) == bool(errors)


def test_an_external_role_is_read_and_without_a_calendar_always_there() -> None:
    net = net_of(
        HEAD.replace("boss: {department", "boss: {external: yes, department")
        + "calendar: office\ncalendars:\n  office: {days: mon-fri, "
        'hours: "09:00-17:00", zone: Europe/Riga}\n'
        "steps:\n  a: {role: boss, next: b}\n  b: {role: clerk, next: done}\n"
        "  done: {end: success}\n"
    )

    assert net.process.roles[RoleId("boss")].external
    assert net.steps[StepId("a")].calendar == ALWAYS
    assert net.steps[StepId("b")].calendar != ALWAYS


def test_business_days_in_a_rule_are_those_of_the_heads_calendar() -> None:
    process = process_of(
        "calendar: office\ncalendars:\n"
        '  office: {days: mon-fri, hours: "09:00-17:00", zone: Europe/Riga}\n'
        '  shop: {days: mon-sun, hours: "09:00-17:00", zone: Europe/Riga}\n'
        "priority: business_days_between(order.until, now)\n"
        "steps:\n  a: {role: clerk, sla: 1 business day of shop, next: b}\n"
        "  b: {role: boss, next: done}\n  done: {end: success}\n"
    )
    week = 7 * 24 * HOUR

    assert process.priority is not None
    data = {"order": {"until": MONDAY}}
    assert process.priority.evaluate(data, Instant(MONDAY + week)) == 5
