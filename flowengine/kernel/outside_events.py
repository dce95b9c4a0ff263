"""What happened between a case and the world outside it: stock, machines, children."""

from collections.abc import Mapping
from dataclasses import field

from flowengine.kernel.case import CaseId, StockItem
from flowengine.kernel.happened import Happened, OfInstance
from flowengine.kernel.values import dataclass
from flowengine.language.parts import StockVerb
from flowengine.language.process import StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class StockAsked(OfInstance):
    """A step asks for goods; the answer stands in the same transaction."""

    verb: StockVerb
    items: tuple[StockItem, ...]
    source: str | None = None
    target: str | None = None
    #: Whether less than asked for may be given.
    partly: bool = False
    undo: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StockAnswered(OfInstance):
    """What the stock gave; replay reads this, never the ledger."""

    #: By line; a line left out was given nothing.
    given: Mapping[str, int] = field(default_factory=dict)
    refused: str | None = None
    #: Whether cancelling reverses it.
    reversible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectUndone(OfInstance):
    """The effect of a completed step was reversed, or is to be (`ship.*`)."""

    #: The `undo` as it stands in the file.
    text: str
    #: Why it could not be: an incident at that step.
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationAsked(OfInstance):
    """A machine is to do something with the order as it is now."""

    #: The `do` as it stands in the file.
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified(OfInstance):
    """Somebody is to be told."""

    #: A role, a department, or the address that the order holds.
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(OfInstance):
    """A share of the service level is used up and somebody is to be told."""

    #: Percent.
    share: int
    notify: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildAsked(OfInstance):
    """A case of another process is to be opened."""

    child: CaseId
    process: str
    #: Version of that process.
    version: int
    #: Fields of its record; a missing one is left out.
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildAnswered(Happened):
    """A child ended that leads nowhere: nothing waits for it, or not for that end."""

    child: CaseId
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePlaceReturned(Happened):
    """No token of the case is left in the steps that a gate counts."""

    step: StepId
