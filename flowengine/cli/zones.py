"""Which clock people here read, and moments as it shows them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from flowengine.language.process import Process, zone_of
from flowengine.quantities import instant_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowengine.engine import Engine
    from flowengine.quantities import Instant


def usual_zone(engine: Engine) -> str:
    """The zone of the processes here; UTC where they have none, or several."""
    return zone_of_all(
        engine.net(found.name, found.version).process for found in engine.processes()
    )


def zone_of_all(processes: Iterable[Process]) -> str:
    """The one zone that processes name; UTC where that is none, or several."""
    zones = {zone_of(each) for each in processes if each.calendar is not None}
    return zones.pop() if len(zones) == 1 else "UTC"


def local_moment(text: str, zone: str) -> Instant:
    """The moment that an ISO day or time says, in `zone` where it names none.

    Raises:
        click.UsageError: It is neither.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(
            f"Expected a day such as 2026-06-19 or 2026-06-19T13:00, but got {text!r}."
        ) from error
    return instant_of(
        moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    )
