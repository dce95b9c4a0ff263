"""Names on the command line that nothing in the database has."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from flowengine.errors import NotFound
from flowengine.language.near import near_name

if TYPE_CHECKING:
    from flowengine.engine import Engine
    from flowengine.language.process import Process


def roles_of(engine: Engine) -> set[str]:
    """The roles of all versions in the database."""
    return {str(role) for process in _processes(engine) for role in process.roles}


def refuse_unknown(
    engine: Engine,
    *,
    process: str | None = None,
    step: str | None = None,
    role: str | None = None,
    department: str | None = None,
    number: str | None = None,
) -> None:
    """Tell an empty list from a name that is nowhere, as a slip of the pen is.

    Raises:
        NotFound: There is no such process, step, role, department or order.
    """
    if process is not None:
        engine.net(process)
    if number is not None:
        engine.order(number)
    stored = [
        each for each in _processes(engine) if process is None or each.name == process
    ]
    for kind, name, known in (
        ("step", step, (id_ for each in stored for id_ in each.steps)),
        ("role", role, (id_ for each in stored for id_ in each.roles)),
        (
            "department",
            department,
            (id_ for each in stored for id_ in each.departments),
        ),
    ):
        _refuse(kind, name, known)


def otherwise(name: str, known: Collection[str]) -> str:
    """What was probably meant, or what there is, in words."""
    meant = near_name(name, known, 0.6)
    if meant is not None:
        return f"did you mean {meant}?"
    return f"there are {', '.join(sorted(known)) or 'none'}."


def _refuse(kind: str, name: str | None, known: Iterable[str]) -> None:
    names = {str(each) for each in known}
    if name is not None and name not in names:
        raise NotFound(
            f"Expected a {kind} of a process in the database, but got {name}; "
            f"{otherwise(name, names)}"
        )


def _processes(engine: Engine) -> list[Process]:
    return [
        engine.net(found.name, found.version).process for found in engine.processes()
    ]
