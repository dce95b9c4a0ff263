"""Fields are corrected by hand, and what that moves."""

from collections.abc import Mapping

import pytest

from flowengine.errors import CommandRejected, Conflict
from flowengine.kernel import CaseState
from flowengine.kernel.events import DataChanged, StepRetimed
from flowengine.language.types import ELEMENT_ID
from flowengine.quantities import HOUR
from tests.builders import GOODS, HEAD
from tests.kernel.deeds import Deeds

ROUTED = """\
steps:
  enter: {role: clerk, next: route}
  route: {choose: [{when: order.paid, next: pack}, {else: ask}]}
  pack: {role: clerk, next: done}
  ask: {role: boss, next: done}
  done: {end: success}
"""
URGENT = HEAD.replace("currency: EUR\n", "currency: EUR\npriority: order.count\n") + (
    "steps:\n  enter: {role: clerk, next: done}\n  done: {end: success}\n"
)
UNTIL = """\
steps:
  enter: {role: clerk, next: await}
  await: {wait: until order.until, next: pack}
  pack: {role: clerk, timeout: {after: 2h, next: done}, sla: 1h, next: done}
  done: {end: success}
"""
KEPT_GOODS = (
    GOODS
    + """\
start: enter
steps:
  enter: {role: clerk, next: reserve}
  reserve:
    do: stock.reserve order.lines
    outcomes: {all: pick, some: pick, none: pick}
    undo: stock.release order.lines
  pick: {role: clerk, stock: ship order.lines, next: done}
  done: {end: success}
"""
)
EACH = (
    GOODS
    + """\
start: pack
steps:
  pack:
    role: clerk
    each: parcel in order.parcels
    asks: [parcel.weight]
    next: done
  done: {end: success}
"""
)
RESERVED = (
    GOODS
    + """\
start: pick
steps:
  pick: {role: clerk, stock: reserve order.lines, next: [pack, again]}
  again: {role: clerk, stock: reserve order.lines, next: ready}
  pack: {role: clerk, next: ready}
  ready: {join: all, role: clerk, next: done}
  done: {end: success}
"""
)


def order(run: Deeds) -> dict[str, object]:
    """The fields of the order."""
    record = run.case.data["order"]
    assert isinstance(record, dict)
    return record


def ids(run: Deeds, name: str) -> list[object]:
    """Ids of the elements of a list."""
    elements = order(run)[name]
    assert isinstance(elements, list)
    return [element[ELEMENT_ID] for element in elements]


def test_fields_are_set_and_taken_away_and_rules_read_them() -> None:
    run = Deeds(ROUTED, {"note": "call first", "paid": False})

    (event,) = run.change({"order.paid": True, "order.note": None})
    run.complete("enter")

    assert isinstance(event, DataChanged)
    assert (event.by, event.reason) == ("lead", "the customer has called")
    assert order(run) == {"number": "1001", "paid": True}
    assert run.open_steps == {"pack"}


@pytest.mark.parametrize("path", ["order.number", "order"])
def test_the_number_is_never_changed(path: str) -> None:
    run = Deeds(ROUTED)

    with pytest.raises(CommandRejected, match=r"other fields than order\.number"):
        run.change({path: "1002"})


@pytest.mark.parametrize(
    "values",
    [
        {"order.lines#1.sku": "b"},
        {"order.lines": [{"sku": "b", "quantity": 2}]},
        {"order.lines": []},
    ],
)
def test_the_article_of_goods_that_are_reserved_stays(
    values: Mapping[str, object],
) -> None:
    run = Deeds(KEPT_GOODS, {"lines": [{"sku": "a", "quantity": 2}]}, {"a": 9})
    run.complete("enter")

    with pytest.raises(CommandRejected, match="goods of it are reserved"):
        run.change(values)
    run.change({"order.lines#1.quantity": 3})

    assert run.case.reserved == {"order.lines#1": 2}


def test_priority_follows_the_fields_that_it_reads() -> None:
    run = Deeds(URGENT, {"count": 1})

    run.change({"order.count": 7})
    assert run.case.priority == 7
    run.change({"order.note": "call first"})

    assert [event.priority for event in run.of_kind(DataChanged)] == [7, None]


def test_a_wait_until_a_moment_goes_by_the_new_one() -> None:
    run = Deeds(UNTIL, {"until": 1_790_000_000_000_000})
    run.complete("enter")

    run.change({"order.until": run.at + HOUR})

    (retimed,) = run.of_kind(StepRetimed)
    assert (retimed.step, retimed.reason) == ("await", "data")
    assert run.task("await").timer == retimed.timer
    run.wait(61)
    run.fire("await")
    assert run.open_steps == {"pack"}


def test_a_wait_whose_moment_is_taken_away_is_an_incident() -> None:
    run = Deeds(UNTIL, {"until": 1_790_000_000_000_000})
    run.complete("enter")

    run.change({"order.until": None})
    assert run.task("await").timer is None
    assert "does not have" in run.incident("await")
    run.change({"order.until": run.at + HOUR})
    run.resolve("await")

    assert run.case.incidents == {}
    assert run.task("await").timer is not None


def test_times_that_hang_on_no_field_stay() -> None:
    run = Deeds(UNTIL, {"until": 0})
    run.complete("enter")
    before = run.task("pack")

    run.change({"order.note": "call first"})

    assert run.task("pack") == before
    assert run.of_kind(StepRetimed) == []


def test_elements_keep_their_ids_and_new_ones_get_others() -> None:
    parcels: list[dict[str, object]] = [{"lines": []}, {"lines": []}]
    run = Deeds(EACH, {"parcels": parcels})

    run.change({"order.parcels": [*parcels, {"lines": []}]})
    assert ids(run, "parcels") == ["1", "2", "3"]
    run.change({"order.parcels": [{ELEMENT_ID: "3", "lines": []}, {"lines": []}]})

    assert ids(run, "parcels") == ["3", "4"]


def test_a_field_of_one_element_is_named_by_its_id() -> None:
    run = Deeds(EACH, {"parcels": [{"lines": []}, {"lines": []}]})

    run.change({"order.parcels#2.weight": 900})

    parcels = order(run)["parcels"]
    assert isinstance(parcels, list)
    assert [parcel.get("weight") for parcel in parcels] == [None, 900]


def test_the_elements_of_an_open_step_stay_as_they_were() -> None:
    run = Deeds(EACH, {"parcels": [{"lines": []}, {"lines": []}]})

    run.change({"order.parcels": [{"lines": []}]})
    assert run.open_steps == {"pack#1", "pack#2"}
    run.complete("pack#2", answers={"parcel.weight": 5})
    run.complete("pack#1", answers={"parcel.weight": 7})

    assert ids(run, "parcels") == ["1"]
    assert run.case.outcome == "success"


def test_a_line_that_was_reserved_stays_the_same_line() -> None:
    run = Deeds(RESERVED, {"lines": [{"sku": "a", "quantity": 2}]}, stock={"a": 9})
    run.complete("pick")

    run.change({"order.lines": [{"sku": "a", "quantity": 5}]})
    run.complete("again")

    assert run.case.reserved == {"order.lines#1": 5}
    assert run.stock == {"a": 4}


def test_a_held_order_is_corrected_and_one_that_runs_no_more_is_not() -> None:
    run = Deeds("receive > pack")
    run.hold()

    run.change({"order.note": "second door"})
    assert run.case.state is CaseState.HELD
    run.cancel()

    with pytest.raises(Conflict, match="it is closed"):
        run.change({"order.note": "third door"})
