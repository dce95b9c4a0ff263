"""Whatever stands where a rule should: a rule that never fails, or located problems."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from flowengine.language.position import NOWHERE
from flowengine.language.rules import Rule, Scope, compile_rule
from flowengine.language.types import DataType, Kind, Record
from flowengine.quantities import Instant

START = Instant(0)
SCOPE = Scope(
    records={
        "order": Record(
            "order",
            {
                "total": DataType(Kind.MONEY),
                "credit": DataType(Kind.ONE_OF, choices=("ok", "prepay")),
                "pieces": DataType(Kind.INTEGER),
                "urgent": DataType(Kind.YES_NO),
                "at": DataType(Kind.TIME),
                "lines": DataType(
                    Kind.LIST, element=DataType(Kind.RECORD, record="line")
                ),
            },
        ),
        "line": Record("line", {"weight": DataType(Kind.WEIGHT)}),
    },
    subject="order",
    currency="EUR",
    calendars={},
)
ORDERS: tuple[Mapping[str, object], ...] = (
    {},
    {"total": 1, "credit": "ok", "pieces": 0, "urgent": False, "at": 0, "lines": []},
    {"total": -1, "pieces": 10**18, "at": -(10**18), "lines": [{}, {"weight": 2}]},
)
PATHS = (
    "order.total",
    "order.credit",
    "order.pieces",
    "order.urgent",
    "order.at",
    "order.lines",
    "x.weight",
)
WORDS = (
    *PATHS,
    *("and", "or", "not", "==", "!=", "<", ">", "in", "not in", "between", "is", "/"),
    *("given", "missing", "+", "-", "*", "any", "all", "x", "where", "count", "of"),
    *("sum", "for", "lowest", "highest", "(", ")", "[", "]", ",", "5", "2.5", "EUR"),
    *("kg", "h", "'ok'", "ok", "now", "yes", "0"),
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["and", "or", "==", "<", "+", "-", "*", "/", "in"])
    return st.one_of(
        st.builds("({} {} {})".format, inner, signs, inner),
        st.builds("({} between {} and {})".format, inner, inner, inner),
        st.builds("not {}".format, inner),
        st.builds("({} is given)".format, inner),
        st.builds("(any x in order.lines where {})".format, inner),
        st.builds("(lowest of {} for x in order.lines)".format, inner),
        st.builds("highest({}, {})".format, inner, inner),
    )


def _is_a_rule_or_has_problems(text: str) -> None:
    compiled = compile_rule(text, SCOPE, NOWHERE, None)
    if not isinstance(compiled, Rule):
        assert compiled
        assert all(0 <= found.offset <= len(text) for found in compiled)
        assert all(found.message and found.code[0] == "F" for found in compiled)
        return
    for order in ORDERS:
        value = compiled.evaluate({"order": order}, START)
        assert value is None or isinstance(value, bool | int | str)


@given(st.text())
def test_any_text_is_a_rule_or_has_located_problems(text: str) -> None:
    _is_a_rule_or_has_problems(text)


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_words_of_the_language_are_a_rule_or_have_problems(
    words: list[str],
) -> None:
    _is_a_rule_or_has_problems(" ".join(words))


@given(
    st.recursive(
        st.sampled_from([*PATHS, "5 EUR", "2.5", "0", "1 h", "now", "ok"]),
        _larger,
        max_leaves=6,
    )
)
def test_well_formed_nonsense_is_refused_or_never_fails(text: str) -> None:
    _is_a_rule_or_has_problems(text)
