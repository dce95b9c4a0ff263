"""The process that an argument names: a file, or a version in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowengine.cli.fields import STDIN, read_text

if TYPE_CHECKING:
    from flowengine.cli.session import Session
    from flowengine.net import Net


def find_net(
    session: Session, source: str, version: int | None = None, *, checked: bool = True
) -> Net:
    """The net of a process file, or of a process in the database: `NAME`, `NAME@3`.

    Unless `checked`, a file may have errors, if it can be compiled all the same.

    Raises:
        InvalidProcess: The file has errors; all of them are in `problems`.
        NotFound: No such process is stored.
    """
    if source != STDIN and not source.endswith((".yaml", ".yml")):
        name, at, number = source.rpartition("@")
        if at and number.isdecimal():
            source, version = name, int(number)
        with session.engine() as engine:
            return engine.net(source, version)
    from flowengine.errors import InvalidProcess
    from flowengine.language import Severity
    from flowengine.net.check import check_text

    found = check_text(read_text(source), source)
    errors = [each for each in found.problems if each.severity is Severity.ERROR]
    if found.net is None or (errors and checked):
        raise InvalidProcess(
            f"Expected a process without errors, but {source} has {len(errors)}.",
            tuple(found.problems),
        )
    return found.net
