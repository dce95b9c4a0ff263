"""Process versions: stored whole, by the hash of their text, and never changed."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from sqlalchemy import Connection, insert, select

from flowengine.store.json_text import from_json, to_json
from flowengine.store.tables import process_version


class StoredProcess(NamedTuple):
    """One process version as it is stored."""

    digest: str
    name: str
    version: int
    text: str
    #: Names of the net's places in the order of their bits.
    places: tuple[str, ...]
    #: "" for the process, "step/ID", "department/ID" -> {"en": ..., "lv": ...}.
    titles: dict[str, dict[str, str]]


def add_process(connection: Connection, process: StoredProcess) -> None:
    """Store a version that is not there yet."""
    names = process_version.columns.keys()
    values = dict(zip(names, row_of(process), strict=True))
    connection.execute(insert(process_version).values(values))


def row_of(process: StoredProcess) -> tuple[object, ...]:
    """The row of a version, in the table's order."""
    *rest, places, titles = process
    return (*rest, to_json(places), to_json(titles))


def digest_of(
    connection: Connection, name: str, version: int | None = None
) -> str | None:
    """The digest of a version, of the newest unless one is named; None if unknown."""
    query = (
        select(process_version.c.digest)
        .where(process_version.c.name == name)
        .order_by(process_version.c.version.desc())
        .limit(1)
    )
    if version is not None:
        query = query.where(process_version.c.version == version)
    return connection.execute(query).scalar()


def processes(
    connection: Connection, name: str | None = None, digest: str | None = None
) -> Sequence[StoredProcess]:
    """Stored versions by name, the newest first."""
    query = select(process_version).order_by(
        process_version.c.name, process_version.c.version.desc()
    )
    if name is not None:
        query = query.where(process_version.c.name == name)
    if digest is not None:
        query = query.where(process_version.c.digest == digest)
    return [
        StoredProcess(
            digest=row.digest,
            name=row.name,
            version=row.version,
            text=row.text,
            places=tuple(cast("list[str]", from_json(row.places))),
            titles=cast("dict[str, dict[str, str]]", from_json(row.titles)),
        )
        for row in connection.execute(query)
    ]
