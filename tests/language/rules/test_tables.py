"""The parser's tables belong to the grammar beside them."""

import json
from importlib.resources import files

import pytest

from flowengine.language.rules.tables import build_parser, load_parser, made_from

TEXTS = (
    "order.total > 5000 EUR and order.country not in [LV, EE, LT]",
    "any p in order.parcels where not p.damaged or p.weight between 1 g and 2 kg",
    "business_days_between(order.at, now, two-shift) - count of order.lines < 1h 30m",
)


def test_the_tables_were_made_from_this_grammar() -> None:
    text = files("flowengine.language.rules").joinpath("grammar.json").read_text()

    assert json.loads(text)["made_from"] == made_from(), "run `make reference`"


@pytest.mark.parametrize("text", TEXTS)
def test_tables_and_grammar_give_the_same_tree(text: str) -> None:
    assert load_parser().parse(text) == build_parser().parse(text)
