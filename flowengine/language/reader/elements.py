"""Steps done once for each element of a list, and tasks taken together."""

import re

from flowengine.language.nodes import TextNode
from flowengine.language.parts import Batching, Each
from flowengine.language.reader.conditions import YES_NO, read_rule
from flowengine.language.reader.fields import Fields, fields_of
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page
from flowengine.language.reader.paths import (
    UNKNOWN_ELEMENT,
    Element,
    read_path,
    read_paths,
)
from flowengine.language.reader.places import piece_of
from flowengine.language.reader.values import WORD, read_text, read_whole_number
from flowengine.language.source import LONGEST_VALUE
from flowengine.language.types import DataType, Kind

_EACH = re.compile(r"\s*(\S+)\s+in\s+(\S+)(\s+where\s)?", re.DOTALL)
_EXAMPLE = "`parcel in order.parcels`"


def read_each(fields: Fields, names: Names) -> tuple[Each | None, Element | None]:
    """What `each` says, and what its name stands for in the step's other keys.

    The element of one that cannot be read is `UNKNOWN_ELEMENT`.
    """
    page = fields.page
    node = fields.get("each")
    what = f"a name and a list such as {_EXAMPLE}"
    text = read_text(page, node, what, LONGEST_VALUE)
    if node is None:
        return None, None
    if text is None or not isinstance(node, TextNode):
        return None, UNKNOWN_ELEMENT
    found = _EACH.match(text)
    rest = text[found.end() :].strip() if found else ""
    if found is None or bool(rest) != bool(found[3]):
        message = f"expected {what}"
        help_text = f"Write {_EXAMPLE}, and `where` with a rule for some of them."
        page.error(node, "F143", message, help_text)
        return None, UNKNOWN_ELEMENT
    element = _read_element(page, names, node, found)
    if element is None:
        return None, UNKNOWN_ELEMENT
    where = None
    if rest:
        after = text[: found.end()]
        where = read_rule(page, names, node, "a rule", YES_NO, after, element)
    return Each(element.name, element.items, where), element


def _read_element(
    page: Page, names: Names, node: TextNode, found: re.Match[str]
) -> Element | None:
    name = piece_of(node, page.text, found.start(1), len(found[1]))
    listing = piece_of(node, page.text, found.start(2), len(found[2]))
    if not WORD.fullmatch(name.value) or name.value == names.subject:
        message = f"`{name.value}` cannot be the name of an element"
        help_text = "Use letters, digits and `_`, and not the name of the order."
        page.error(name, "F143", message, help_text)
        return None
    path = read_path(page, names, listing, "a list of the order")
    if path is None:
        return None
    data_type = path[1]
    inside = data_type.element
    if inside is None or inside.kind is not Kind.RECORD or data_type.personal:
        message = f"`{listing.value}` is no list of records"
        help_text = "`each` goes through a list of records, such as `list of parcel`."
        page.error(listing, "F143", message, help_text)
        return None
    return Element(name.value, path[0], DataType(Kind.RECORD, record=inside.record))


def read_batch(fields: Fields, names: Names) -> Batching | None:
    """What `batch` says: how many tasks, and in what they are alike."""
    node = fields.get("batch")
    if node is None:
        return None
    page = fields.page
    at = fields.key("batch").at
    example = "batch: {up_to: 12}"
    inner = fields_of(page, node, f"`batch` of {fields.owner}", at, BATCH_KEYS, example)
    if not inner.entries:
        return None
    up_to_node = inner.required("up_to", "12")
    up_to = read_whole_number(page, up_to_node, "`up_to`", 2)
    alike = read_paths(page, names, inner.get("by"), "a field of the order")
    if up_to is None:
        return None
    return Batching(up_to, tuple(path for path, _ in alike))


BATCH_KEYS = ("up_to", "by")
