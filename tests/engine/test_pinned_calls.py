"""A call is held against the process that it names, when its own process is added."""

from pathlib import Path

import pytest

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.errors import InvalidProcess
from flowengine.language import Problem
from flowengine.language.codes.calls import CALL_CODES
from tests.engine.shop import CREDIT, SHOP

#: What is changed in the shop, which code that gives, and where it stands.
WRONG: dict[str, tuple[str, str, str, str]] = {
    "another version": ("credit-check@1", "credit-check@2", "F230", "credit-check@2"),
    "unknown": ("credit-check@1", "credit-chek@1", "F230", "credit-chek@1"),
    "no such field": (
        "gives: {total: order.total",
        "gives: {totl: order.total, total: order.total",
        "F231",
        "order.total, total",
    ),
    "not given": ("gives: {total: order.total, ", "gives: {", "F232", "credit-check@1"),
    "given as another type": (
        "total: order.total,",
        "total: order.priority,",
        "F233",
        "order.priority, customer",
    ),
    "given in the open": (
        "boxes: order.parcels",
        "boxes: order.lines",
        "F233",
        "order.lines}",
    ),
    "no such end": (
        "declined: refused, cancelled",
        "declined: refused, lost: refused, cancelled",
        "F234",
        "lost",
    ),
    "an end is forgotten": (
        "success: reserve, declined: refused, ",
        "success: reserve, ",
        "F235",
        "credit-check@1",
    ),
    "cancelling is forgotten": (
        "declined: refused, cancelled: refused}",
        "declined: refused}",
        "F235",
        "credit-check@1",
    ),
    "no such result": ("result.verdict", "result.verdikt", "F236", "credit-check@1"),
    "taken as another type": (
        "{order.credit: result.verdict}",
        "{order.label: result.verdict}",
        "F237",
        "credit-check@1",
    ),
    "what may be missing": (
        "{order.credit: result.verdict}",
        "{order.zone: result.number, order.total: result.verdict}",
        "F237",
        "credit-check@1",
    ),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A database that has the called process only."""
    path: Path = tmp_path_factory.mktemp("calls") / "shop.db"
    create_database(str(path))
    made = Engine(str(path), synchronous="OFF")
    made.add_process(CREDIT, "credit.yaml")
    return made


def problems_of(engine: Engine, text: str) -> list[Problem]:
    """The errors that adding a process is refused with."""
    with pytest.raises(InvalidProcess) as refused:
        engine.add_process(text, "shop.yaml")
    found = [p for p in refused.value.problems if isinstance(p, Problem)]
    return [problem for problem in found if problem.severity == "error"]


@pytest.mark.parametrize("name", WRONG)
def test_a_call_that_does_not_fit_is_told_at_its_place(
    engine: Engine, name: str
) -> None:
    right, wrong, code, place = WRONG[name]
    assert right in SHOP
    text = SHOP.replace(right, wrong)

    (problem,) = problems_of(engine, text)

    assert problem.code == code
    assert problem.help
    line = text.splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith(place)


def test_every_code_of_calls_is_raised_here() -> None:
    assert {code for _, _, code, _ in WRONG.values()} == {c.code for c in CALL_CODES}


def test_a_process_cannot_call_itself(engine: Engine) -> None:
    text = SHOP.replace("credit-check@1", "shop@1")

    assert [problem.code for problem in problems_of(engine, text)] == ["F230"]


def test_a_written_text_may_be_one_of_the_choices_of_a_field(engine: Engine) -> None:
    given = """gives: {total: order.total, verdict: '"VERDICT"', """
    text = SHOP.replace("gives: {total: order.total, ", given)

    assert engine.add_process(text.replace("VERDICT", "ok"), "shop.yaml").version == 1
    wrong = problems_of(engine, text.replace("VERDICT", "maybe"))
    assert [problem.code for problem in wrong] == ["F233"]
