"""What machines answer in the demo: carriers chosen, orders split."""

import random
from collections.abc import Callable, Mapping

from flowengine.demo.floor import OpenStep
from flowengine.demo.habits import chance_at, drawn, fields_of
from flowengine.quantities import SECOND, Duration

_CARRIERS = ((50, "DPD"), (30, "Omniva"), (20, "Latvijas Pasts"))


def machine_answer(step: OpenStep, seed: int) -> tuple[Duration, Mapping[str, object]]:
    """How long the machine of an automation needs, and the fields that it answers."""
    chance = chance_at(step, seed, "machine")
    delay = Duration(chance.randint(1, 8) * SECOND)
    return delay, _MACHINES[step.step.id](step, chance)


def _carrier(step: OpenStep, chance: random.Random) -> Mapping[str, object]:
    subject = step.order.net.process.subject
    return {f"{subject}.carrier": drawn(chance, _CARRIERS)}


def _shipments(step: OpenStep, _: random.Random) -> Mapping[str, object]:
    """What is there goes now, and the rest as it comes: half of the lines each."""
    lines = fields_of(step, "lines")
    middle = (len(lines) + 1) // 2
    parts = [part for part in (lines[:middle], lines[middle:]) if part]
    return {"order.shipments": [{"lines": part} for part in parts]}


_MACHINES: Mapping[str, Callable[[OpenStep, random.Random], Mapping[str, object]]] = {
    "choose-carrier": _carrier,
    "make-shipments": _shipments,
}
