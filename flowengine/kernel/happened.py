"""What all events have in common."""

from flowengine.kernel.case import UserId
from flowengine.kernel.values import dataclass
from flowengine.language.process import StepId
from flowengine.quantities import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What all events have in common."""

    at: Instant
    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class OfInstance(Happened):
    """What events of one step instance have in common."""

    step: StepId
    visit: int
    element: str | None = None
