"""`python NAME`: functions that the installation has registered."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from flowengine.engine.automations.values import (
    LONGEST_REASON,
    Answer,
    AutomationCall,
    Failed,
    answer_from,
)
from flowengine.errors import InvalidInput

#: Given what is asked; returns an outcome, a mapping with `outcome` and `answers`, or
#: nothing. What it raises is a reason to try again.
Function = Callable[[AutomationCall], Mapping[str, object] | str | None]


def call_function(function: Function, asked: AutomationCall) -> Answer:
    """Call a function; what it raises is told with its type."""
    try:
        said = function(asked)
    except Exception as error:  # whatever a function of somebody else's raises
        text = " ".join(f"{type(error).__name__}: {error}".split())
        return Failed(text[:LONGEST_REASON])
    return answer_from(said)


def import_functions(
    named: Mapping[str, str], folders: Mapping[str, Path]
) -> dict[str, Function]:
    """The functions of `[automations]`, `package.module:function` by name.

    A module may lie in the folder of the file that names it.

    Raises:
        InvalidInput: One cannot be imported, or is no function.
    """
    return {name: _imported(name, path, folders) for name, path in named.items()}


def _imported(name: str, path: str, folders: Mapping[str, Path]) -> Function:
    module_name, _, function_name = path.partition(":")
    folder = str(folders.get(name, Path()).resolve())
    if folder not in sys.path:
        # Last: what lies there stands in nobody's way.
        sys.path.append(folder)
    try:
        found = getattr(import_module(module_name), function_name, None)
    except (ImportError, ValueError) as error:
        raise InvalidInput(
            f"Expected to import {path} for the automation {name}, but: {error}."
        ) from error
    if not callable(found):
        raise InvalidInput(
            f"Expected a function {function_name or '…'} in {module_name} for the "
            f"automation {name}, but there is none: write `package.module:function`."
        )
    function: Function = found
    return function
