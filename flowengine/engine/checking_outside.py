"""Proof that gates count right, and that what others are to be told is on its way."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import Connection

from flowengine.engine.differing import Difference, told_row
from flowengine.engine.registry import Registry, stored_process
from flowengine.engine.replaying import Past, replayed
from flowengine.kernel.case import CaseId, Task
from flowengine.language import read_process
from flowengine.net import compile_net
from flowengine.store import processes, proof
from flowengine.store.link import Row
from flowengine.store.outbox import TO_MACHINES, errand_key, kind_of
from flowengine.store.processes import StoredProcess

_KEY = proof.columns_of("outbox").index("key")


def gate_differences(
    connection: Connection, places: Counter[tuple[str, str]]
) -> Iterator[Difference]:
    """Compare the counters of gates with the places that cases hold."""
    stored = proof.gate_counts(connection)
    for process, step in sorted(stored.keys() | places.keys()):
        counted, held = stored.get((process, step), 0), places[process, step]
        if counted == held:
            continue
        has_row = (process, step) in stored
        yield Difference(
            "gate_count",
            None,
            f"{process}/{step}: {counted} places are counted, but {held} are held",
            stored=(process, step, counted) if has_row else None,
            expected=(process, step, held) if held else None,
        )


def version_differences(connection: Connection) -> Iterator[Difference]:
    """Stored versions are the texts that their digests name, and are called so."""
    for known in processes.processes(connection):
        text, expected = _wrong_version(known)
        if text is not None:
            told = f"{known.name} version {known.version} {text}"
            yield Difference("process_version", None, told, expected=expected)


def _wrong_version(known: StoredProcess) -> tuple[str | None, Row | None]:
    """What is wrong with a stored version, and what would put it right."""
    if sha256(known.text.encode()).hexdigest() != known.digest:
        return "is not the text that was added", None
    process = read_process(known.text, known.name).process
    if process is None:
        return "cannot be read by this flowengine", None
    if sorted(known.places) != sorted(compile_net(process).places):
        return "has other places than its text", None
    expected = stored_process(process, known.places)
    if known != expected:
        return "is called otherwise in its text", processes.row_of(expected)
    return None, None


def outside_differences(
    connection: Connection, registry: Registry, past: Past, stored: Sequence[Row]
) -> Iterator[Difference]:
    """What a case gave to tell: nothing is made up, nothing awaited is lost."""
    number = past.case.number
    keys = {str(row[_KEY]) for row in stored}
    for row in stored:
        if row not in past.given:
            text = f"{told_row('outbox', row)} does not follow from its events"
            given = past.errands.get(str(row[_KEY]))
            yield Difference("outbox", number, text, stored=row, expected=given)
    for task, key in _lost(connection, past, keys):
        given = past.errands.get(key)
        if given is None and task.child is not None:
            given = _end_of(connection, registry, task.child).get(key)
        text = f"{task.id} waits for an answer that nobody will give"
        yield Difference("outbox", number, text, expected=given)


def _lost(
    connection: Connection, past: Past, keys: set[str]
) -> Iterator[tuple[Task, str]]:
    """Open instances that wait for somebody who does not know of it, and by what."""
    case = past.case
    for task in case.tasks.values():
        if task.step in case.incidents:
            continue
        if task.child is not None:
            key = _unknown_child(connection, task.child, keys)
            if key is not None:
                yield task, key
        elif kind_of(past.net, task.step) in TO_MACHINES:
            key = errand_key(case, task.step, task.visit, task.element)
            if key not in keys:
                yield task, key


def _unknown_child(connection: Connection, child: CaseId, keys: set[str]) -> str | None:
    """The key of what is to be told, where a child is neither open nor on its way."""
    child_id = bytes.fromhex(child)
    has_ended = proof.has_ended(connection, child_id)
    if has_ended is None:
        return None if child in keys else child
    told = f"{child}:closed"
    if not has_ended or proof.is_to_be_told(connection, child_id, told):
        return None
    return told


def _end_of(
    connection: Connection, registry: Registry, child: CaseId
) -> Mapping[str, Row]:
    """What a child gave to tell."""
    history = proof.history(connection, bytes.fromhex(child))
    return replayed(registry, history).errands if history else {}
