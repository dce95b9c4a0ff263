"""Paths to fields, such as `order.credit`, checked against the records."""

from flowengine.language.nodes import Node, TextNode
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page, did_you_mean, listed
from flowengine.language.reader.places import place_in
from flowengine.language.reader.values import read_items, read_text
from flowengine.language.types import DataType, Kind

Path = tuple[str, ...]


def read_path(
    page: Page, names: Names, node: Node | None, what: str
) -> tuple[Path, DataType] | None:
    """A field of the order and its type; each unknown part is told of at its column."""
    text = read_text(page, node, what)
    if text is None or not isinstance(node, TextNode):
        return None
    parts = tuple(text.strip().split("."))
    if len(parts) < 2 or parts[0] != names.subject:
        subject = names.subject or "order"
        fixed = f"{subject}.{parts[-1]}"
        known = names.records.get(subject)
        help_text = f"Write it from the start, as in `{subject}.number`."
        if known and parts[-1] in known.fields:
            help_text = f"did you mean `{fixed}`?"
        message = f"expected {what} such as `{subject}.number`, but found `{text}`"
        page.error(node, "F208", message, help_text)
        return None
    return _followed(page, names, node, parts)


def read_paths(
    page: Page, names: Names, node: Node | None, what: str
) -> tuple[tuple[Path, DataType], ...]:
    """A field or a list of fields of the order."""
    found = (read_path(page, names, item, what) for item in read_items(node))
    return tuple(path for path in found if path is not None)


def _followed(
    page: Page, names: Names, node: TextNode, parts: Path
) -> tuple[Path, DataType] | None:
    """Walk from the subject's record to the last part of a path."""
    here: DataType | None = DataType(Kind.RECORD, record=names.subject)
    offset = len(parts[0]) + 1
    for number, part in enumerate(parts[1:], 1):
        before = ".".join(parts[:number])
        at = place_in(node, page.text, offset, len(part))
        offset += len(part) + 1
        if here is None or here.record is None:
            help_text = f"Take away `.{part}`."
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
                    f"It has {listed(record.fields)}." if record.fields else "",
                ),
            )
            return None
        here = record.fields[part]
    return (parts, here) if here is not None else None


def with_article(noun: str) -> str:
    """The noun with `a` or `an` before it."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"
