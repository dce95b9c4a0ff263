"""Steps: what each is, and where it leads."""

from collections.abc import Callable

import pytest

from flowengine.language import Process, Reading, read_process
from flowengine.language.process import CANCEL, Step, StepId, StepKind, TimeSpan
from flowengine.quantities import DAY, HOUR, MINUTE, SECOND

ReadWith = Callable[[str, str], Reading]


def _process(reading: Reading) -> Process:
    assert [problem.message for problem in reading.problems] == []
    assert reading.process is not None
    return reading.process


def _step(reading: Reading, name: str) -> Step:
    return _process(reading).steps[StepId(name)]


def test_a_step_is_what_it_has(right_text: str) -> None:
    process = _process(read_process(right_text, "small.yaml"))

    assert {step.id: step.kind for step in process.steps.values()} == {
        "enter": StepKind.TASK,
        "check-credit": StepKind.TASK,
        "pick": StepKind.TASK,
        "papers": StepKind.TASK,
        "ready": StepKind.ROUTE,
        "transit": StepKind.WAIT,
        "done": StepKind.END,
        "refused": StepKind.END,
    }


def test_an_order_begins_at_the_step_that_no_arrow_leads_to(right_text: str) -> None:
    assert _process(read_process(right_text, "small.yaml")).start == "enter"


def test_of_several_first_steps_the_one_that_reaches_most_begins(
    read_with: ReadWith,
) -> None:
    reading = read_with("steps:\n", "steps:\n  left-over: {role: clerk, next: done}\n")

    assert _process(reading).start == "enter"


def test_a_first_step_that_is_named_begins(read_with: ReadWith) -> None:
    reading = read_with("version: 1\n", "version: 1\nstart: check-credit\n")

    assert _process(reading).start == "check-credit"


def test_what_on_cancel_leads_to_is_no_first_step(read_with: ReadWith) -> None:
    reading = read_with(
        "steps:\n",
        "on_cancel: {until: transit, next: put-back}\n"
        "steps:\n  put-back: {role: clerk, next: done}\n",
    )

    process = _process(reading)
    assert process.start == "enter"
    assert process.on_cancel is not None
    assert process.on_cancel.arrow.targets == ("put-back",)
    assert process.on_cancel.until == "transit"


def test_a_step_has_its_own_department_or_that_of_its_role_or_of_a_step_before(
    read_with: ReadWith,
) -> None:
    reading = read_with("    wait: {del", "    department: finance\n    wait: {del")

    departments = {
        step.id: step.department for step in _process(reading).steps.values()
    }
    assert departments == {
        "enter": "sales",
        "check-credit": "finance",
        "pick": "sales",
        "papers": "sales",
        "ready": "sales",
        "transit": "finance",
        "done": "finance",
        "refused": "finance",
    }


def test_a_title_is_written_or_made_from_the_id(read_with: ReadWith) -> None:
    reading = read_with(
        "enter: {role: clerk", "enter: {title: {en: Enter, lv: Ievadīt}, role: clerk"
    )

    process = _process(reading)
    assert process.steps[StepId("enter")].title.in_language("lv") == "Ievadīt"
    assert process.steps[StepId("check-credit")].title.en == "Check credit"


def test_a_title_in_one_language_serves_for_both(read_with: ReadWith) -> None:
    step = _step(read_with("enter: {role", "enter: {title: {en: Enter}, role"), "enter")

    assert (step.title.en, step.title.lv) == ("Enter", "Enter")


def test_a_choice_has_its_branches_in_order_and_else_last(right_text: str) -> None:
    step = _step(read_process(right_text, "small.yaml"), "check-credit")

    assert [branch.arrow.targets for branch in step.choose] == [
        ("pick", "papers"),
        ("refused",),
    ]
    assert step.choose[0].rule is not None
    assert step.choose[0].rule.text == "order.total > 500 EUR"
    assert step.choose[1].rule is None


def test_an_outcome_leads_to_one_step_to_several_or_back_within_a_bound(
    read_with: ReadWith,
) -> None:
    step = _step(
        read_with(
            "pick: {role: clerk, next: ready}",
            "pick: {role: clerk, outcomes: "
            "{ok: ready, short: {next: pick, at_most: 2, then: cancel}}}",
        ),
        "pick",
    )

    assert step.outcomes["ok"].targets == ("ready",)
    short = step.outcomes["short"]
    assert (short.targets, short.at_most, short.then) == (("pick",), 2, CANCEL)


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("2h", TimeSpan(2 * HOUR)),
        ("90s", TimeSpan(90 * SECOND)),
        ("3 days", TimeSpan(3 * DAY)),
        ("1h 30m", TimeSpan(90 * MINUTE)),
        ("1 business day", TimeSpan(1, business_days=True)),
    ],
)
def test_a_wait_for_a_time_goes_on_by_next(
    read_with: ReadWith, written: str, span: TimeSpan
) -> None:
    reading = read_with(
        "pick: {role: clerk, next: ready}", f"pick: {{wait: {written}, next: ready}}"
    )

    step = _step(reading, "pick")
    assert step.wait_for == span
    assert step.next is not None
    assert step.next.targets == ("ready",)


def test_a_wait_until_a_moment_has_a_rule(read_with: ReadWith) -> None:
    reading = read_with(
        "pick: {role: clerk, next: ready}",
        "pick: {wait: until order.promised_at, next: ready}",
    )

    rule = _step(reading, "pick").wait_until
    assert rule is not None
    assert rule.reads == {("order", "promised_at")}


def test_work_is_a_time_or_a_triangle_and_may_be_counted_per_element(
    read_with: ReadWith,
) -> None:
    step = _step(
        read_with(
            "pick: {role: clerk,",
            "pick: {role: clerk, work: 30s to 3m mostly 70s per order.lines,",
        ),
        "pick",
    )

    assert step.work is not None
    assert (step.work.least, step.work.mode, step.work.most) == (
        30 * SECOND,
        70 * SECOND,
        3 * MINUTE,
    )
    assert step.work.per == ("order", "lines")


def test_a_timeout_may_count_business_days_of_a_calendar(read_with: ReadWith) -> None:
    reading = read_with("after: 3 days", "after: 3 business days of office")

    timeout = _step(reading, "transit").timeout
    assert timeout is not None
    assert (timeout.after.amount, timeout.after.calendar) == (3, "office")
    assert timeout.arrow.targets == ("refused",)


def test_a_skipped_step_with_outcomes_says_as_which(read_with: ReadWith) -> None:
    reading = read_with(
        "pick: {role: clerk, next: ready}",
        "pick: {role: clerk, skip_when: order.total < 5 EUR, skip_as: ok, "
        "outcomes: {ok: ready}}",
    )

    step = _step(reading, "pick")
    assert step.skip_as == "ok"
    assert step.skip_when is not None


@pytest.mark.parametrize(
    ("old", "new", "help_text"),
    [
        (
            "timeout: {after: 3 days, next: refused}",
            "timeout: 3 days",
            "Write `timeout: {after: 3 days, next: some-step}`.",
        ),
        (
            "next: [pick, papers]",
            "next: pick, papers",
            "Name several as `[pick, papers]`.",
        ),
    ],
)
def test_what_is_written_too_short_is_shown_in_full(
    read_with: ReadWith, old: str, new: str, help_text: str
) -> None:
    reading = read_with(old, new)

    assert help_text in [problem.help for problem in reading.problems]
