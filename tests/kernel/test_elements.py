"""Elements of lists: ids that stay, and fields addressed through them."""

from flowengine.kernel.elements import elements_of, value_at, with_ids, with_values
from tests.builders import GOODS, Run

STEPS = """\
steps:
  enter: {role: clerk, asks: [order.lines], next: done}
  done: {end: success}
"""


def test_every_record_in_a_list_gets_an_id_also_inside_another() -> None:
    data = {"order": {"parcels": [{"lines": [{"sku": "a"}, {"sku": "b"}]}, {}]}}

    known = with_ids(data)

    assert known == {
        "order": {
            "parcels": [
                {"#": "1", "lines": [{"#": "1", "sku": "a"}, {"#": "2", "sku": "b"}]},
                {"#": "2"},
            ]
        }
    }
    assert data["order"]["parcels"][1] == {}


def test_ids_stay_and_are_never_given_again() -> None:
    before = [{"#": "1", "sku": "a"}, {"#": "2", "sku": "b"}]

    after = with_ids([{"#": "2", "sku": "b"}, {"sku": "c"}], before)

    assert after == [{"#": "2", "sku": "b"}, {"#": "3", "sku": "c"}]


def test_what_has_its_ids_already_is_not_copied() -> None:
    data = {"order": {"lines": [{"#": "1"}], "tags": ["a", "b"]}}

    assert with_ids(data) is data


def test_an_element_without_an_id_is_known_by_its_position() -> None:
    data = {"order": {"lines": [{"sku": "a"}, {"#": "7", "sku": "b"}]}}

    found = elements_of(data, ("order", "lines"))

    assert [name for name, _ in found] == ["1", "7"]
    assert elements_of(data, ("order", "parcels")) == ()
    assert elements_of({"order": 3}, ("order", "lines")) == ()


def test_a_field_of_an_element_is_set_and_all_else_stays() -> None:
    data = {"order": {"lines": [{"#": "1", "sku": "a"}, {"#": "2", "sku": "b"}]}}

    after = with_values(data, {"order.lines#2.picked": True, "order.lines#9.sku": "z"})

    assert value_at(after, ["order", "lines#2"]) == {
        "#": "2",
        "sku": "b",
        "picked": True,
    }
    assert value_at(after, ("order", "lines#1", "picked")) is None
    assert value_at(data, ("order", "lines#2", "picked")) is None


def test_opening_and_answers_give_ids() -> None:
    run = Run(GOODS + STEPS, {"lines": [{"sku": "a", "quantity": 1}]})
    assert value_at(run.case.data, ("order", "lines#1", "sku")) == "a"

    new = [{"sku": "b", "quantity": 2}]
    run.complete("enter", answers={"order.lines": new})

    assert value_at(run.case.data, ("order", "lines")) == [{"#": "2", **new[0]}]
