"""What is wrong with a rule is told at its place, as much at once as can be."""

from collections.abc import Callable

import pytest

from flowengine.language.rules import Rule, RuleProblem
from flowengine.language.types import DataType, Kind

Problems = Callable[..., tuple[RuleProblem, ...]]

YES_NO = DataType(Kind.YES_NO)


@pytest.mark.parametrize(
    ("text", "under", "code", "message", "help_text"),
    [
        (
            "order.contry == LV",
            "contry",
            "F201",
            "an order has no field `contry`",
            "did you mean `country`?",
        ),
        (
            "oder.total > 1 EUR",
            "oder",
            "F201",
            "there is no `oder` here",
            "did you mean `order`?",
        ),
        (
            "credit == prepay",
            "credit",
            "F201",
            "there is no `credit` here",
            "did you mean `order.credit`?",
        ),
        (
            "order.number == abc",
            "abc",
            "F302",
            "expected a text, but found `abc`",
            'A text stands between quotes: "abc".',
        ),
        (
            "order.lines.sku == 'a'",
            "sku",
            "F302",
            "`order.lines` is a list and has no field `sku`",
            "Ask about its elements: `any x in order.lines where x.sku …`.",
        ),
        (
            "business_days_between(now, now, ofice) > 1",
            "ofice",
            "F205",
            "there is no calendar `ofice`",
            "did you mean `office`?",
        ),
        (
            "order.total = 5 EUR",
            "=",
            "F301",
            "expected an operator such as `==`, `in` or `and`, but found `=`",
            "Write `==` to compare.",
        ),
        (
            "order.total > 5,5 EUR",
            ",",
            "F301",
            "expected nothing more, but found `,`",
            "Write decimals with a point: 12.50 EUR.",
        ),
        (
            "order.credit is not missing",
            "not",
            "F301",
            "expected `given` or `missing`, but found `not`",
            "Write `is given` or `is missing`.",
        ),
        (
            "order.total > order.weight",
            "order.weight",
            "F302",
            "expected money to compare with `order.total`, "
            "but `order.weight` is a weight",
            None,
        ),
        (
            "order.total > 5000",
            "5000",
            "F302",
            "expected money to compare with `order.total`, "
            "but `5000` is a whole number",
            "Units stand in the value: `5000 EUR`.",
        ),
        (
            "order.pieces + order.total > 1",
            "order.total",
            "F302",
            "money cannot be added to a whole number",
            None,
        ),
        (
            "order.country < LV",
            "order.country",
            "F302",
            "`order.country` is a country, which has no order",
            "Compare it with `==`, `!=` or `in`.",
        ),
        (
            "order.lines == 3",
            "order.lines",
            "F302",
            "expected one value, but `order.lines` is a list",
            "Write `count of order.lines`, or `any x in order.lines where …`.",
        ),
        (
            "order.total and order.urgent",
            "order.total",
            "F302",
            "expected a condition, but `order.total` is money",
            "Compare it: `order.total == …`, or ask `order.total is given`.",
        ),
        (
            "order.total",
            "order.total",
            "F302",
            "expected yes/no, but this is money",
            None,
        ),
        (
            "order.total > 5000 SEK",
            "5000 SEK",
            "F303",
            "expected EUR to compare with `order.total`, but `5000 SEK` is in SEK",
            None,
        ),
        (
            "order.total > 1 EUR + order.duty",
            "order.duty",
            "F303",
            "expected EUR, but `order.duty` is in SEK",
            None,
        ),
        (
            "order.weight > 5 kgs",
            "kgs",
            "F303",
            "there is no unit `kgs`",
            "did you mean `kg`?",
        ),
        (
            "order.total > 0.00001 EUR",
            "0.00001",
            "F303",
            "expected at most four decimals of money, but found `0.00001`",
            None,
        ),
        (
            "order.credit == prepaid",
            "prepaid",
            "F304",
            "`prepaid` is not one of `ok`, `prepay`, `missing`",
            "did you mean `prepay`?",
        ),
        (
            "order.country in [LV, lt]",
            "lt",
            "F304",
            "there is no country `lt`",
            "did you mean `LT`?",
        ),
        (
            "order.customer == 'Anna'",
            "order.customer",
            "F305",
            "`order.customer` is personal",
            "A rule may only ask whether it `is given` or `is missing`.",
        ),
    ],
)
def test_a_problem_stands_at_its_place_with_its_code_and_its_cure(
    text: str,
    under: str,
    code: str,
    message: str,
    help_text: str | None,
    problems: Problems,
) -> None:
    offset = text.rindex(under)

    assert problems(text, YES_NO) == (
        RuleProblem(code, offset, len(under), message, help_text),
    )


def test_all_problems_of_a_rule_are_told_at_once(problems: Problems) -> None:
    found = problems("order.contry == LV and order.total > 1 kg or oder.x is given")

    assert [problem.code for problem in found] == ["F201", "F302", "F201"]
    assert [problem.offset for problem in found] == [6, 37, 45]


def test_both_sides_of_a_comparison_are_looked_at(problems: Problems) -> None:
    found = problems("order.a1 > order.b1")

    assert [problem.message for problem in found] == [
        "an order has no field `a1`",
        "an order has no field `b1`",
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "order.total >",
            "and",
            "(order.urgent",
            "order.urgent)",
            "1 < 2 < 3",
        ),
        *(
            "order.lines[0] == 1",
            "f(order)",
            "lambda: 1",
            "order.urgent; now",
            "x := 1",
        ),
        *("__import__('os')", "order.total.__class__()", "'a' 'b'", "[1, 2]", "{1}"),
        *("order.urgent if 1 else 2", "order.total ** 2 > 1", "order.pieces % 2 == 1"),
        *("'unclosed", "order.urgent && order.urgent", "5 EUR SEK", "order..total"),
        *(
            "any p in order.parcels",
            "sum of order.total",
            "lowest(1)",
            "order.total is",
        ),
    ],
)
def test_what_is_not_a_rule_is_refused_within_the_text(
    text: str, problems: Problems
) -> None:
    for problem in problems(text):
        assert problem.code in {"F201", "F301"}
        assert 0 <= problem.offset <= len(text)
        assert problem.message


@pytest.mark.parametrize(
    "name", ["__class__", "__dict__", "get", "items", "__builtins__"]
)
def test_nothing_of_python_can_be_named(name: str, problems: Problems) -> None:
    assert [found.code for found in problems(f"order.{name} is given")] == ["F201"]
    assert [found.code for found in problems(f"{name} == 1")] == ["F201"]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500 + "order.urgent" + ")" * 500,
        "not " * 300 + "order.urgent",
        "-" * 300 + "1 > 0",
        "1 + " * 400 + "1 > 0",
        "order.urgent or " * 200 + "order.urgent",
    ],
)
def test_a_rule_that_nobody_can_read_is_refused(text: str, problems: Problems) -> None:
    assert [problem.code for problem in problems(text)] == ["F306"]


def test_a_rule_that_would_take_minutes_for_long_lists_is_refused(
    problems: Problems,
) -> None:
    found = problems(
        "all a in order.lines where all b in order.lines where"
        " any c in order.parcels where a.quantity == b.quantity"
    )

    assert [problem.code for problem in found] == ["F306"]


def test_lists_inside_the_element_just_named_are_no_further_lists(
    compiled: Callable[..., Rule],
) -> None:
    rule = compiled(
        "all a in order.lines where all parcel in order.parcels where"
        " any line in parcel.lines where line.sku == a.sku"
    )

    assert rule.type.kind is Kind.YES_NO


def test_an_element_needs_a_name_of_its_own(problems: Problems) -> None:
    found = problems("any order in order.lines where yes")

    assert found[0].message == "`order` has a meaning here already"


def test_personal_values_are_refused_wherever_they_stand(problems: Problems) -> None:
    for text in (
        "order.customer",
        "order.contact.country == LV",
        "order.number in [order.customer]",
        "'a' == order.customer and order.urgent",
    ):
        assert [problem.code for problem in problems(text)] == ["F305"], text
