"""How the engines of a world are: as they are, written in one go, or broken."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import ModuleType

from flowengine.engine import transact
from flowengine.store import database
from tests.world.faults import Spoiling
from tests.world.pipelined import pipelined_links
from tests.world.sharing import replaced


@dataclass(frozen=True, slots=True)
class Manner:
    """What is different about the engines of a world."""

    name: str = "plain"
    #: Commands are written as on PostgreSQL: see `pipelined.py`.
    is_pipelined: bool = False
    #: What statements are made to say.
    spoil: Spoiling = str
    #: Modules, names in them, and what stands there instead.
    instead: tuple[tuple[ModuleType, str, object], ...] = ()

    @contextmanager
    def living(self) -> Iterator[None]:
        """In this context engines are like this."""
        with ExitStack() as stack:
            for module, name, value in (*self._links(), *self.instead):
                stack.enter_context(replaced(module, name, value))
            yield

    def _links(self) -> tuple[tuple[ModuleType, str, object], ...]:
        if not self.is_pipelined:
            return ()
        # Whoever was overtaken tries again at once: time is not real here.
        return (database, "_links", pipelined_links), (transact, "_PAUSES", (1,) * 9)


PLAIN = Manner()
PIPELINED = Manner("pipelined", is_pipelined=True)
