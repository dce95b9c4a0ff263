"""Proof of what is kept beside a history: numbers, answers, personal values, the feed.

Idempotency keys and personal values stand in no event. What can be proved of them is
that they fit the history: an answer lies within it, a value has the digest that stands
in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from flowengine.engine.differing import Difference, compared
from flowengine.engine.privacy import digest_of
from flowengine.engine.replaying import Past
from flowengine.language.process import Process
from flowengine.language.types import DataType, Kind
from flowengine.store.link import Row
from flowengine.store.people import MESSAGE_SECRET
from flowengine.store.rows import key_of


def number_differences(
    past: Past, stored: Sequence[Row], answers: Sequence[Row]
) -> Iterator[Difference]:
    """A case is found by its number, with the key that opened it."""
    key = next((row[1] for row in answers if row[2] == 1), None)
    expected = (past.case.number, key_of(past.case), key)
    yield from compared("case_number", past.case.number, stored, [expected])


def answer_differences(past: Past, stored: Sequence[Row]) -> Iterator[Difference]:
    """Answers lie within the history, one after the other.

    One that cannot be given any more becomes "nothing happened": its key still acts
    only once.
    """
    number, version = past.case.number, past.case.version
    spans = sorted(stored, key=lambda row: (_span(row), row[1]))
    wrong = [row for row in spans if not _is_within(_span(row), version)]
    full = [row for row in spans if row not in wrong and _span(row)[0] <= _span(row)[1]]
    wrong += [
        later for before, later in pairwise(full) if _span(later)[0] <= _span(before)[1]
    ]
    for row in wrong:
        first, last = _span(row)
        yield Difference(
            "idempotency",
            number,
            f"{row[1]} was answered with events {first} to {last}, "
            f"which is no answer of {version} events",
            stored=row,
            expected=(*row[:2], version + 1, version),
        )


def private_differences(past: Past, stored: Sequence[Row]) -> Iterator[Difference]:
    """Personal values have the digests that stand in the history, and are all there."""
    number = past.case.number
    fields: set[object] = set()
    digests: set[str] = set()
    for row in stored:
        _, name, salt, value = row
        if name == MESSAGE_SECRET or not isinstance(salt, bytes):
            continue
        digest = digest_of(salt, str(value))
        fields.add(name)
        digests.add(digest)
        if digest not in past.digests:
            text = f"{name} is not the value that was given"
            yield Difference("case_private", number, text)
    process = past.net.process
    root = DataType(Kind.RECORD, record=process.subject)
    data = past.case.data.get(process.subject)
    for path, value in _personal(process, root, data, process.subject):
        if value in digests or value in past.forgotten or value not in past.digests:
            continue
        yield Difference("case_private", number, f"{path} is missing")


def feed_differences(past: Past, stored: Sequence[Row]) -> Iterator[Difference]:
    """Readers of the feed meet every event once, in order."""
    number, version = past.case.number, past.case.version
    following = 1
    for row in stored:
        _, first, last = row
        if first == following and isinstance(last, int) and first <= last <= version:
            following = last + 1
        else:
            text = f"events {first} to {last} do not follow event {following - 1}"
            yield Difference("feed", number, text, stored=row)
    if following <= version:
        yield Difference(
            "feed",
            number,
            f"events {following} to {version} are missing",
            expected=(key_of(past.case), following, version),
        )


def _span(row: Row) -> tuple[int, int]:
    _, _, first, last = row
    if not isinstance(first, int) or not isinstance(last, int):
        raise TypeError(f"Not the numbers of events: {first!r}, {last!r}.")
    return first, last


def _is_within(span: tuple[int, int], version: int) -> bool:
    first, last = span
    return 1 <= first <= version + 1 and first - 1 <= last <= version


def _personal(
    process: Process, data_type: DataType, value: object, path: str
) -> Iterator[tuple[str, str]]:
    """Personal values of some data by their paths, as they stand there."""
    if data_type.personal:
        if isinstance(value, str):
            yield path, value
    elif isinstance(value, Mapping):
        record = process.data.get(data_type.record or "")
        for name, field in (record.fields if record is not None else {}).items():
            yield from _personal(process, field, value.get(name), f"{path}.{name}")
    elif isinstance(value, list) and data_type.element is not None:
        for place, inner in enumerate(value, 1):
            yield from _personal(process, data_type.element, inner, f"{path}#{place}")
