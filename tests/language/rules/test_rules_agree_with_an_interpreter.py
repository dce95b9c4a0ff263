"""Random rules have the value that a second, tiny reading of them gives.

The second reading works on fractions of whole units, knows nothing of scaled integers
or of Python functions, and rounds only where the language says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from flowengine.language.rules import Rule
from flowengine.quantities import Instant

Data = Mapping[str, object]
Names = Mapping[str, Data]


@dataclass(frozen=True)
class Said:
    """A part of a rule: its text, and what it means."""

    text: str
    meaning: Callable[[Names], object]


def _field(path: str, scale: int) -> Said:
    root, name = path.split(".")

    def meaning(names: Names) -> object:
        value = names[root].get(name)
        return Fraction(value, scale) if isinstance(value, int) else None

    return Said(path, meaning)


def _constant(text: str, value: object) -> Said:
    return Said(text, lambda _: value)


def _rounded(value: Fraction, scale: int) -> Fraction:
    return Fraction(round(value * scale), scale)  # half to even


def _combined(sign: str, left: Said, right: Said, scale: int) -> Said:
    def meaning(names: Names) -> object:
        a, b = left.meaning(names), right.meaning(names)
        if not isinstance(a, Fraction) or not isinstance(b, Fraction):
            return None
        if sign == "/":
            return _rounded(a / b, scale) if b else None
        return {"+": a + b, "-": a - b, "*": _rounded(a * b, scale)}[sign]

    return Said(f"({left.text} {sign} {right.text})", meaning)


def _folded(word: str, body: Said, where: "Said | None") -> Said:
    tail = f" where {where.text}" if where else ""

    def meaning(names: Names) -> object:
        elements = names["order"].get("lines")
        if not isinstance(elements, list):
            return None
        places = [{**names, "x": element} for element in elements]
        kept = [at for at in places if where is None or where.meaning(at) is True]
        values = [body.meaning(at) for at in kept]
        known = [value for value in values if isinstance(value, Fraction)]
        if len(known) < len(values):
            return None
        if word == "sum":
            return sum(known, Fraction(0))
        pick = min if word == "lowest" else max
        return pick(known, default=None)

    return Said(f"({word} of {body.text} for x in order.lines{tail})", meaning)


START = Instant(0)
MONEY, NUMBER = 10_000, 1_000_000
moneys = st.integers(0, 30).map(
    lambda halves: _constant(f"{halves / 2:.2f} EUR", Fraction(halves, 2))
)
money_fields = st.sampled_from(["order.total", "order.limit"]).map(
    lambda path: _field(path, MONEY)
)
prices = st.just(_field("x.price", MONEY))
factors = st.one_of(
    st.integers(0, 9).map(lambda value: _constant(str(value), Fraction(value))),
    st.sampled_from(["0.5", "1.333333"]).map(lambda t: _constant(t, Fraction(t))),
    st.just(_field("order.pieces", 1)),
    st.just(_field("order.rate", NUMBER)),
)


def _amounts(leaves: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
    def larger(inner: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
        return st.one_of(
            st.builds(
                _combined, st.sampled_from("+-"), inner, inner, scale=st.just(MONEY)
            ),
            st.builds(
                _combined, st.sampled_from("*/"), inner, factors, scale=st.just(MONEY)
            ),
            st.builds(
                lambda a: Said(f"-{a.text}", lambda names: _negative(a, names)), inner
            ),
        )

    return st.recursive(leaves, larger, max_leaves=5)


def _negative(said: Said, names: Names) -> object:
    value = said.meaning(names)
    return -value if isinstance(value, Fraction) else None


def _compared(relation: str, left: Said, right: Said) -> Said:
    def meaning(names: Names) -> object:
        a, b = left.meaning(names), right.meaning(names)
        if not isinstance(a, Fraction) or not isinstance(b, Fraction):
            return False
        return {
            "==": a == b,
            "!=": a != b,
            "<": a < b,
            "<=": a <= b,
            ">": a > b,
            ">=": a >= b,
        }[relation]

    return Said(f"{left.text} {relation} {right.text}", meaning)


def _between(negated: bool, value: Said, low: Said, high: Said) -> Said:
    word = "not between" if negated else "between"

    def meaning(names: Names) -> object:
        a, b, c = (part.meaning(names) for part in (value, low, high))
        if not all(isinstance(each, Fraction) for each in (a, b, c)):
            return False
        return (b <= a <= c) is not negated  # type: ignore[operator] # all fractions

    return Said(f"{value.text} {word} {low.text} and {high.text}", meaning)


def _among(negated: bool, value: Said, members: list[Said]) -> Said:
    word = "not in" if negated else "in"
    listed = ", ".join(member.text for member in members)

    def meaning(names: Names) -> object:
        a = value.meaning(names)
        others = [member.meaning(names) for member in members]
        if a is None or (negated and None in others):
            return False
        return (a in others) is not negated

    return Said(f"{value.text} {word} [{listed}]", meaning)


def _present(word: str, value: Said) -> Said:
    return Said(
        f"{value.text} is {word}",
        lambda names: (value.meaning(names) is None) is (word == "missing"),
    )


def _junction(word: str, parts: list[Said]) -> Said:
    test = all if word == "and" else any
    return Said(
        "(" + f" {word} ".join(part.text for part in parts) + ")",
        lambda names: test(part.meaning(names) is True for part in parts),
    )


def _negated(part: Said) -> Said:
    return Said(f"not ({part.text})", lambda names: part.meaning(names) is not True)


def _quantified(word: str, where: Said) -> Said:
    test = all if word == "all" else any

    def meaning(names: Names) -> object:
        elements = names["order"].get("lines")
        if not isinstance(elements, list):
            return False
        return test(where.meaning({**names, "x": x}) is True for x in elements)

    return Said(f"({word} x in order.lines where {where.text})", meaning)


def _conditions(amounts: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
    relations = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    return st.one_of(
        st.builds(_compared, relations, amounts, amounts),
        st.builds(_between, st.booleans(), amounts, amounts, amounts),
        st.builds(
            _among, st.booleans(), amounts, st.lists(amounts, min_size=1, max_size=3)
        ),
        st.builds(_present, st.sampled_from(["given", "missing"]), amounts),
        st.just(Said("order.urgent", lambda names: names["order"].get("urgent"))),
    )


inside = _amounts(st.one_of(prices, moneys, money_fields))
folds = st.builds(
    _folded,
    st.sampled_from(["sum", "lowest", "highest"]),
    inside,
    st.one_of(st.none(), _conditions(inside)),
)
outside = _amounts(st.one_of(moneys, money_fields, folds))
rules = st.recursive(
    st.one_of(
        _conditions(outside),
        st.builds(_quantified, st.sampled_from(["any", "all"]), _conditions(inside)),
    ),
    lambda inner: st.one_of(
        st.builds(
            _junction,
            st.sampled_from(["and", "or"]),
            st.lists(inner, min_size=2, max_size=3),
        ),
        st.builds(_negated, inner),
    ),
    max_leaves=4,
)
euros = st.integers(-200_000, 200_000)
orders = st.fixed_dictionaries(
    {},
    optional={
        "total": euros,
        "limit": euros,
        "pieces": st.integers(-3, 3),
        "rate": st.integers(-3_000_000, 3_000_000),
        "urgent": st.booleans(),
        "lines": st.lists(
            st.fixed_dictionaries({}, optional={"price": euros}), max_size=3
        ),
    },
)


@given(rules, orders)
def test_a_condition_is_what_a_second_reading_of_it_says(
    compiled: Callable[[str], Rule], said: Said, order: Data
) -> None:
    found = compiled(said.text).evaluate({"order": order}, START)

    assert (found is True) is (said.meaning({"order": order}) is True)


@given(outside, orders)
def test_an_amount_is_what_a_second_reading_of_it_says(
    compiled: Callable[[str], Rule], said: Said, order: Data
) -> None:
    found = compiled(said.text).evaluate({"order": order}, START)

    expected = said.meaning({"order": order})
    assert found == (expected * MONEY if isinstance(expected, Fraction) else None)
