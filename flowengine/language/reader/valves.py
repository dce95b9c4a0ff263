"""Release valves: how many orders may be inside, until when, in what order."""

import re

from flowengine.language.nodes import Node
from flowengine.language.parts import Escalation
from flowengine.language.process import Gate, StepId
from flowengine.language.reader.automations import read_receiver
from flowengine.language.reader.fields import Fields, fields_of
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import ONCE, Page
from flowengine.language.reader.paths import read_paths
from flowengine.language.reader.values import read_items, read_text, read_whole_number
from flowengine.language.types import Kind

GATE_KEYS = ("limit", "in", "cutoff", "batch", "first")
ESCALATION_KEYS = ("at", "notify")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_SHARE = re.compile(r"([0-9]{1,3})\s*%")


def read_gate(fields: Fields, names: Names, step: StepId) -> Gate | None:
    """What `gate` says; None where it is missing or wrong."""
    node = fields.get("gate")
    if node is None:
        return None
    page = fields.page
    at = fields.key("gate").at
    example = "gate: {limit: 60, in: [step, other-step]}"
    inner = fields_of(page, node, f"`gate` of {fields.owner}", at, GATE_KEYS, example)
    if not inner.entries:
        return None
    limit = read_whole_number(page, inner.required("limit", "60"), "`limit`", 1)
    steps = _read_inside(inner, names, step)
    batch = read_whole_number(page, inner.get("batch"), "`batch`", 1)
    cutoff = _read_clock(page, inner.get("cutoff"))
    first = _read_first(inner, names)
    if limit is None or not steps:
        return None
    if batch is not None and batch > limit:
        message = f"`batch` is {batch}, but only {limit} orders may be inside"
        help_text = "So many would never be let through together: make `limit` larger."
        page.error(inner.key("batch"), "F144", message, help_text)
    return Gate(limit, steps, cutoff, batch, first)


def _read_inside(inner: Fields, names: Names, step: StepId) -> tuple[StepId, ...]:
    page = inner.page
    node = inner.required("in", "[pick, pack]")
    steps: list[StepId] = []
    items = read_items(node)
    for item in items:
        found = names.step(item)
        if found == step:
            message = "a gate cannot count the orders that wait before it"
            page.error(item, "F144", message, "Name the steps behind it.")
        elif found in steps:
            page.error(item, "F123", f"`{found}` stands twice in this list", ONCE)
        elif found is not None:
            steps.append(found)
    if node is not None and not items:
        message = f"the list `in` of {inner.owner} is empty"
        page.error(node, "F123", message, "Name the steps whose orders are counted.")
    return tuple(steps)


def _read_first(inner: Fields, names: Names) -> tuple[tuple[str, ...], ...]:
    page = inner.page
    found = read_paths(page, names, inner.get("first"), "a field of the order")
    for path, data_type in found:
        if data_type.kind in (Kind.LIST, Kind.RECORD) or data_type.personal:
            message = f"orders cannot be sorted by `{'.'.join(path)}`"
            help_text = "Name a single value that is not personal."
            page.error(inner.key("first"), "F208", message, help_text)
    return tuple(path for path, _ in found)


def _read_clock(page: Page, node: Node | None) -> int | None:
    text = read_text(page, node, 'a time of day such as "14:00"')
    if text is None or node is None:
        return None
    found = _CLOCK.fullmatch(text.strip())
    if found:
        return int(found[1]) * 60 + int(found[2])
    message = f"expected a time of day, but found `{text[:40]}`"
    page.error(node, "F144", message, 'Write it as "14:00", in quotes.')
    return None


def read_escalations(fields: Fields, names: Names) -> tuple[Escalation, ...]:
    """Whom `escalate` tells, and at which share of the SLA; the smallest first."""
    page = fields.page
    found = []
    for item in read_items(fields.get("escalate")):
        owner = f"`escalate` of {fields.owner}"
        inner = fields_of(page, item, owner, item.at, ESCALATION_KEYS)
        if not inner.entries:
            continue
        share = _read_share(page, inner.required("at", "80%"))
        notify_node = inner.required("notify", "lead")
        notify = read_receiver(page, names, notify_node, fields_too=False)
        if share and notify:
            found.append(Escalation(share, notify))
    return tuple(sorted(found, key=lambda one: one.share))


def _read_share(page: Page, node: Node | None) -> int | None:
    text = read_text(page, node, "a share such as `80%`")
    if text is None or node is None:
        return None
    found = _SHARE.fullmatch(text.strip())
    if found and int(found[1]) > 0:
        return int(found[1])
    message = f"expected a share of the SLA, but found `{text[:40]}`"
    page.error(node, "F145", message, "Write it as `80%`.")
    return None
