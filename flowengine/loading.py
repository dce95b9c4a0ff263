"""What is loaded when it is first used: names of packages (PEP 562), and modules.

So a command pays for what it uses only: `flowengine task list` reads no process file
and moves no order.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def when_used(package: str, places: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a package; `places` has the module of each of its names.

    A module of the package itself begins with a dot. No name may be that of one of its
    modules: which of the two it meant would depend on what was loaded before.
    """

    def find(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found: object = getattr(import_module(places[name], package), name)
        setattr(sys.modules[package], name, found)
        return found

    return find


class Module:
    """A module that is loaded when something of it is first asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> object:
        """What the module has; kept, so that asking again costs nothing."""
        found: object = getattr(import_module(self._name), name)
        setattr(self, name, found)
        return found
