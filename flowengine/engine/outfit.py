"""What this installation can do by machines: its settings, and its functions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from flowengine.configuration import Configuration
from flowengine.language.parts import AutomationKind
from flowengine.loading import Module
from flowengine.quantities import SECOND, Duration

if TYPE_CHECKING:
    from flowengine.engine import automations
    from flowengine.engine.automations import Function
    from flowengine.store import outbox
else:
    automations = Module("flowengine.engine.automations")
    outbox = Module("flowengine.store.outbox")

#: How much longer a lease lasts than what is done under it may take.
_MARGIN = Duration(30 * SECOND)


class Outfit:
    """Settings, and the functions of `python NAME`."""

    def __init__(
        self, configuration: Configuration, given: Mapping[str, Function]
    ) -> None:
        """Take settings, and functions beside those that they name."""
        self.configuration = configuration
        self._given = given
        self._functions: Mapping[str, Function] | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of errands that are done here; all others are left to somebody else."""
        said = self.configuration
        able = {
            outbox.NOTIFY: said.mail is not None or said.webhook is not None,
            AutomationKind.HTTP.value: bool(said.http.allow),
            AutomationKind.PYTHON.value: bool(said.automations or self._given),
        }
        return tuple(kind for kind, can in able.items() if can)

    @property
    def lease(self) -> Duration:
        """For how long an errand is taken."""
        return Duration(self.configuration.worker.timeout + _MARGIN)

    def functions(self) -> Mapping[str, Function]:
        """The functions by name; those that the settings name are imported once.

        Raises:
            InvalidInput: One that they name cannot be imported.
        """
        if self._functions is None:
            said = self.configuration
            folders = {
                name: Path(said.origins.get(f"automations.{name}", "")).parent
                for name in said.automations
            }
            named = automations.import_functions(said.automations, folders)
            self._functions = {**named, **self._given}
        return self._functions
