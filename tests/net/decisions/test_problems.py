"""What check says of decisions: each with its place, and an order that shows it."""

from textwrap import indent

from flowengine.language import Problem
from flowengine.net.check import check_text

HEAD = """\
process: test
version: 1
title: {en: Test, lv: Tests}
for: order
number: order.number
currency: EUR
start: enter
data:
  order:
    number: text
    total: money
    weight: weight
    placed_at: time
    promised_at: time
    due: date
    country: country
    service: one of [standard, express]
    priority: integer
    share: optional money
    paid: optional money
    credit: optional one of [ok, prepay, refused]
    customer: optional personal text
    address: optional address
    lines: list of line
  line: {sku: text, quantity: integer, damaged: yes/no}
  address: {country: country, floor: optional integer}
departments:
  shop: {title: {en: Shop, lv: Veikals}}
roles:
  clerk: {department: shop, people: 3}
steps:
"""
ENDS = "a: {end: a}\nb: {end: b}\nc: {end: c}\n"


def told(steps: str) -> list[Problem]:
    """What is said of the decisions of a process."""
    found = check_text(HEAD + indent(steps.strip("\n"), "  ") + "\n", "test.yaml")
    assert found.net is not None, found.problems
    return [problem for problem in found.problems if problem.code[:2] == "F3"]


def choosing(*rules: str) -> list[Problem]:
    """What is said of a choice of these rules, to a, b and c, else to `other`."""
    branches = "".join(
        f"    - when: >-\n        {rule}\n      next: {target}\n"
        for rule, target in zip(rules, "abc", strict=False)
    )
    enter = f"enter:\n  role: clerk\n  choose:\n{branches}    - else: other\n"
    ends = "".join(f"{name}: {{end: {name}}}\n" for name in "abc"[: len(rules)])
    return told(f"{enter}{ends}other: {{end: success}}\n")


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_no_amount_lies_between_two_neighbours() -> None:
    found = choosing("order.total > 500 EUR and order.total < 500.0001 EUR")

    assert codes(found) == ["F307"]
    assert found[0].message == (
        "The branch of `enter` to `a` can never be taken: its rule holds for no order."
    )


def test_one_unit_more_leaves_room_between_them() -> None:
    assert choosing("order.total > 500 EUR and order.total < 500.0002 EUR") == []


def test_a_branch_behind_a_wider_one_is_told_with_an_order_that_goes_there() -> None:
    found = choosing("order.total > 500 EUR", "order.total > 5000 EUR")

    assert codes(found) == ["F308"]
    assert (
        "to `b` can never be taken: `a` above takes all its cases" in found[0].message
    )
    assert found[0].help.startswith("An order with total 5001 EUR goes to `a`.")


def test_only_branches_that_are_needed_to_take_all_cases_are_named() -> None:
    found = choosing(
        "order.weight < 1 kg", "order.total > 500 EUR", "order.total > 600 EUR"
    )

    assert "`b` above takes all its cases" in found[0].message


def test_an_order_is_told_only_where_what_is_not_cut_cannot_lead_it_elsewhere() -> None:
    given = "order.paid is given and order.total"
    found = choosing(
        "highest(order.total, order.paid) > 5 EUR",
        f"{given} > 1 EUR",
        f"{given} > 2 EUR",
    )

    assert codes(found) == ["F308"]
    assert "`b` above takes all its cases" in found[0].message
    assert found[0].help.startswith("Put the narrower rule first")


def test_a_value_of_which_only_is_asked_whether_it_is_there_has_its_type() -> None:
    found = choosing(
        "order.service == express and highest(order.total, order.paid) > 5 EUR",
        "order.paid is given and order.total > 1 EUR",
        "order.paid is given and order.total > 2 EUR",
    )

    assert codes(found) == ["F308"]
    assert found[0].help.startswith(
        "An order with service standard, paid given, total 3 EUR goes to `b`."
    )


def test_branches_take_all_cases_of_one_together() -> None:
    found = choosing(
        "order.total > 500 EUR",
        "order.weight < 1 kg",
        "order.total > 400 EUR and order.weight < 900 g or order.total > 600 EUR",
    )

    assert "`a` and `b` above take all its cases" in found[0].message


def test_an_else_behind_all_cases_is_never_taken() -> None:
    found = choosing("order.service == express", "order.service == standard")

    assert codes(found) == ["F309"]


def test_differences_of_two_moments_are_settled_with_the_moments() -> None:
    found = choosing(
        "order.promised_at - order.placed_at > 3 days",
        "order.promised_at <= order.placed_at + 3 days",
    )

    assert codes(found) == ["F309"]


def test_three_amounts_cannot_each_be_above_the_next() -> None:
    found = choosing(
        "order.placed_at < order.promised_at and order.promised_at < now "
        "and now < order.placed_at"
    )

    assert codes(found) == ["F307"]


def test_a_rounded_share_is_cut_where_it_passes_its_bound() -> None:
    found = choosing("order.total * 0.2 > 100 EUR", "order.total > 500.0002 EUR")

    assert codes(found) == ["F308"]
    assert choosing("order.total * 0.2 > 100 EUR", "order.total > 500.0001 EUR") == []


def test_dates_have_neighbours_too() -> None:
    found = choosing(
        "order.due < 2026-06-19", "order.due > 2026-06-19", "order.due == 2026-06-19"
    )

    assert codes(found) == ["F309"]


def test_the_same_question_about_a_list_has_the_same_answer() -> None:
    found = choosing(
        "any line in order.lines where line.damaged",
        "all line in order.lines where not line.damaged",
    )

    assert codes(found) == ["F309"]


def test_of_a_sum_only_what_holds_whatever_it_is_is_told() -> None:
    total = "sum of line.quantity for line in order.lines"

    assert codes(choosing(f"{total} > 5", f"{total} > 6")) == ["F308"]
    assert choosing(f"{total} > 5", "any line in order.lines where line.damaged") == []


def test_a_guarded_field_decides_nothing_by_being_missing() -> None:
    assert choosing("order.credit is given and order.credit == prepay") == []
    assert choosing("order.credit is missing or order.credit == prepay") == []
    assert choosing("order.credit is missing", "order.credit == prepay") == []


def test_a_missing_value_decides_the_way_where_nothing_is_said_of_it() -> None:
    found = choosing("order.paid <= 500 EUR")

    assert codes(found) == ["F310"]
    assert found[0].message == (
        "A missing `order.paid` decides the way at `enter`: an order with paid missing "
        "goes to `other`."
    )
    assert "`order.paid is given and …`" in found[0].help


def test_a_missing_record_is_missing_with_all_that_stands_in_it() -> None:
    found = choosing("order.address.country == LV")

    assert [problem.message for problem in found] == [
        "A missing `order.address` decides the way at `enter`: an order with address "
        "missing goes to `other`."
    ]


def test_a_missing_value_decides_nothing_where_all_ways_lead_to_one_step() -> None:
    found = told(
        "enter:\n  role: clerk\n  choose:\n    - when: order.paid > 5 EUR\n"
        "      next: done\n    - else: done\ndone: {end: success}\n"
    )

    assert found == []


def test_a_skip_that_a_missing_value_decides_is_told() -> None:
    found = told(
        "enter: {role: clerk, skip_when: order.paid >= order.total, next: done}\n"
        "done: {end: success}\n"
    )

    assert codes(found) == ["F310"]
    assert "an order with paid missing does not skip it" in found[0].message


def test_whether_a_personal_value_is_given_may_decide() -> None:
    assert choosing("order.customer is given") == []
    assert codes(choosing("order.customer is given", "order.customer is missing")) == [
        "F309"
    ]


def test_branches_of_which_all_are_opened_are_not_in_the_way_of_each_other() -> None:
    found = told(
        """
enter:
  role: clerk
  choose_all:
    - when: order.total > 500 EUR
      next: check
    - when: order.total > 600 EUR
      next: count
    - when: order.total > 600 EUR and order.total < 50 EUR
      next: weigh
    - else: done
check: {role: clerk, next: ready}
count: {role: clerk, next: ready}
weigh: {role: clerk, next: ready}
ready: {join: opened, next: done}
done: {end: success}
"""
    )

    assert [(problem.code, "`weigh`" in problem.message) for problem in found] == [
        ("F307", True)
    ]


def test_parallel_branches_that_set_one_field_are_told() -> None:
    found = told(
        """
enter: {role: clerk, next: [pick, papers]}
pick: {role: clerk, asks: [order.paid], next: ready}
papers: {role: clerk, set: {order.paid: order.total}, next: ready}
ready: {join: all, role: clerk, asks: [order.paid], next: done}
done: {end: success}
"""
    )

    assert [problem.message for problem in found] == [
        "`pick` and `papers` can be open at once, and both set `order.paid`: the one "
        "that ends last counts."
    ]


def test_a_rule_that_reads_what_is_set_beside_it_is_told() -> None:
    found = told(
        """
enter: {role: clerk, next: [pick, papers]}
pick: {role: clerk, asks: [order.credit], next: ready}
papers:
  role: clerk
  skip_when: order.credit is missing
  next: ready
ready: {join: all, next: done}
done: {end: success}
"""
    )

    assert codes(found) == ["F313"]
    assert (
        "`pick` sets `order.credit`, which a rule of `papers` reads" in found[0].message
    )


def test_a_decision_without_an_else_names_an_order_that_it_forgets() -> None:
    steps = (
        "enter:\n  role: clerk\n  choose:\n    - when: order.total <= 500 EUR\n"
        "      next: done\n    - when: order.country in [LV, EE]\n      next: done\n"
        "done: {end: success}\n"
    )

    found = check_text(HEAD + indent(steps, "  "), "test.yaml")

    assert [problem.code for problem in found.problems] == ["F135"]
    assert found.problems[0].help.endswith(
        "No branch is for an order with total 501 EUR, country LT."
    )
