"""Random rules over small values, and the same rules asked of every order there is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

from flowengine.language.position import NOWHERE
from flowengine.language.process import Process
from flowengine.language.rules import Rule, Scope, compile_rule
from flowengine.language.types import DataType, Kind
from flowengine.quantities import Instant
from tests.builders import process_of

NOW = Instant(0)
TEXT = """\
process: sample
version: 1
title: {en: Sample, lv: Paraugs}
for: order
number: order.number
currency: EUR
data:
  order:
    number: text
    a: integer
    b: integer
    c: optional integer
    paid: optional yes/no
    kind: one of [red, green, blue]
    mark: optional one of [red, green]
    note: optional text
    word: text
steps:
  enter: {next: done}
  done: {end: success}
"""
#: Every value of the amounts that rules about 0 to 3, halves and differences can tell
#: apart; of texts those that are named, and one more for each field.
AMOUNTS = tuple(range(-11, 10))
WORDS = ("x", "y", "z", "other")
VALUES: Mapping[str, tuple[object, ...]] = {
    "a": AMOUNTS,
    "b": AMOUNTS,
    "c": (*AMOUNTS, None),
    "paid": (True, False, None),
    "kind": ("red", "green", "blue"),
    "mark": ("red", "green", None),
    "note": (*WORDS, None),
    "word": WORDS,
}
OPTIONAL = tuple(name for name, values in VALUES.items() if None in values)


@dataclass(frozen=True, slots=True)
class Written:
    """A condition as text, with `{given:c}` where it asks whether c is given."""

    text: str

    def rule_text(self) -> str:
        return self._with({name: f"order.{name} is given" for name in OPTIONAL})

    def as_if_missing(self, field: str) -> str:
        """The condition where it takes a field to be missing, whatever it compares."""
        given = {name: f"order.{name} is given" for name in OPTIONAL}
        return self._with({**given, field: "1 == 2"})

    def _with(self, given: Mapping[str, str]) -> str:
        text = self.text
        for name, written in given.items():
            text = text.replace(f"<{name}>", written)
        return text


def fields_in(rules: Sequence[Written]) -> tuple[str, ...]:
    """The fields that rules read, in the order of the record."""
    texts = " ".join(rule.rule_text() for rule in rules)
    return tuple(name for name in VALUES if f"order.{name}" in texts.replace(")", " "))


def orders(fields: Sequence[str]) -> Iterator[dict[str, dict[str, object]]]:
    """Every order over the values of some fields."""
    for values in product(*(VALUES[name] for name in fields)):
        pairs = zip(fields, values, strict=True)
        yield {"order": {name: value for name, value in pairs if value is not None}}


def process() -> Process:
    return process_of(TEXT)


def compiled(text: str, of: Process) -> Rule:
    scope = Scope(of.data, "order", "EUR", {})
    rule = compile_rule(text, scope, NOWHERE, DataType(Kind.YES_NO))
    assert isinstance(rule, Rule), (text, rule)
    return rule


_RELATIONS = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
_EQUALITIES = st.sampled_from(("==", "!="))
_SMALL = st.integers(min_value=0, max_value=3)
_FIELDS = st.sampled_from(("a", "b", "c"))


def _joined(*parts: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda found: " ".join(map(str, found)))


def _field(name: str) -> str:
    return f"order.{name}"


_AMOUNTS = _FIELDS.map(_field)
_ATOMS: st.SearchStrategy[str] = st.one_of(
    _joined(_AMOUNTS, _RELATIONS, _SMALL),
    _joined(_AMOUNTS, _RELATIONS, _SMALL),
    _joined(_SMALL, _RELATIONS, _AMOUNTS),
    _joined(_AMOUNTS, _RELATIONS, _AMOUNTS),
    _joined(_AMOUNTS, st.just("-"), _AMOUNTS, _RELATIONS, st.integers(0, 1)),
    _joined(st.just("2 *"), _AMOUNTS, _RELATIONS, _SMALL),
    _joined(_AMOUNTS, st.just("* 0.7"), _RELATIONS, _SMALL),
    _joined(st.just("-"), _AMOUNTS, st.just("/ 2"), _RELATIONS, _SMALL),
    _joined(_AMOUNTS, st.just("between"), _SMALL, st.just("and"), _SMALL),
    _joined(_AMOUNTS, st.just("not between"), _SMALL, st.just("and"), _SMALL),
    _joined(_AMOUNTS, st.just("in [1,"), _AMOUNTS, st.just("]")),
    _joined(_AMOUNTS, st.just("not in [1,"), _AMOUNTS, st.just("]")),
    _joined(st.just("order.kind"), _EQUALITIES, st.sampled_from(("red", "blue"))),
    _joined(st.just("order.mark"), _EQUALITIES, st.sampled_from(("red", "green"))),
    _joined(st.just("order.kind"), _EQUALITIES, st.just("order.mark")),
    st.sampled_from(("order.mark in [red, green]", "order.kind not in [red, green]")),
    _joined(st.just("order.note"), _EQUALITIES, st.sampled_from(("'x'", "'y'"))),
    _joined(st.just("order.note"), _EQUALITIES, st.just("order.word")),
    st.just("order.word == 'z'"),
    st.sampled_from(("order.paid", "order.paid == no", "order.paid != yes")),
    st.sampled_from(OPTIONAL).map(lambda name: f"<{name}>"),
)


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, st.sampled_from(("and", "or")), inner)
    return st.one_of(
        inner.map(lambda text: f"not ({text})"),
        pair.map(lambda found: f"({found[0]}) {found[1]} ({found[2]})"),
    )


CONDITIONS = st.recursive(_ATOMS, _compound, max_leaves=4).map(Written)
#: The rules of one decision, that few enough orders can be told apart by.
DECISIONS = st.lists(CONDITIONS, min_size=1, max_size=3).filter(
    lambda rules: sum(1 for _ in fields_in(rules)) <= 4
)
