"""What happens by itself: `do`, `undo`, and what a step does with stock."""

import re
from collections.abc import Mapping

from flowengine.language.nodes import Node, TextNode
from flowengine.language.parts import (
    Automation,
    AutomationKind,
    StockEffect,
    StockVerb,
)
from flowengine.language.reader.fields import Fields, shortened
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page, did_you_mean, listed
from flowengine.language.reader.paths import Element, Path, read_path
from flowengine.language.reader.places import piece_of
from flowengine.language.reader.values import LABEL, read_text
from flowengine.language.types import DataType, Kind

#: What a place of stock may be called; suppliers, scrap and the like begin with `@`.
_PLACE = re.compile(r"@?[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_WORD = re.compile(r"\S+")
_METHODS = ("POST", "PUT", "PATCH", "GET", "DELETE")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/\S*)?")
#: What stock can do.
VERBS = tuple(verb.value for verb in StockVerb)
_UNDO_FORMS = "`stock.release order.lines` or `ship.cancel`"
_FORMS = (
    "`stock.reserve order.lines`, `ship.rate`, `notify ROLE`, "
    "`http POST https://…` or `python NAME`"
)


def read_automation(
    fields: Fields, names: Names, key: str, element: Element | None
) -> Automation | None:
    """What `do` or `undo` names; None where it is missing or wrong."""
    page = fields.page
    node = fields.get(key)
    forms = _UNDO_FORMS if key == "undo" else _FORMS
    text = read_text(page, node, f"an automation such as {forms}")
    if text is None or not isinstance(node, TextNode):
        return None
    words = _words(page, node)
    first = words[0].value
    kind, _, verb = first.partition(".")
    if kind == AutomationKind.STOCK and verb:
        after = piece_of(node, page.text, len(kind) + 1, len(verb))
        effect = _read_effect(page, names, node, (after, *words[1:]), element)
        return _automation(AutomationKind.STOCK, text, stock=effect) if effect else None
    if kind == AutomationKind.SHIP and verb:
        return _read_ship(page, names, node, words, element)
    reader = _READERS.get(first)
    if reader is None:
        _tell_no_automation(page, words[0], forms)
        return None
    if key == "undo":
        message = f"`{first}` reverses nothing"
        help_text = f"Write {forms}; what hands must reverse is a step."
        page.error(words[0], "F140", message, help_text)
        return None
    return reader(page, names, node, words[1:])


def read_stock(
    fields: Fields, names: Names, element: Element | None
) -> StockEffect | None:
    """What `stock` says: `VERB LIST [from PLACE] [to PLACE]`."""
    node = fields.get("stock")
    text = read_text(fields.page, node, "an effect such as `pick order.lines`")
    if text is None or not isinstance(node, TextNode):
        return None
    words = _words(fields.page, node)
    return _read_effect(fields.page, names, node, words, element)


def _tell_no_automation(page: Page, word: TextNode, forms: str) -> None:
    known = [kind.value for kind in AutomationKind]
    first, dot, _ = word.value.partition(".")
    if first in known:
        how = "needs a verb behind a dot" if not dot else "takes no dot"
        message = f"`{first}` {how}"
        page.error(word, "F140", message, f"Write {forms}.")
        return
    message = f"there is no automation `{shortened(word.value)}`"
    meant = did_you_mean(first, known, f"Write {forms}.")
    page.error(word, "F140", message, meant)


def _words(page: Page, node: TextNode) -> tuple[TextNode, ...]:
    """The words of a value, each with its place."""
    return tuple(
        piece_of(node, page.text, found.start(), len(found[0]))
        for found in _WORD.finditer(node.value)
    )


def _automation(
    kind: AutomationKind,
    text: str,
    target: str = "",
    *,
    stock: StockEffect | None = None,
    field: Path | None = None,
    method: str = "",
) -> Automation:
    one_line = " ".join(text.split())
    return Automation(kind, one_line, stock, target, method, field)


def _read_effect(
    page: Page,
    names: Names,
    node: TextNode,
    words: tuple[TextNode, ...],
    element: Element | None,
) -> StockEffect | None:
    verb = words[0]
    if verb.value not in VERBS:
        help_text = did_you_mean(verb.value, VERBS, f"There are {listed(VERBS)}.")
        message = f"stock has no effect `{shortened(verb.value)}`"
        page.error(verb, "F140", message, help_text)
        return None
    if len(words) < 2:
        message = f"`{verb.value}` does not say what"
        help_text = f"Name a list: `{verb.value} {names.subject or 'order'}.lines`."
        page.error(node, "F140", message, help_text)
        return None
    found = _read_goods(page, names, words[1], element)
    places = _read_places(page, words[2:])
    if found is None or places is None:
        return None
    path, data_type = found
    if not _is_goods(names, data_type.element or data_type):
        _tell_no_goods(page, words[1])
        return None
    source, target = places.get("from"), places.get("to")
    return StockEffect(StockVerb(verb.value), path, source, target, node.at)


def _read_goods(
    page: Page, names: Names, node: TextNode, element: Element | None
) -> tuple[Path, DataType] | None:
    """A list of goods, or the element of `each` where it is goods itself."""
    if element is not None and node.value == element.name:
        return (element.name,), element.type
    found = read_path(page, names, node, "a list of goods", element)
    if found is not None and found[1].kind is not Kind.LIST:
        _tell_no_goods(page, node)
        return None
    return found


def _read_places(page: Page, words: tuple[TextNode, ...]) -> Mapping[str, str] | None:
    """What stands behind `from` and `to`."""
    places: dict[str, str] = {}
    for number in range(0, len(words), 2):
        key = words[number]
        if key.value not in ("from", "to") or key.value in places:
            message = f"expected `from` or `to` and a place, but found `{key.value}`"
            page.error(key, "F140", message, "As in `move order.lines from A to B`.")
            return None
        place = words[number + 1] if number + 1 < len(words) else None
        if place is None or not _PLACE.fullmatch(place.value):
            message = f"expected a place behind `{key.value}`"
            page.error(place or key, "F140", message, "As in `from DOCK to STAGE`.")
            return None
        places[key.value] = place.value
    return places


def _is_goods(names: Names, element: DataType) -> bool:
    """Whether an element says which goods, and how many."""
    record = names.records.get(element.record or "")
    if record is None:
        return False
    inside = record.fields
    sku, quantity = inside.get("sku"), inside.get("quantity")
    return (
        sku is not None
        and quantity is not None
        and sku.kind is Kind.TEXT
        and quantity.kind in (Kind.INTEGER, Kind.NUMBER)
    )


def _tell_no_goods(page: Page, at: TextNode) -> None:
    page.error(
        at,
        "F141",
        f"`{at.value}` is no list of goods",
        "It must be a list of a record that has `sku: text` and `quantity: integer`.",
    )


def _read_ship(
    page: Page,
    names: Names,
    node: TextNode,
    words: tuple[TextNode, ...],
    element: Element | None,
) -> Automation | None:
    verb = words[0].value.partition(".")[2]
    if not LABEL.fullmatch(verb) or len(words) > 2:
        message = "expected a verb of shipping, and a field if it needs one"
        page.error(node, "F140", message, "As in `ship.rate` or `ship.label order.x`.")
        return None
    if len(words) == 1:
        return _automation(AutomationKind.SHIP, node.value, verb)
    found = read_path(page, names, words[1], "a field", element)
    if found is None:
        return None
    return _automation(AutomationKind.SHIP, node.value, verb, field=found[0])


def _read_notify(
    page: Page, names: Names, node: TextNode, words: tuple[TextNode, ...]
) -> Automation | None:
    who = _only_word(page, node, words, "`notify` and one receiver", "notify finance")
    if who is None:
        return None
    target = read_receiver(page, names, who, fields_too=True)
    return _automation(AutomationKind.NOTIFY, node.value, target) if target else None


def read_receiver(
    page: Page, names: Names, node: Node | None, *, fields_too: bool
) -> str | None:
    """Who is told: a role, a department, or a field that holds an address."""
    text = read_text(page, node, "a role or a department")
    if text is None or node is None:
        return None
    if fields_too and "." in text:
        found = read_path(page, names, node, "a field that holds an address")
        return None if found is None else ".".join(found[0])
    for group in ("roles", "departments"):
        if text in names.written.get(group, {}):
            names.used.add((group, text))
            return text
    known = (*names.written.get("roles", {}), *names.written.get("departments", {}))
    otherwise = f"There are {listed(known)}." if len(known) <= 12 else ""
    page.error(
        node,
        "F213",
        f"there is no role or department `{shortened(text)}`",
        did_you_mean(text, known, otherwise or "Write it under `roles`."),
    )
    return None


def _read_http(
    page: Page, names: Names, node: TextNode, words: tuple[TextNode, ...]
) -> Automation | None:
    if (
        len(words) == 2
        and words[0].value in _METHODS
        and _ADDRESS.fullmatch(words[1].value)
    ):
        method, address = words[0].value, words[1].value
        return _automation(AutomationKind.HTTP, node.value, address, method=method)
    message = "expected `http`, a method and an address"
    help_text = f"As in `http POST https://host/path`; methods are {listed(_METHODS)}."
    page.error(node, "F140", message, help_text)
    return None


def _read_python(
    page: Page, names: Names, node: TextNode, words: tuple[TextNode, ...]
) -> Automation | None:
    name = _only_word(page, node, words, "`python` and one name", "python choose-box")
    if name is None:
        return None
    if not LABEL.fullmatch(name.value):
        message = f"`{shortened(name.value)}` cannot be the name of a function"
        help_text = "Name a function that the installation has registered."
        page.error(name, "F140", message, help_text)
        return None
    return _automation(AutomationKind.PYTHON, node.value, name.value)


def _only_word(
    page: Page,
    node: TextNode,
    words: tuple[TextNode, ...],
    what: str,
    example: str,
) -> TextNode | None:
    if len(words) == 1:
        return words[0]
    page.error(node, "F140", f"expected {what}", f"As in `{example}`.")
    return None


_READERS = {"notify": _read_notify, "http": _read_http, "python": _read_python}
