"""Whole orders of every reference process, through the engine and a real database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flowengine.kernel import CaseState
from flowengine.kernel.events import StockAsked
from tests.engine.world import World
from tests.processes.played import text_of
from tests.processes.whole import NUMBER, Whole, shelves

#: In the order in which they can be added: what is called comes first.
_ALL = (
    "shipment",
    "order-to-delivery",
    "express",
    "return",
    "cross-dock",
    "inbound",
    "repackaging",
)
_GOODS = [{"sku": "a", "quantity": 2, "weight": "1 kg"}]
_TO_THE_DOOR = (
    "{0}/pick:ok, {0}/pack, {0}/choose-carrier, {0}/dispatch, {0}/transit:delivered"
)


@pytest.fixture
def stock(tmp_path: Path) -> Path:
    path = tmp_path / "stock.csv"
    shelves(path, a=100, b=100, k=100)
    return path


@pytest.fixture
def company(tmp_path: Path, stock: Path) -> Iterator[Whole]:
    """All reference processes in one database; it is clean in the end."""
    texts = [text_of(name) for name in _ALL]
    world = World(tmp_path / "shop.db", *texts, stock=stock)
    yield Whole(world)
    assert world.engine.upkeep.check() == ()
    world.close()


def assert_ended(company: Whole, outcome: str, number: str = NUMBER) -> None:
    case = company.case(number)
    assert case.state is CaseState.CLOSED, sorted(case.tasks)
    assert case.outcome == outcome
    assert not case.incidents


def test_a_standard_order_passes_the_gate_and_each_parcel_is_packed(
    company: Whole,
) -> None:
    parcels = [{"weight": "1 kg"}, {"weight": "2 kg"}, {"weight": "3 kg"}]
    fields = {"channel": "web", "tier": "C", "lines": _GOODS, "parcels": parcels}
    company.open("order-to-delivery", NUMBER, fields)

    company.play("pick:ok")
    assert {"pack#1", "pack#2", "pack#3", "papers"} == set(company.case().tasks)
    company.play("pack, papers, choose-carrier, dispatch, transit:delivered, invoice")

    assert_ended(company, "success")
    packed = company.case().data["order"]
    assert isinstance(packed, dict)
    assert all(parcel["packed_weight"] for parcel in packed["parcels"])


def test_orders_of_one_zone_are_picked_in_one_walk(company: Whole) -> None:
    for number in ("1", "2", "3"):
        zone = "bulky" if number == "3" else "front"
        fields = {"channel": "web", "lines": _GOODS, "zone": zone}
        company.open("order-to-delivery", number, fields)

    company.world.engine.claim("1/pick", by="zane")

    owners = {row.number: row.owner for row in company.world.engine.tasks()}
    assert owners == {"1": "zane", "2": "zane", "3": None}


def test_an_order_that_comes_too_late_is_released_in_the_morning(
    company: Whole,
) -> None:
    company.world.wait(5 * 60)  # 17:00 in Riga
    fields = {"channel": "web", "lines": _GOODS}
    company.open("order-to-delivery", NUMBER, fields)
    assert set(company.case().tasks) == {"release"}

    company.play("wait:900")

    assert set(company.case().tasks) == {"pick"}


def test_a_split_order_goes_on_when_its_last_part_is_there(
    company: Whole, stock: Path
) -> None:
    shelves(stock, a=1, b=9)
    lines = [*_GOODS, {"sku": "b", "quantity": 1, "weight": "1 kg"}]
    fields = {"channel": "web", "lines": lines, "customer": "Ilze Kalna"}
    company.open("order-to-delivery", NUMBER, fields)
    parts = [{"lines": lines[1:]}, {"lines": lines[:1]}]
    company.world.engine.machines.answer(
        f"{NUMBER}/make-shipments", answers={"order.shipments": parts}
    )
    company.play("wait:1")

    company.play(_TO_THE_DOOR.format("-send-parts-1"))
    assert set(company.case().tasks) == {"send-parts#2"}
    shelves(stock, a=9, b=9)
    company.play("-send-parts-2/await-stock:stock-arrived")
    company.play(_TO_THE_DOOR.format("-send-parts-2"))
    company.play("invoice")

    assert_ended(company, "success")
    part = company.world.engine.order(f"{NUMBER}-send-parts-2")
    assert part.private == {"shipment.customer": "Ilze Kalna"}


def test_cancelling_a_split_order_cancels_its_parts(
    company: Whole, stock: Path
) -> None:
    shelves(stock, a=1)
    fields = {"channel": "web", "lines": _GOODS}
    company.open("order-to-delivery", NUMBER, fields)
    company.play("make-shipments, -send-parts-1/wait:0")

    company.world.engine.cancel(NUMBER, "changed their mind", by="zane")
    company.play("wait:1")

    assert_ended(company, "failure")
    assert_ended(company, "failure", f"{NUMBER}-send-parts-1")


def test_an_express_order_is_delivered_the_same_day(company: Whole) -> None:
    company.open("express", NUMBER, {"channel": "web", "tier": "C", "lines": _GOODS})

    company.play(
        "check-promise:possible, pick:ok, pack, print-label,"
        "await-courier:courier-arrived, hand-over, transit:delivered, invoice"
    )

    assert_ended(company, "success")
    assert company.case().priority == 90


def test_an_express_order_that_cannot_be_done_goes_on_as_a_standard_one(
    company: Whole,
) -> None:
    company.open("express", NUMBER, {"channel": "web", "tier": "C", "lines": _GOODS})

    company.play("check-promise:impossible, offer-standard:accepted")
    standard = "-go-on-as-standard"
    company.play(
        f"{standard}/pick:ok, {standard}/papers, {standard}/pack,"
        f"{standard}/choose-carrier, {standard}/dispatch, {standard}/transit:delivered,"
        f"{standard}/invoice"
    )

    assert_ended(company, "as_standard")
    assert company.case(f"{NUMBER}{standard}").priority == 70


def test_what_comes_back_is_exchanged_while_it_is_sorted(company: Whole) -> None:
    fields = {"days": 3, "tier": "C", "wish": "exchange", "value": "60 EUR"}
    lines = [*_GOODS, {"sku": "b", "quantity": 1, "weight": "1 kg"}]
    company.open("return", NUMBER, {**fields, "lines": lines})

    company.play("authorise, await-parcel:parcel-arrived, receive")
    company.world.engine.complete(
        f"{NUMBER}/inspect#1", by="zane", answers={"line.grade": "A"}
    )
    company.world.engine.complete(
        f"{NUMBER}/inspect#2", by="zane", answers={"line.grade": "E"}
    )
    company.play("wait:1")
    assert set(company.case().tasks) == {"restock#1", "scrap#2", "exchange"}
    sent = "-exchange"
    company.play(
        f"restock, scrap, {sent}/pick:ok, {sent}/papers, {sent}/pack,"
        f"{sent}/check-quality:ok, {sent}/choose-carrier, {sent}/dispatch,"
        f"{sent}/transit:delivered, {sent}/invoice, record-cause"
    )

    assert_ended(company, "success")
    assert company.case(f"{NUMBER}{sent}").priority == 70
    moved = [
        (event.verb.value, [item.line for item in event.items])
        for event in company.world.events(NUMBER)
        if isinstance(event, StockAsked)
    ]
    assert moved == [
        ("return", ["rma.lines#1", "rma.lines#2"]),
        ("restock", ["rma.lines#1"]),
        ("scrap", ["rma.lines#2"]),
    ]


def test_a_delivery_that_an_order_waits_for_goes_from_truck_to_truck(
    company: Whole,
) -> None:
    fields = {
        "slot": "2026-06-02T09:00",
        "score": 95,
        "lines": [{"sku": "a", "announced": 100, "quantity": 0}],
        "pallets": [{"code": "P1", "weight": "200 kg"}],
    }
    company.open("inbound", NUMBER, fields)

    company.play(
        "book-slot delivery.slot=2026-06-02T09:00, await-slot,"
        "await-truck:truck-arrived, check-in, unload, count line.quantity=90, claim,"
        "label, match-orders:waiting delivery.departs_at=2026-06-02T15:00"
    )
    load = "-cross-dock"
    company.play(
        f"{load}/sort:ok, {load}/stage, {load}/await-loading,"
        f"{load}/check-load:complete, {load}/load, {load}/depart"
    )

    assert_ended(company, "success")
    assert_ended(company, "success", f"{NUMBER}{load}")


def test_a_delivery_is_put_away_pallet_by_pallet(company: Whole) -> None:
    fields = {
        "slot": "2026-06-02T09:00",
        "score": 95,
        "lines": [{"sku": "a", "announced": 1, "quantity": 0}],
        "pallets": [{"code": code, "weight": "200 kg"} for code in ("P1", "P2")],
    }
    company.open("inbound", NUMBER, fields)

    company.play(
        "book-slot delivery.slot=2026-06-02T09:00, await-slot,"
        "await-truck:truck-arrived, check-in, unload, count, label, match-orders:none,"
        "suggest-bins, put-away"
    )

    assert_ended(company, "success")


def test_a_truck_waits_in_the_yard_until_a_dock_is_free(company: Whole) -> None:
    fields = {"slot": "2026-06-02T09:00", "score": 95}
    for number in ("1", "2", "3", "4", "5"):
        company.open("inbound", number, fields)
        company.play("book-slot delivery.slot=2026-06-02T09:00", number)
    company.play("await-slot", "1")
    for number in ("1", "2", "3", "4", "5"):
        company.play("await-truck:truck-arrived", number)
    assert set(company.case("5").tasks) == {"dock"}

    company.play("check-in, unload, count", "1")

    assert set(company.case("5").tasks) == {"check-in"}


def test_goods_for_a_load_leave_with_it(company: Whole) -> None:
    fields = {
        "departs_at": "2026-06-02T15:00",
        "lines": [{"sku": "a", "quantity": 10}],
    }
    company.open("cross-dock", NUMBER, fields)

    company.play(
        "sort:ok, stage, await-loading, check-load:missing, decide:hold,"
        "await-rest:rest-arrived, load, depart"
    )

    assert_ended(company, "success")


def test_a_work_order_makes_kits_batch_by_batch(company: Whole) -> None:
    kits = [{"sku": "k", "quantity": 100}]
    fields = {
        "quantity": 200,
        "components": [{"sku": "a", "quantity": 40}],
        "material": [{"sku": "b", "quantity": 20}],
        "own_labels": True,
        "batches": [{"number": number, "kits": kits} for number in ("1", "2")],
    }
    company.open("repackaging", NUMBER, fields)

    company.play(
        "quote, await-answer:quote-accepted, plan, print-labels, bring-to-line:ok,"
        "clear-line:clear, confirm-clearance, check-first-piece:ok"
    )
    assert set(company.case().tasks) == {"run-batches#1", "run-batches#2"}
    company.play("run-batches, check-sample, count-up, put-away, invoice")

    assert_ended(company, "success")
