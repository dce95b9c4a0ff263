"""The written diagram that runs.

A process owner writes one YAML file. It is checked (`language`, `net`), it moves every
order (`kernel`, `store`, `engine`), and what happened (`eventlog`, `analysis`) is drawn
on it (`diagram`). Four immutable values go between these packages: `Process` is what
somebody wrote, `Net` what should happen, `Case` what is happening to one order, and
`EventLog` what happened.

A program that runs orders embeds the engine; people use `flowengine.cli`.

    from flowengine import Engine, create_database

    create_database("shop.db")
    with Engine("shop.db") as engine:
        ...

Importing the package loads nothing else: each name is loaded when it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowengine.configuration import read_configuration
    from flowengine.engine import Engine
    from flowengine.engine.automations import AutomationCall
    from flowengine.engine.database import create_database
    from flowengine.errors import FlowError

__version__ = "0.3.0"

__all__ = [
    "AutomationCall",
    "Engine",
    "FlowError",
    "__version__",
    "create_database",
    "read_configuration",
]

_PLACES = {
    "AutomationCall": "flowengine.engine.automations",
    "Engine": "flowengine.engine",
    "FlowError": "flowengine.errors",
    "create_database": "flowengine.engine.database",
    "read_configuration": "flowengine.configuration",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a name of the package when it is first asked for."""
        if name not in _PLACES:
            raise AttributeError(f"module 'flowengine' has no attribute {name!r}")
        found = getattr(import_module(_PLACES[name]), name)
        globals()[name] = found
        return found
