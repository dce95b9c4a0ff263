"""Single values: names, texts, whole numbers, titles, lists of names."""

import re

from flowengine.language.nodes import ListNode, Node, TextNode
from flowengine.language.process import Title
from flowengine.language.reader.fields import fields_of, kind_of, shortened
from flowengine.language.reader.page import Page
from flowengine.language.source import LONGEST_VALUE

#: Ids of processes, steps, roles, departments and calendars.
ID = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
#: Outcomes, messages, ends, statuses and columns: names that meet other systems.
LABEL = re.compile(r"[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*")
#: Names in rules: fields, records and the values of `one of`.
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*")

_COMMENT = re.compile("[ \t]*#")
#: Characters of a value that is neither a rule, a type nor a text for people.
LONGEST = 500
TITLE_KEYS = ("en", "lv")

_ID_HELP = "Use letters without accents, digits and `-`, and start with a letter."
_LABEL_HELP = (
    "Use letters without accents, digits, `-` and `_`, and start with a letter."
)
_WORD_HELP = (
    "Use letters without accents, digits and `_` (a `-` is a minus sign in rules), "
    "and start with a letter."
)


def read_text(
    page: Page, node: Node | None, what: str, most: int = LONGEST
) -> str | None:
    """A text that is not empty; None where it is missing or something else."""
    if node is None:
        return None
    if isinstance(node, TextNode) and node.value.strip():
        if len(node.value) <= most:
            return node.value
        message = f"expected {what}, but found {len(node.value):,} characters"
        page.error(node, "F110", message, f"Write at most {most:,} here.")
        return None
    help_text = "Write a single value here, as a text without `-` or `{ }`."
    if isinstance(node, TextNode):
        help_text = "Write a value behind the colon, or take the key out."
        if _COMMENT.match(page.text, node.end):
            help_text = "`#` starts a comment: put the value in quotes."
    message = f"expected {what}, but found {kind_of(node)}"
    page.error(node, "F123", message, help_text)
    return None


def read_id(page: Page, node: Node | None, what: str) -> str | None:
    """The id of something: letters, digits and `-`."""
    return _read_name(page, node, what, ID, _ID_HELP)


def read_label(page: Page, node: Node | None, what: str) -> str | None:
    """The name of an outcome, a message, an end or a column."""
    return _read_name(page, node, what, LABEL, _LABEL_HELP)


def read_word(page: Page, node: Node | None, what: str) -> str | None:
    """A name that stands in rules: letters, digits and `_`."""
    return _read_name(page, node, what, WORD, _WORD_HELP)


def _read_name(
    page: Page, node: Node | None, what: str, pattern: re.Pattern[str], help_text: str
) -> str | None:
    text = read_text(page, node, what)
    if text is None or node is None:
        return None
    if pattern.fullmatch(text):
        return text
    page.error(node, "F124", f"`{text}` cannot be {what}", help_text)
    return None


def read_whole_number(
    page: Page, node: Node | None, what: str, least: int
) -> int | None:
    """A whole number of at least `least`."""
    text = read_text(page, node, what)
    if text is None or node is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", text) and int(text) >= least:
        return int(text)
    page.error(
        node,
        "F123",
        f"expected {what} as a whole number of at least {least}, but found "
        f"`{shortened(text)}`",
        f"Write digits only, such as `{max(least, 3)}`.",
    )
    return None


def read_items(node: Node | None) -> tuple[Node, ...]:
    """The elements of a list; a single value is a list of one."""
    match node:
        case None:
            return ()
        case ListNode():
            return node.items
        case _:
            return (node,)


def read_title(page: Page, node: Node | None, name: str) -> Title:
    """A title in both languages; without one it is made from the id.

    "check-credit" gives "Check credit". Where only one language is written, it serves
    for both.
    """
    if node is None:
        made = name.replace("-", " ").replace("_", " ")
        return Title(made[:1].upper() + made[1:], made[:1].upper() + made[1:])
    return _read_both(page, node, "a title", LONGEST) or Title(name, name)


def read_about(page: Page, node: Node | None) -> Title | None:
    """A text in both languages, of any length that a value may have."""
    return None if node is None else _read_both(page, node, "a text", LONGEST_VALUE)


def _read_both(page: Page, node: Node, what: str, most: int) -> Title | None:
    """One text for both languages, or one for each; None where nothing is written."""
    if isinstance(node, TextNode):
        text = read_text(page, node, what, most)
        return Title(text, text) if text else None
    if isinstance(node, ListNode):
        help_text = "Write a text, or `{en: in English, lv: latviski}`."
        page.error(node, "F123", f"expected {what}, but found a list", help_text)
        return None
    fields = fields_of(page, node, what, node.at, TITLE_KEYS)
    english = read_text(page, fields.get("en"), f"{what} in English", most)
    latvian = read_text(page, fields.get("lv"), f"{what} in Latvian", most)
    text = english or latvian
    return Title(english or text, latvian or text) if text else None
