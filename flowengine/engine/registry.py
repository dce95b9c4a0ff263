"""Process versions of one database, compiled when first used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flowengine.engine.values import ProcessVersion
from flowengine.errors import Conflict, InvalidProcess, NotFound
from flowengine.language.problems import Severity
from flowengine.language.process import Process, Title
from flowengine.loading import Module
from flowengine.store import processes as stored
from flowengine.store.database import Database
from flowengine.store.processes import StoredProcess
from flowengine.store.versions import open_counts

# Reading a process takes as long to load as `task list` may, and checking one longer.
if TYPE_CHECKING:
    from flowengine.engine import pinning
    from flowengine.language import reader
    from flowengine.net import check
    from flowengine.net import compile as compiling
    from flowengine.net.net import Net
else:
    check = Module("flowengine.net.check")
    compiling = Module("flowengine.net.compile")
    pinning = Module("flowengine.engine.pinning")
    reader = Module("flowengine.language.reader")


class Registry:
    """Finds the net of a stored process version."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._nets: dict[str, Net] = {}

    def load(self) -> None:
        """Load what reading a process needs."""
        _ = reader.read_process, compiling.compile_net

    def add(self, text: str, path: str) -> ProcessVersion:
        """Check a process file and store it as a version.

        Raises:
            InvalidProcess: It has errors; all of them are in `problems`.
            Conflict: The same name and version is stored with another text.
        """
        checked = check.check_text(text, path)
        process, net = checked.process, checked.net
        problems = checked.problems
        if process is not None:
            calls = pinning.call_problems(process, path, self._stored)
            problems = tuple(sorted((*problems, *calls)))
        errors = [p for p in problems if p.severity is Severity.ERROR]
        if errors or process is None or net is None:
            raise InvalidProcess(
                f"Expected a process without errors, but {path} has {len(errors)}: "
                f"see `flowengine process check {path}`.",
                problems,
            )
        with self._database.writing("process_version") as connection:
            same_name = stored.processes(connection, name=process.name)
            for known in same_name:
                if known.digest == process.digest:
                    return _version(known)
                if known.version == process.version:
                    raise Conflict(
                        f"Expected {process.name} version {process.version} as it is "
                        f"stored, but {path} says something else under that number: "
                        f"write `version: {same_name[0].version + 1}`."
                    )
            record = stored_process(process, net.places)
            stored.add_process(connection, record)
        self._nets[process.digest] = net
        return _version(record)

    def _stored(self, name: str, version: int) -> Process | None:
        """A stored process, for calls that name it."""
        with self._database.reading() as connection:
            digest = stored.digest_of(connection, name, version)
        return None if digest is None else self.net(digest).process

    def versions(self) -> tuple[ProcessVersion, ...]:
        """All stored versions by name, the newest first."""
        with self._database.reading() as connection:
            return tuple(_version(known) for known in stored.processes(connection))

    def counted(self) -> tuple[ProcessVersion, ...]:
        """All stored versions, with how many open orders run by each."""
        with self._database.reading() as connection:
            orders = open_counts(connection)
        return tuple(
            replace(version, orders=orders.get(version.digest, 0))
            for version in self.versions()
        )

    def titles(self) -> dict[str, dict[str, Title]]:
        """Titles of each version by digest, without compiling anything."""
        with self._database.reading() as connection:
            return {
                known.digest: {
                    name: Title(**title) for name, title in known.titles.items()
                }
                for known in stored.processes(connection)
            }

    def named(self, name: str, version: int | None = None) -> Net:
        """The net of a process by name, the newest version unless one is named.

        Raises:
            NotFound: No such process is stored.
        """
        # Asked each time: another program may have stored a newer version meanwhile.
        with self._database.reading() as connection:
            digest = stored.digest_of(connection, name, version)
            if digest in self._nets:
                return self._nets[digest]
            for known in stored.processes(connection, digest=digest or ""):
                return self._compiled(known)
            known_ones = stored.processes(connection)
        raise _no_process(name, version, known_ones)

    def net(self, digest: str) -> Net:
        """The net of a version by its digest.

        Raises:
            NotFound: No such version is stored.
        """
        net = self._nets.get(digest)
        if net is not None:
            return net
        with self._database.reading() as connection:
            found = stored.processes(connection, digest=digest)
        if not found:
            raise NotFound(f"Expected process version {digest}, but it is not stored.")
        return self._compiled(found[0])

    def _compiled(self, known: StoredProcess) -> Net:
        net = self._nets.get(known.digest)
        if net is None:
            reading = reader.read_process(known.text, f"{known.name}@{known.version}")
            if reading.process is None:
                raise InvalidProcess(
                    f"Expected {known.name} version {known.version} as it was stored, "
                    "but this flowengine cannot read it: use the one that stored it.",
                    tuple(reading.problems),
                )
            net = compiling.compile_net(reading.process, known.places)
            self._nets[known.digest] = net
        return net


def _no_process(
    name: str, version: int | None, known: Sequence[StoredProcess]
) -> NotFound:
    """That a process is not stored, with what is there instead."""
    versions = sorted(each.version for each in known if each.name == name)
    wanted = name if version is None else f"{name} version {version}"
    there = ", ".join(sorted({each.name for each in known})) or "none"
    if versions:
        there = f"version {', '.join(map(str, versions))}"
    return NotFound(
        f"Expected process {wanted} in the database, but it has {there}: "
        "add it with `flowengine process add FILE`."
    )


def stored_process(process: Process, places: Sequence[str]) -> StoredProcess:
    """A version as it is stored; `places` names those of its net in their order."""
    titles = {"": process.title}
    titles |= {f"step/{step.id}": step.title for step in process.steps.values()}
    titles |= {
        f"department/{department.id}": department.title
        for department in process.departments.values()
    }
    return StoredProcess(
        digest=process.digest,
        name=process.name,
        version=process.version,
        text=process.text,
        places=tuple(places),
        titles={
            name: {"en": title.en, "lv": title.lv} for name, title in titles.items()
        },
    )


def _version(known: StoredProcess) -> ProcessVersion:
    return ProcessVersion(
        known.name, known.version, known.digest, Title(**known.titles[""])
    )
