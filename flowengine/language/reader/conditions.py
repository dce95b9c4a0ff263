"""Rules in their places: handed to the compiler, its complaints put on the page."""

import re
from dataclasses import replace

from flowengine.language.nodes import Node, TextNode
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page
from flowengine.language.reader.paths import Element
from flowengine.language.reader.places import place_in
from flowengine.language.reader.values import read_text
from flowengine.language.rules import Rule, Scope, compile_rule
from flowengine.language.source import LONGEST_VALUE
from flowengine.language.types import DataType, Kind

YES_NO = DataType(Kind.YES_NO)
TIME = DataType(Kind.TIME)
INTEGER = DataType(Kind.INTEGER)
#: What helps where a rule's own complaint says all but what to do.
_HELP = {
    "F301": "Write it as in `order.total > 500 EUR and order.country in [LV, EE]`.",
    "F302": "Values go together by kind: money with money, time with time.",
    "F303": "Write it in the unit or currency of the field: nothing is converted.",
    "F304": "The values a field can have stand under `data`.",
}


def read_rule(
    page: Page,
    names: Names,
    node: Node | None,
    what: str,
    expected: DataType | None,
    after: str = "",
    element: Element | None = None,
    *,
    handed_on: bool = False,
) -> Rule | None:
    """The rule that stands behind the prefix `after`, of the expected type.

    It reads the order, and the `element` of an `each` by its name. What is `handed_on`
    to another process may be a whole list, or personal.
    """
    text = read_text(page, node, what, LONGEST_VALUE)
    if text is None or not isinstance(node, TextNode):
        return None
    written = text.removeprefix(after).strip()
    before = text.index(written, len(after) if text.startswith(after) else 0)
    is_unknown = element is not None and not element.is_known
    if not names.subject or is_unknown or _reads_unreadable(names, written):
        return None  # the reason is told where it is declared
    scope = Scope(
        records=names.records,
        subject=names.subject,
        currency=names.currency,
        calendars={str(name): at for name, at in names.calendars.items()},
        calendar=names.head_calendar,
        variables={} if element is None else {element.name: element.type},
    )
    at = place_in(node, page.text, before, len(written))
    compiled = compile_rule(written, scope, at, expected, handed_on=handed_on)
    if isinstance(compiled, tuple):
        for problem in compiled:
            place = place_in(
                node, page.text, before + problem.offset, max(1, problem.width)
            )
            help_text = problem.help or _HELP.get(problem.code, "")
            page.error(place, problem.code, problem.message, help_text)
        return None
    _mark_used(names, compiled)
    return compiled if element is None else _of_list(compiled, element)


def _of_list(rule: Rule, element: Element) -> Rule:
    """The rule whose `reads` name the list for the element, as elsewhere."""
    reads = (
        element.items + path[1:] if path[0] == element.name else path
        for path in rule.reads
    )
    return replace(rule, reads=frozenset(reads))


def _reads_unreadable(names: Names, text: str) -> bool:
    parts = re.findall(r"\.\s*(\w+)", text)
    return not names.unreadable.isdisjoint(parts)


def _mark_used(names: Names, rule: Rule) -> None:
    for calendar in names.calendars:
        if calendar in rule.text:
            names.used.add(("calendars", calendar))
