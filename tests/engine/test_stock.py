"""Stock: answered from a file, and no piece is promised twice."""

import threading
from pathlib import Path

import pytest

from flowengine.engine import Engine
from flowengine.engine.database import create_database
from flowengine.errors import CommandRejected, InvalidInput
from flowengine.kernel.events import StockAnswered, StockAsked
from tests.builders import HEAD
from tests.engine.shop import Shop
from tests.engine.world import refusal_of


@pytest.fixture
def levels(tmp_path: Path) -> Path:
    path = tmp_path / "stock.csv"
    path.write_text("sku,quantity\nA1,5\n", encoding="utf-8")
    return path


@pytest.fixture
def shop(tmp_path: Path, levels: Path) -> Shop:
    return Shop(tmp_path / "shop.db", stock=levels)


def given(shop: Shop, number: str) -> list[dict[str, int]]:
    return [
        dict(event.given)
        for event in shop.events(number)
        if isinstance(event, StockAnswered)
    ]


def test_what_is_there_is_reserved_and_what_is_not_is_not(shop: Shop) -> None:
    shop.to_gate("1", pieces=4)
    shop.to_gate("2", pieces=3)
    shop.to_gate("3", pieces=1)

    assert shop.steps("1") == ["pick"]
    assert given(shop, "2") == [{"order.lines#1": 1}]
    assert shop.steps("2") == ["backorder"]
    assert shop.engine.order("3").case.reserved == {}
    assert shop.engine.upkeep.check() == ()


def test_a_second_try_asks_only_for_what_is_not_reserved_yet(
    shop: Shop, levels: Path
) -> None:
    shop.to_gate("1", pieces=7)
    levels.write_text("sku,quantity\nA1,20\n", encoding="utf-8")

    shop.engine.complete("1/backorder", by="anna", outcome="again")

    asked = [event for event in shop.events("1") if isinstance(event, StockAsked)]
    assert [[i.quantity for i in event.items] for event in asked] == [[7], [2]]
    assert shop.engine.order("1").case.reserved == {"order.lines#1": 7}
    assert shop.engine.upkeep.check() == ()


def test_what_a_cancelled_order_had_reserved_is_free_again(shop: Shop) -> None:
    shop.to_gate("1", pieces=5)
    shop.to_gate("2", pieces=5)
    shop.engine.cancel("1", "customer", by="anna")

    shop.engine.complete("2/backorder", by="anna", outcome="again")

    assert shop.engine.order("2").case.reserved == {"order.lines#1": 5}
    assert shop.engine.upkeep.check() == ()


def test_orders_of_one_transaction_never_get_the_same_piece(shop: Shop) -> None:
    for number in "123":
        shop.order(number)
    shop.work()
    for number in "123":
        shop.approve(number)

    shop.work()

    reserved = [shop.engine.order(n).case.reserved for n in "123"]
    assert [sum(lines.values()) for lines in reserved] == [2, 2, 1]


def test_two_programs_never_promise_a_piece_twice(shop: Shop) -> None:
    numbers = [str(number) for number in range(8)]
    for number in numbers:
        shop.order(number, pieces=1)
    shop.work()
    for number in numbers:
        shop.approve(number)

    def work() -> None:
        other = shop.another()
        other.machines.work()
        other.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shop.work()

    lines = [shop.engine.order(number).case.reserved for number in numbers]
    assert sum(sum(found.values()) for found in lines) == 5
    assert shop.engine.upkeep.check() == ()


def test_without_a_file_everything_is_there(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "all.db")

    shop.to_gate("1", pieces=1_000_000)

    assert shop.engine.order("1").case.reserved == {"order.lines#1": 1_000_000}
    assert shop.engine.upkeep.check() == ()


GOODS = HEAD.replace(
    "    until: optional time\n",
    "    until: optional time\n    lines: list of line\n"
    "  line: {sku: text, quantity: number}\n",
) + (
    "steps:\n"
    "  take:\n"
    "    role: clerk\n"
    "    stock: reserve order.lines\n"
    "    undo: stock.release order.lines\n"
    "    next: more\n"
    "  more: {role: clerk, stock: release order.lines, next: done}\n"
    "  done: {end: success}\n"
)


@pytest.fixture
def goods(tmp_path: Path, levels: Path) -> Engine:
    """A process whose people reserve parts of a piece."""
    path = str(tmp_path / "goods.db")
    create_database(path)
    made = Engine(path, synchronous="OFF", stock=str(levels))
    made.add_process(GOODS, "goods.yaml")
    made.people.add("anna", ["clerk"])
    return made


def test_a_person_who_reserves_more_than_there_is_is_refused(goods: Engine) -> None:
    for number, quantity in (("1", 2.5), ("2", 3)):
        lines = [{"sku": "A1", "quantity": quantity}]
        goods.open_order("sample", {"number": number, "lines": lines}, by="anna")
    goods.complete("1/take", by="anna")
    before = goods.order("2").history

    refused = refusal_of(lambda: goods.complete("2/take", by="anna"))

    assert isinstance(refused, CommandRejected)
    assert "3 of A1 (2.5 free)" in str(refused)
    assert goods.order("2").history == before
    goods.complete("1/more", by="anna")
    goods.complete("2/take", by="anna")
    assert goods.upkeep.check() == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prece;skaits\nA1;5\n", ":1: Expected the columns sku,quantity"),
        ("", ":1: Expected the columns sku,quantity, but got nothing"),
        ("sku,quantity\nA1\n", ":2: Expected 2 columns, but got 1"),
        ("sku,quantity\nA1,many\n", ":2: Expected a quantity such as 12"),
        ("sku,quantity\nA1,-1\n", ":2: Expected a quantity such as 12"),
        ("sku,quantity\nA1,nan\n", ":2: Expected a quantity such as 12"),
        ("sku,quantity\nA1,1\nA1,2\n", ":3: Expected an article, but got A1 a second"),
        ("sku,quantity\n,2\n", ":2: Expected an article, but got none"),
    ],
)
def test_a_wrong_file_of_levels_is_refused_with_its_line(
    tmp_path: Path, levels: Path, text: str, told: str
) -> None:
    path = str(tmp_path / "goods.db")
    create_database(path)
    levels.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidInput, match="Expected") as refused:
        Engine(path, stock=str(levels))

    assert told in str(refused.value)


def test_a_file_of_levels_that_is_gone_is_said_and_changes_nothing(
    shop: Shop, levels: Path
) -> None:
    shop.to_gate("1", pieces=7)
    levels.unlink()
    before = shop.events("1")

    refused = refusal_of(
        lambda: shop.engine.complete("1/backorder", by="anna", outcome="again")
    )

    assert isinstance(refused, InvalidInput)
    assert shop.events("1") == before


def test_levels_may_be_a_sheet_of_semicolons(shop: Shop, levels: Path) -> None:
    levels.write_text("sku;quantity\nA1;2\n", encoding="utf-8")

    shop.to_gate("1", pieces=2)

    assert given(shop, "1") == [{"order.lines#1": 2}]
