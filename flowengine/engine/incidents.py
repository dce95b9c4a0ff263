"""Steps that stand still, as people read them."""

from dataclasses import dataclass

from sqlalchemy import Connection

from flowengine.engine.registry import Registry
from flowengine.kernel.case import UserId
from flowengine.language.process import StepId, Title
from flowengine.quantities import Instant
from flowengine.store import incidents as stored


@dataclass(frozen=True, slots=True)
class Incident:
    """A step of an order that stands still."""

    number: str
    process: str
    step: StepId
    title: Title
    reason: str
    #: When it was said, and by whom: a person or a machine.
    at: Instant
    by: UserId

    @property
    def ref(self) -> str:
        """What people call it: "1001/pack"."""
        return f"{self.number}/{self.step}"


def incidents(connection: Connection, registry: Registry) -> tuple[Incident, ...]:
    """All that stand still, the oldest first."""
    titles = registry.titles()
    return tuple(
        Incident(
            number=found.number,
            process=found.process,
            step=StepId(found.step),
            title=titles[found.digest].get(
                f"step/{found.step}", Title(found.step, found.step)
            ),
            reason=found.reason,
            at=Instant(found.at),
            by=UserId(found.by),
        )
        for found in stored.incidents(connection)
    )
