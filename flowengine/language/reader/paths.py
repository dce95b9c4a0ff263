"""Paths to fields, such as `order.credit`, checked against the records."""

from dataclasses import dataclass, replace

from flowengine.language.nodes import Node, TextNode
from flowengine.language.reader.fields import shortened
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page, did_you_mean, listed
from flowengine.language.reader.places import place_in
from flowengine.language.reader.values import read_items, read_text
from flowengine.language.types import DataType, Kind

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """What the name of an `each` stands for."""

    name: str
    #: The list it comes from.
    items: Path
    type: DataType

    @property
    def is_known(self) -> bool:
        """False where `each` could not be read: then any name may be meant."""
        return bool(self.name)


#: What stands for the element of an `each` that could not be read.
UNKNOWN_ELEMENT = Element("", (), DataType(Kind.RECORD))


def read_path(
    page: Page,
    names: Names,
    node: Node | None,
    what: str,
    element: Element | None = None,
) -> tuple[Path, DataType] | None:
    """A field of the order or of an element, with its type.

    Each unknown part is told of at its column. The type is personal where anything on
    the way to it is.
    """
    text = read_text(page, node, what)
    if text is None or not isinstance(node, TextNode) or not names.subject:
        return None
    parts = tuple(text.strip().split("."))
    roots = {names.subject: DataType(Kind.RECORD, record=names.subject)}
    if element is not None:
        roots[element.name] = element.type
    if element is not None and not element.is_known and parts[0] not in roots:
        return None  # the reason is told at `each`
    if len(parts) < 2 or parts[0] not in roots:
        _tell_no_path(page, names, node, what, element)
        return None
    return _followed(page, names, node, parts, roots[parts[0]])


def read_paths(
    page: Page,
    names: Names,
    node: Node | None,
    what: str,
    element: Element | None = None,
) -> tuple[tuple[Path, DataType], ...]:
    """A field or a list of fields, each with its type."""
    found = (read_path(page, names, item, what, element) for item in read_items(node))
    return tuple(path for path in found if path is not None)


def _tell_no_path(
    page: Page, names: Names, node: TextNode, what: str, element: Element | None
) -> None:
    last = node.value.strip().rpartition(".")[2]
    example = f"`{names.subject}.number`"
    help_text = f"Write it from the start, as in {example}."
    known = names.records.get(names.subject)
    inside = names.records.get(element.type.record or "") if element else None
    if element and inside and last in inside.fields:
        help_text = f"did you mean `{element.name}.{last}`?"
    elif known and last in known.fields:
        help_text = f"did you mean `{names.subject}.{last}`?"
    elif element:
        help_text = f"Begin it with `{names.subject}.` or `{element.name}.`."
    message = f"expected {what} such as {example}, but found `{shortened(node.value)}`"
    page.error(node, "F208", message, help_text)


def _followed(
    page: Page, names: Names, node: TextNode, parts: Path, root: DataType
) -> tuple[Path, DataType] | None:
    """Walk from a record to the last part of a path."""
    here = root
    offset = len(parts[0]) + 1
    for number, part in enumerate(parts[1:], 1):
        before = ".".join(parts[:number])
        at = place_in(node, page.text, offset, len(part))
        offset += len(part) + 1
        if here.record is None:
            help_text = f"Take away `.{part}`."
            if here.kind is Kind.LIST:
                help_text = "It is a list: name the field of an element with `each`."
            page.error(at, "F208", f"`{before}` has no fields inside it", help_text)
            return None
        record = names.records.get(here.record)
        if record is None:
            return None  # its own problem is told where it is declared
        if part in names.unreadable:
            return None
        if part not in record.fields:
            page.error(
                at,
                "F201",
                f"{with_article(record.name)} has no field `{part}`",
                did_you_mean(
                    part,
                    record.fields,
                    f"It has {listed(record.fields) or 'none'}.",
                ),
            )
            return None
        found = record.fields[part]
        here = replace(found, personal=found.personal or here.personal)
    return parts, here


def with_article(noun: str) -> str:
    """The noun with `a` or `an` before it."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"
