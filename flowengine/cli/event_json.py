"""An event for machines: what means something outside, and nothing personal."""

from collections.abc import Mapping
from dataclasses import fields

from flowengine.kernel.case import StockItem
from flowengine.kernel.events import CaseMigrated, DataChanged, Event, StepEnded
from flowengine.quantities import iso_time

#: Parts of an event that are a moment.
_MOMENTS = frozenset(
    {"at", "enabled", "started", "claimed", "due", "timer", "promised"}
)
#: Parts of an event that mean nothing outside, or that may hold personal values.
_INNER = frozenset(
    {
        "marking",
        "consumed",
        "produced",
        "way",
        "counted",
        "process",
        "case_id",
        "child",
        "parent",
        "alarms",
        "batch",
        "remembered",
        "reversible",
        "turn",
        "children",
        "pauses",
    }
)


def event_json(
    seq: int, event: Event, versions: Mapping[str, int]
) -> dict[str, object]:
    """An event with its position; `versions` has their numbers by digest."""
    told: dict[str, object] = {"seq": seq, "event": type(event).__name__}
    if isinstance(event, CaseMigrated):
        told["process_version"] = versions.get(event.process)
    if isinstance(event, DataChanged):
        told["fields"] = sorted(event.values)
    if isinstance(event, StepEnded) and event.pauses:
        told["paused"] = [list(map(iso_time, pause)) for pause in event.pauses]
    for each in fields(event):
        value = getattr(event, each.name)
        if each.name in _INNER or value is None or isinstance(value, Mapping):
            continue
        told[each.name] = iso_time(value) if each.name in _MOMENTS else _plain(value)
    return told


def _plain(value: object) -> object:
    """A part of an event for machines; goods without the addresses of their lines."""
    if not isinstance(value, tuple):
        return value
    return [
        {"sku": part.sku, "quantity": part.quantity}
        if isinstance(part, StockItem)
        else part
        for part in value
    ]
