"""What a stock effect may be about: a list of goods, or one element of it."""

import pytest

from flowengine.language import read_process
from flowengine.language.process import StepId
from tests.builders import GOODS


def reading_of(step: str) -> tuple[tuple[str, ...] | None, list[str]]:
    """The goods of the first step's effect, and the codes of all problems."""
    text = f"{GOODS}steps:\n  sort: {{{step}, next: done}}\n  done: {{end: success}}\n"
    reading = read_process(text, "sample.yaml")
    process = reading.process
    stock = None if process is None else process.steps[StepId("sort")].stock
    return (None if stock is None else stock.items), [
        problem.code for problem in reading.problems if problem.code == "F141"
    ]


@pytest.mark.parametrize(
    ("step", "goods"),
    [
        ("role: clerk, stock: restock order.lines", ("order", "lines")),
        ("role: clerk, each: x in order.lines, stock: restock x", ("x",)),
        ("role: clerk, each: p in order.parcels, stock: ship p.lines", ("p", "lines")),
    ],
)
def test_goods_are_a_list_or_its_element(step: str, goods: tuple[str, ...]) -> None:
    assert reading_of(step) == (goods, [])


@pytest.mark.parametrize(
    "step",
    [
        "role: clerk, stock: restock order.zone",
        "role: clerk, each: p in order.parcels, stock: ship p",
        "role: clerk, each: p in order.parcels, stock: ship p.weight",
    ],
)
def test_what_is_no_goods_is_told(step: str) -> None:
    assert reading_of(step) == (None, ["F141"])
