"""Whatever somebody changes in a table behind the engine's back, `check` tells."""

from collections.abc import Mapping

import pytest

from tests.engine.shop import PACKED, Shop

#: What is done to the tables, and the word that the check says.
TAMPERED: Mapping[str, tuple[str, str]] = {
    "a child is forgotten": ("DELETE FROM child", "child"),
    "a child of nobody": (
        "INSERT INTO child SELECT case_id, 'x', '', 1, child_id FROM child",
        "child",
    ),
    "another turn at the gate": ("UPDATE gate_wait SET rank = case_id", "gate_wait"),
    "nobody waits at the gate": ("DELETE FROM gate_wait", "gate_wait"),
    "a place too many": ("UPDATE gate_count SET count = count + 1", "3 places"),
    "a place too few": ("UPDATE gate_count SET count = count - 1", "1 places"),
    "no places at all": ("DELETE FROM gate_count", "0 places"),
    "less is reserved": ("UPDATE reserved SET quantity = 1", "reserved"),
    "another article": ("UPDATE reserved SET sku = 'B2'", "reserved"),
    "an errand is lost": ("DELETE FROM outbox WHERE kind = 'http'", "label waits"),
    "a call is lost": ("DELETE FROM outbox WHERE kind = 'child'", "credit waits"),
    "an errand says something else": ("UPDATE outbox SET body = '{}'", "outbox"),
    "an errand that nobody gave": (
        "INSERT INTO outbox SELECT 999, case_id, seq, kind, step, 'k', body, at, NULL, "
        "0, 0, NULL, NULL, 0 "
        "FROM outbox LIMIT 1",
        "outbox",
    ),
    "another element": (
        "UPDATE task_row SET element = '9' WHERE element = '1'",
        "task",
    ),
    "another group": ("UPDATE task_row SET group_id = 'x'", "task_row"),
    "an alarm is lost": ("DELETE FROM timer WHERE kind = 'escalation'", "timer"),
    "the element of a fact": ("UPDATE step_fact SET element = '3'", "step_fact"),
    "the expense of a fact": ("UPDATE step_fact SET expense = 3", "step_fact"),
}


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Orders in the middle of everything."""
    shop.to_gate("1", "2", "3")
    shop.engine.claim("1/pick", by="peter")
    for number in "12":
        shop.engine.complete(f"{number}/pick", by="peter")
    shop.pack("1")
    shop.engine.complete("2/pack#2", by="peter", answers=PACKED)
    shop.order("4")
    fields = {"number": "5", "priority": 0, "zone": "A", "customer": "x"}
    more: dict[str, object] = {"total": "1 EUR", "lines": [], "parcels": []}
    shop.engine.open_order("shop", {**fields, **more}, by="anna")
    assert shop.engine.upkeep.check() == ()
    return shop


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_changed_behind_the_engine_is_told(busy: Shop, name: str) -> None:
    deed, word = TAMPERED[name]
    assert busy.change(deed) > 0

    told = busy.engine.upkeep.check()

    assert told
    assert word in " ".join(map(str, told))
