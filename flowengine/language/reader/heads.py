"""The heads of a process: what stands beside its steps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flowengine.language.nodes import Node
from flowengine.language.parts import Lateness
from flowengine.language.process import CalendarId, Message, StepId, TimeSpan
from flowengine.language.reader.conditions import INTEGER, TIME, read_rule
from flowengine.language.reader.fields import Fields, entries_of, fields_of
from flowengine.language.reader.money import read_lateness
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page, did_you_mean, listed
from flowengine.language.reader.paths import Path, read_path, read_paths
from flowengine.language.reader.times import looks_like_span, read_span
from flowengine.language.reader.values import read_label, read_text
from flowengine.language.rules import Rule
from flowengine.language.source import LONGEST_VALUE
from flowengine.language.types import Kind

HEAD_KEYS = (
    "process",
    "version",
    "title",
    "about",
    "for",
    "number",
    "start",
    "calendar",
    "promise",
    "priority",
    "currency",
    "lateness",
    "measure",
    "data",
    "calendars",
    "departments",
    "roles",
    "steps",
    "messages",
    "on_cancel",
)
MESSAGE_KEYS = ("match", "sets")

_WITHIN = "within "


@dataclass(frozen=True, slots=True)
class Heads:
    """What the heads give; None where it is missing or wrong."""

    number: Path | None
    start: StepId | None
    calendar: CalendarId | None
    promise: Rule | TimeSpan | None
    priority: Rule | None
    measure: Mapping[str, Rule]
    messages: Mapping[str, Message]
    lateness: Lateness | None


def read_subject(page: Page, names: Names, node: Node | None) -> str:
    """The record that moves through the process; "" where it is not known."""
    name = read_text(page, node, "the name of a record, such as `order`")
    if name is None or node is None:
        return ""
    if name in names.records:
        return name
    help_text = f"Write it under `data`; there are {listed(names.records)}."
    if not names.records:
        help_text = "Write it under `data`, as in `data: {order: {number: text}}`."
    page.error(
        node,
        "F207",
        f"there is no record `{name}`",
        did_you_mean(name, names.records, help_text),
    )
    return ""


def read_currency(page: Page, node: Node | None) -> str:
    """The currency of all money that names no other; EUR without one."""
    text = read_text(page, node, "a currency such as `EUR`")
    if text is None or node is None:
        return "EUR"
    if re.fullmatch("[A-Z]{3}", text):
        return text
    message = f"expected a currency, but found `{text}`"
    page.error(node, "F130", message, "Write its three letters: `EUR`, `SEK`.")
    return "EUR"


def read_heads(fields: Fields, names: Names) -> Heads:
    """Every head that needs to know the names of the file."""
    page = fields.page
    number = _read_number(page, names, fields.required("number", "order.number"))
    names.number = number or ()
    start = fields.get("start")
    return Heads(
        number=number,
        start=names.step(start) if start else None,
        calendar=names.head_calendar,
        promise=_read_promise(page, names, fields.get("promise")),
        priority=read_rule(
            page, names, fields.get("priority"), "a rule that gives a number", INTEGER
        ),
        measure=_read_measure(page, names, fields.get("measure")),
        messages=_read_messages(page, names, fields.get("messages"), number),
        lateness=read_lateness(fields, names),
    )


def _read_number(page: Page, names: Names, node: Node | None) -> Path | None:
    if not names.subject:
        return None
    found = read_path(page, names, node, "a field")
    if found is None or node is None:
        return None
    path, data_type = found
    is_simple = data_type.kind in (Kind.TEXT, Kind.INTEGER)
    if is_simple and not data_type.optional and not data_type.personal:
        return path
    page.error(
        node,
        "F208",
        "people call an order by its `number`, so it must be text or integer, "
        "always there and not personal",
        "Declare it as `text`.",
    )
    return None


def _read_promise(
    page: Page, names: Names, node: Node | None
) -> Rule | TimeSpan | None:
    what = "a rule that gives a time, or `within 2 business days`"
    text = read_text(page, node, what, LONGEST_VALUE)
    if text is None:
        return None
    if text.startswith(_WITHIN):
        return read_span(
            page, names, node, "a time such as `2 business days`", after=_WITHIN
        )
    if looks_like_span(text):
        return read_span(page, names, node, "a time such as `2 business days`")
    return read_rule(page, names, node, what, TIME)


def _read_measure(page: Page, names: Names, node: Node | None) -> Mapping[str, Rule]:
    rules = {}
    for key, value in entries_of(page, node, "`measure`", "service: order.service"):
        name = read_label(page, key, "the name of a column")
        rule = read_rule(page, names, value, "a rule", None)
        if name and rule:
            rules[name] = rule
    return rules


def _read_messages(
    page: Page, names: Names, node: Node | None, number: Path | None
) -> Mapping[str, Message]:
    messages = {}
    example = "payment-received: {match: order.number, sets: [order.credit]}"
    for key, value in entries_of(page, node, "`messages`", example):
        name = read_label(page, key, "the name of a message")
        owner = f"message `{key.value}`"
        fields = fields_of(page, value, owner, key.at, MESSAGE_KEYS)
        match = number
        if "match" in fields:
            match = _read_match(page, names, fields["match"])
        if name and match:
            messages[name] = Message(name, match, _read_sets(fields, names), key.at)
    return messages


def _read_sets(fields: Fields, names: Names) -> tuple[Path, ...]:
    page = fields.page
    found = read_paths(page, names, fields.get("sets"), "a field of the order")
    for path, _ in found:
        if path == names.number:
            message = "a message cannot set the number of the order"
            page.error(fields.key("sets"), "F208", message, "It never changes.")
    return tuple(path for path, _ in found)


def _read_match(page: Page, names: Names, node: Node) -> Path | None:
    found = read_path(page, names, node, "a field of the order")
    if found is None:
        return None
    path, data_type = found
    if data_type.kind in (Kind.LIST, Kind.RECORD) or data_type.personal:
        kind = "personal" if data_type.personal else f"a {data_type.kind}"
        message = "a message finds its order by a single value that is not personal"
        help_text = f"`{'.'.join(path)}` is {kind}."
        page.error(node, "F208", message, help_text)
        return None
    return path
