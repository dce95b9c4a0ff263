"""Time: promises, service levels and timeouts that cannot be kept, each with why."""

from time import perf_counter

from flowengine.language import Problem, Severity
from flowengine.net import compile_net
from flowengine.net.check import check_text
from flowengine.net.feasibility import CostOutlook, expected_cost, feasibility_problems
from flowengine.quantities import HOUR, MINUTE
from tests.builders import process_of

HEAD = """\
process: test
version: 1
for: order
number: order.number
start: enter
calendar: office
data:
  order: {number: text, ready: yes/no, due: time, lines: list of line}
  line: {sku: text, quantity: integer}
calendars:
  office: {days: mon-fri, hours: "09:00-18:00", holidays: LV, zone: Europe/Riga}
  shift: {days: mon-sat, hours: "07:00-22:00", zone: Europe/Riga}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
roles:
  clerk: {department: sales, people: 3, cost: 12 EUR/h}
  picker: {department: sales, people: 3, calendar: shift, cost: 30 EUR/h}
"""


def _times(steps: str, promise: str = "") -> list[Problem]:
    """What is said of the times of a process with these steps."""
    head = f"promise: {promise}\n" if promise else ""
    found = check_text(f"{HEAD}{head}steps:\n{steps}", "test.yaml")
    assert found.net is not None, found.problems
    return [problem for problem in found.problems if problem.code[:2] == "F6"]


def _codes(steps: str, promise: str = "") -> list[str]:
    return [problem.code for problem in _times(steps, promise)]


def _one(work: str, more: str = "") -> str:
    return f"  enter: {{role: clerk, work: {work}, {more}next: done}}\n" + (
        "  done: {end: success}\n  lost: {end: failure}\n"
        if "lost" in more
        else "  done: {end: success}\n"
    )


def test_a_promise_that_can_always_be_kept_is_no_problem() -> None:
    assert _codes(_one("2h"), "2 business days of office") == []


def test_a_promise_that_no_order_can_keep_is_an_error_with_an_arrival() -> None:
    (problem,) = _times(_one("20h"), "1 business day of office")

    assert (problem.code, problem.severity) == ("F601", Severity.ERROR)
    assert (
        "arrives Monday 2 February 00:00 is done Wednesday 4 February 11:00 at best, "
        "and due Tuesday 3 February 18:00" in problem.message
    )
    assert problem.line == 18
    assert problem.column == len("promise: ") + 1


def test_the_first_minute_at_which_an_order_comes_too_late_is_told() -> None:
    steps = """\
  enter: {wait: 2 business days of office, next: repair}
  repair: {role: clerk, work: 10h, next: done}
  done: {end: success}
"""
    assert _codes(steps, "4 business days of office") == []

    (problem,) = _times(_one("10h"), "1 business day of office")

    assert (problem.code, problem.severity) == ("F602", Severity.WARNING)
    assert "arrives Monday 2 February 17:01" in problem.message


def test_a_promise_of_elapsed_time_fails_over_the_weekend_alone() -> None:
    (problem,) = _times(_one("1h"), "2 days")

    assert problem.code == "F602"
    assert (
        "arrives Friday 6 February 17:01 is done Monday 9 February 09:01 at best, "
        "and due Sunday 8 February 17:01" in problem.message
    )


def test_a_promise_that_only_some_hours_keep_is_no_error() -> None:
    (problem,) = _times(_one("9h"), "9h")

    assert (problem.code, problem.severity) == ("F602", Severity.WARNING)


def test_a_promise_shorter_than_the_work_is_an_error_at_any_hour() -> None:
    assert _codes(_one("9h 1m"), "9h") == ["F601"]


def test_branches_that_run_at_once_take_as_long_as_the_longer_one() -> None:
    steps = """\
  enter: {role: clerk, next: [a, b]}
  a: {wait: 20h, next: ready}
  b: {wait: 30h, next: ready}
  ready: {join: all, next: done}
  done: {end: success}
"""

    assert _codes(steps, "30h") == []
    assert _codes(steps, "29h") == ["F601"]


def test_only_an_end_that_counts_keeps_the_promise() -> None:
    steps = """\
  enter: {role: clerk, outcomes: {ok: repair, no: refused}}
  repair: {wait: 3 days, next: done}
  done: {end: success}
  refused: {end: failure}
"""

    assert _codes(steps, "2 days") == ["F601"]


def test_a_rule_may_skip_and_a_message_may_come_at_once() -> None:
    steps = """\
  enter: {role: clerk, work: 30h, skip_when: order.ready, next: await}
  await: {wait: {paid: done}, timeout: {after: 9 days, next: done}}
  done: {end: success}
"""

    assert _codes(steps, "1h") == []


def test_a_promise_that_a_rule_gives_is_not_judged() -> None:
    assert _codes(_one("90h"), "order.due") == []


def test_an_sla_shorter_than_the_least_work_is_an_error() -> None:
    (problem,) = _times(_one("30m to 90m mostly 45m", "sla: 15m, "))

    assert (problem.code, problem.severity) == ("F603", Severity.ERROR)
    assert _codes(_one("30m to 90m mostly 45m", "sla: 30m, ")) == []


def test_an_sla_of_business_days_holds_their_working_hours() -> None:
    assert _codes(_one("18h", "sla: 1 business day, ")) == []
    assert _codes(_one("18h 1m", "sla: 1 business day, ")) == ["F603"]


def test_an_sla_longer_than_the_promise_leaves_is_told_where_it_stands() -> None:
    (problem,) = _times(_one("5m", "sla: 27h, "), "1 business day of office")

    assert (problem.code, problem.severity) == ("F604", Severity.WARNING)
    assert "must go on by Tuesday 3 February 18:00" in problem.message
    assert "the SLA of 27h lasts until Wednesday 4 February 18:00" in problem.message
    assert _codes(_one("5m", "sla: 18h, "), "1 business day of office") == []


def test_slas_that_only_together_break_the_promise_are_told_once() -> None:
    steps = """\
  enter: {role: clerk, work: 5m, sla: 9h, next: pack}
  pack: {role: clerk, work: 5m, sla: 9h, next: send}
  send: {role: clerk, work: 5m, sla: 9h, next: done}
  done: {end: success}
"""

    assert _codes(steps, "1 business day of office") == ["F605"]
    assert _codes(steps, "2 business days of office") == []


def test_a_step_that_an_order_comes_to_too_late_is_not_blamed_for_its_sla() -> None:
    steps = """\
  enter: {wait: {paid: send}, timeout: {after: 9 days, next: remind}}
  remind: {role: clerk, work: 5m, sla: 2h, next: send}
  send: {role: clerk, work: 5m, sla: 1h, next: done}
  done: {end: success}
"""

    assert _codes(steps, "2 business days of office") == []


def test_a_timeout_shorter_than_the_least_work_is_an_error() -> None:
    (problem,) = _times(_one("30m", "timeout: {after: 10m, next: lost}, "))

    assert (problem.code, problem.severity) == ("F606", Severity.ERROR)
    assert _codes(_one("30m", "timeout: {after: 30m, next: lost}, ")) == []


def test_a_role_without_hours_is_told_where_the_file_knows_calendars() -> None:
    text = f"{HEAD}steps:\n{_one('5m')}".replace("calendar: office\n", "", 1)

    found = check_text(text, "test.yaml")

    (problem,) = [each for each in found.problems if each.code[:2] == "F6"]
    assert (problem.code, problem.severity) == ("F607", Severity.WARNING)
    assert "`clerk`" in problem.message


def test_an_escalation_behind_the_timeout_is_told() -> None:
    more = (
        "sla: 8h, escalate: [{at: 40%, notify: clerk}, {at: 80%, notify: picker}], "
        "timeout: {after: 4h, next: lost}, "
    )

    (problem,) = _times(_one("5m", more))

    assert (problem.code, problem.severity) == ("F608", Severity.WARNING)
    assert "`picker`" in problem.message


def test_forty_steps_are_judged_in_ten_milliseconds() -> None:
    parts = "".join(
        f"  s{n}: {{role: {'clerk' if n % 2 else 'picker'}, work: 5m, sla: 1h, "
        f"outcomes: {{ok: s{n + 1}, odd: {{next: s{max(n - 3, 0)}, at_most: 2, "
        f"then: s{n + 1}}}}}}}\n"
        for n in range(39)
    )
    net = compile_net(
        process_of(
            f"{HEAD}promise: 6 business days\nsteps:\n  enter: {{next: s0}}\n{parts}"
            "  s39: {next: done}\n  done: {end: success}\n"
        )
    )

    times = []
    for _ in range(9):
        begun = perf_counter()
        problems = feasibility_problems(net, "test.yaml")
        times.append(perf_counter() - begun)

    assert problems == ()
    assert min(times) < 0.010


def _outlook(steps: str) -> CostOutlook:
    return expected_cost(compile_net(process_of(f"{HEAD}steps:\n{steps}")))


def test_an_order_costs_its_hands_and_what_steps_cost_beside() -> None:
    outlook = _outlook("""\
  enter: {role: clerk, work: 30m, cost: 0.50 EUR, next: pick}
  pick: {role: picker, work: 1m to 6m mostly 2m, next: done}
  done: {end: success}
""")

    assert outlook.least == 31 * MINUTE
    assert outlook.typical == 33 * MINUTE
    assert outlook.hands == 75_000
    assert outlook.expenses == 5_000
    assert outlook.highest > outlook.hands + outlook.expenses


def test_ways_out_are_equally_likely_and_skipping_is_every_second_order() -> None:
    outlook = _outlook("""\
  enter: {role: clerk, work: 1h, outcomes: {a: pick, b: done, c: done, d: done}}
  pick: {role: picker, work: 4h, skip_when: order.ready, next: done}
  done: {end: success}
""")

    assert outlook.least == HOUR
    assert outlook.typical == HOUR * 3 // 2


def test_a_loop_is_gone_round_as_often_as_it_may() -> None:
    outlook = _outlook("""\
  enter:
    role: clerk
    work: 1h
    outcomes: {ok: done, again: {next: enter, at_most: 1, then: done}}
  done: {end: success}
""")

    assert outlook.typical == HOUR * 3 // 2


def test_parallel_branches_both_cost() -> None:
    outlook = _outlook("""\
  enter: {next: [a, b]}
  a: {role: clerk, work: 1h, next: ready}
  b: {role: picker, work: 2h, next: ready}
  ready: {join: all, next: done}
  done: {end: success}
""")

    assert outlook.least == outlook.typical == 3 * HOUR
    assert outlook.hands == 12 * 10_000 + 60 * 10_000
    assert outlook.highest == outlook.hands


def test_what_history_tells_of_the_ways_can_be_given() -> None:
    net = compile_net(
        process_of(f"""{HEAD}steps:
  enter: {{role: clerk, work: 1h, outcomes: {{ok: done, bad: repair}}}}
  repair: {{role: clerk, work: 10h, next: done}}
  done: {{end: success}}
""")
    )
    bad = next(way.index for way in net.transitions if way.label == "bad")

    assert expected_cost(net, {bad: 0.25}).typical == 3 * HOUR
