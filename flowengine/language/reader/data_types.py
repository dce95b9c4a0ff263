"""The records under `data`, and the types of their fields."""

import re
from collections.abc import Mapping

from flowengine.language.nodes import Node, TextNode
from flowengine.language.reader.fields import entries_of
from flowengine.language.reader.page import Page, did_you_mean
from flowengine.language.reader.places import place_in
from flowengine.language.reader.values import WORD, read_text, read_word
from flowengine.language.source import LONGEST_VALUE
from flowengine.language.types import DataType, Kind, Record

_SIMPLE = {
    kind.value: kind
    for kind in Kind
    if kind not in (Kind.ONE_OF, Kind.LIST, Kind.RECORD)
}
_ONE_OF = re.compile(r"one of\s*\[(.*)\]", re.DOTALL)
_MONEY_IN = re.compile(r"money in ([A-Z]{3})")
#: Fields of one record, those of the records inside it counted with it.
MOST_FIELDS = 5_000
MOST_RECORDS = 200
_DEEPEST_LIST = 4
#: Words people use for a type that has another name here.
_OTHER_WORDS = {
    "string": "text",
    "str": "text",
    "bool": "yes/no",
    "boolean": "yes/no",
    "int": "integer",
    "float": "number",
    "decimal": "number",
    "datetime": "time",
    "timestamp": "time",
    "timespan": "duration",
    "enum": "one of [a, b]",
    "array": "list of text",
    "price": "money",
    "amount": "money",
}


def read_records(
    page: Page, node: Node | None
) -> tuple[Mapping[str, Record], frozenset[str]]:
    """All records of `data`, and the names of fields whose type cannot be read."""
    written = {
        key.value: (key, value)
        for key, value in entries_of(page, node, "`data`", "order: {number: text}")
        if read_word(page, key, "the name of a record")
    }
    if len(written) > MOST_RECORDS and node is not None:
        message = f"more than {MOST_RECORDS} records"
        page.error(node, "F110", message, "Put fields that belong together into one.")
        return {}, frozenset(written)
    known = tuple(written)
    records = {}
    unreadable: set[str] = set()
    for name, (key, value) in written.items():
        if name in _SIMPLE:
            message = f"`{name}` is the name of a type already"
            page.error(key, "F139", message, "Give the record another name.")
        records[name] = Record(name, _read_fields(page, name, value, known, unreadable))
    _tell_circles(page, records, {name: key for name, (key, _) in written.items()})
    return records, frozenset(unreadable)


def _read_fields(
    page: Page,
    record: str,
    node: Node,
    records: tuple[str, ...],
    unreadable: set[str],
) -> dict[str, DataType]:
    fields = {}
    for key, value in entries_of(page, node, f"record `{record}`", "number: text"):
        name = read_word(page, key, "the name of a field")
        data_type = read_type(page, value, records)
        if name and data_type:
            fields[name] = data_type
        else:
            unreadable.add(key.value)
    return fields


def read_type(page: Page, node: Node, records: tuple[str, ...]) -> DataType | None:
    """A type as it is written: `optional personal text`, `list of line`."""
    text = read_text(page, node, "a type such as `text` or `money`", LONGEST_VALUE)
    if text is None or not isinstance(node, TextNode):
        return None
    rest = " ".join(text.split())
    prefixes = set()
    while (word := rest.partition(" ")[0]) in ("optional", "personal"):
        prefixes.add(word)
        rest = rest.removeprefix(word).strip()
    base = _base_type(page, node, rest, records)
    if base is None:
        return None
    return DataType(
        base.kind,
        optional="optional" in prefixes,
        personal="personal" in prefixes,
        choices=base.choices,
        element=base.element,
        record=base.record,
        currency=base.currency,
    )


def _base_type(
    page: Page, node: TextNode, text: str, records: tuple[str, ...]
) -> DataType | None:
    if text in _SIMPLE:
        return DataType(_SIMPLE[text])
    if text in records:
        return DataType(Kind.RECORD, record=text)
    if found := _ONE_OF.fullmatch(text):
        return _one_of(page, node, found[1])
    if found := _MONEY_IN.fullmatch(text):
        return DataType(Kind.MONEY, currency=found[1])
    if text.count("list of ") > _DEEPEST_LIST:
        message = f"lists inside each other deeper than {_DEEPEST_LIST}"
        page.error(node, "F128", message, "Make a record of what a list holds.")
        return None
    if text.startswith("list of "):
        element = _base_type(page, node, text.removeprefix("list of "), records)
        return None if element is None else DataType(Kind.LIST, element=element)
    _tell_unknown(page, node, text, records)
    return None


def _one_of(page: Page, node: TextNode, inside: str) -> DataType | None:
    choices = tuple(choice.strip() for choice in inside.split(","))
    for choice in choices:
        if not WORD.fullmatch(choice):
            at = place_in(node, page.text, max(0, node.value.find(choice)), len(choice))
            page.error(
                at,
                "F128",
                f"`{choice}` cannot be a value of `one of`",
                "Use letters without accents, digits and `_`, with commas between.",
            )
            return None
    if len(set(choices)) < len(choices):
        message = "a value of this `one of` is written twice"
        page.error(node, "F128", message, "Each value stands in it once.")
        return None
    return DataType(Kind.ONE_OF, choices=choices)


def _tell_unknown(
    page: Page, node: TextNode, text: str, records: tuple[str, ...]
) -> None:
    known = (*_SIMPLE, "one of", "list of", *records)
    code = "F207" if WORD.fullmatch(text) and text not in _OTHER_WORDS else "F128"
    if text.startswith("one of"):
        help_text = "Write it as `one of [a, b]`."
    elif text in _OTHER_WORDS:
        help_text = f"did you mean `{_OTHER_WORDS[text]}`?"
    else:
        simple = ", ".join(_SIMPLE)
        otherwise = f"There are {simple}, one of [..], list of X, and the records."
        help_text = did_you_mean(text, known, otherwise)
    at = place_in(node, page.text, max(0, node.value.find(text)), len(text))
    page.error(at, code, f"there is no type or record `{text}`", help_text)


def _tell_circles(
    page: Page, records: Mapping[str, Record], keys: Mapping[str, TextNode]
) -> None:
    """Tell of records that contain themselves: their values would have no end."""
    inside = {name: _records_inside(records, name) for name in records}
    circles = _in_circles(inside)
    for name in records:
        if name in circles:
            page.error(
                keys[name],
                "F211",
                f"record `{name}` contains itself",
                "Name the other one by a text field, such as its number.",
            )
    if not circles:
        _tell_too_large(page, records, keys, inside)


def _records_inside(records: Mapping[str, Record], name: str) -> list[str]:
    """The records of a record's fields, as often as there are such fields."""
    found = []
    for data_type in records[name].fields.values():
        inner = data_type
        while inner.element is not None:
            inner = inner.element
        if inner.record in records:
            found.append(str(inner.record))
    return found


def _in_circles(inside: Mapping[str, list[str]]) -> set[str]:
    """The records from which arrows lead back to them."""
    left = set(inside)
    while True:
        held = {inner for name in left for inner in inside[name]}
        leaf = {
            name for name in left if name not in held or left.isdisjoint(inside[name])
        }
        if not leaf:
            return left
        left -= leaf


def _tell_too_large(
    page: Page,
    records: Mapping[str, Record],
    keys: Mapping[str, TextNode],
    inside: Mapping[str, list[str]],
) -> None:
    """Tell of a record with more fields in fields than anybody could fill in."""
    sizes: dict[str, int] = {}
    waiting = list(records)
    while waiting:
        name = waiting[-1]
        open_ones = [inner for inner in inside[name] if inner not in sizes]
        if open_ones:
            waiting += open_ones
            continue
        waiting.pop()
        sizes[name] = len(records[name].fields) + sum(
            sizes[inner] for inner in inside[name]
        )
    for name, size in sizes.items():
        if size > MOST_FIELDS:
            message = f"record `{name}` has more than {MOST_FIELDS:,} fields in all"
            help_text = "Count those of the records inside it: take some out."
            page.error(keys[name], "F110", message, help_text)
            return
