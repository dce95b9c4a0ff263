"""Where steps lead: targets, branches, outcomes, messages and timeouts."""

from collections.abc import Mapping
from dataclasses import replace

from flowengine.language.nodes import ListNode, MapNode, Node
from flowengine.language.position import Position
from flowengine.language.process import CANCEL, Arrow, Branch, StepId, Timeout
from flowengine.language.reader.conditions import YES_NO, read_rule
from flowengine.language.reader.fields import Fields, entries_of, fields_of, kind_of
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import ONCE, Page
from flowengine.language.reader.times import read_span
from flowengine.language.reader.values import read_items, read_label, read_whole_number

#: Steps that one arrow opens together.
MOST_AT_ONCE = 100
_BOUND = ("at_most", "then")
LONG_FORM = ("next", *_BOUND)
BRANCH_KEYS = ("when", *LONG_FORM)
ELSE_KEYS = ("else", *_BOUND)
TIMEOUT_KEYS = ("after", *LONG_FORM)


def read_arrow(page: Page, names: Names, node: Node, owner: str) -> Arrow | None:
    """A step, a list of steps, or the long form with `next`, `at_most` and `then`."""
    if isinstance(node, MapNode):
        fields = fields_of(page, node, owner, node.at, LONG_FORM)
        return arrow_of(fields, names, "next")
    targets = _read_targets(page, names, node, owner)
    return Arrow(targets, at=node.at) if targets else None


def arrow_of(fields: Fields, names: Names, key: str) -> Arrow | None:
    """The arrow whose target is under `key`, bounded by the keys beside it."""
    page = fields.page
    node = fields.required(key, "the-step-it-leads-to")
    at_most, then = _read_bound(fields, names)
    if node is None:
        return None
    targets = _read_targets(page, names, node, f"`{key}`")
    return Arrow(targets, at_most, then, at=node.at) if targets else None


def read_choose(
    page: Page, names: Names, node: Node, owner: str, key: str = "choose"
) -> tuple[Branch, ...]:
    """The branches of `choose` or `choose_all`; the last one is `else`."""
    items = read_items(node)
    if not isinstance(node, ListNode) or not items:
        message = f"expected branches under `{key}`, but found {kind_of(node)}"
        page.error(
            node, "F123", message, "Start each branch with `- when:` or `- else:`."
        )
        return ()
    branches = [_read_branch(page, names, item) for item in items]
    elses = [item for item in items if _is_else(item)]
    if not elses:
        page.error(
            node,
            "F135",
            f"`{key}` of {owner} has no `else`",
            "End it with `- else: some-step`: where the order goes when nothing holds.",
        )
    elif len(elses) > 1 or elses[0] is not items[-1]:
        message = "`else` must be the last branch, and there can be one only"
        page.error(elses[0], "F135", message, "Branches are tried from the top.")
    return tuple(branch for branch in branches if branch is not None)


def read_outcomes(
    page: Page, names: Names, node: Node, owner: str
) -> Mapping[str, Arrow]:
    """What staff may report, and where each leads."""
    return _read_named(page, names, node, f"`outcomes` of {owner}", "an outcome")


def read_messages(
    page: Page, names: Names, node: Node, owner: str
) -> Mapping[str, Arrow]:
    """The messages a step waits for, and where each leads."""
    return _read_named(page, names, node, f"`wait` of {owner}", "a message")


def read_timeout(
    page: Page, names: Names, node: Node, owner: str, at: Position
) -> Timeout | None:
    """How long a step may take, and where the order goes then."""
    example = "timeout: {after: 3 days, next: some-step}"
    fields = fields_of(page, node, f"`timeout` of {owner}", at, TIMEOUT_KEYS, example)
    if not fields.entries:
        return None
    after_node = fields.required("after", "3 days")
    after = read_span(page, names, after_node, "a time such as `3 days`")
    arrow = arrow_of(fields, names, "next")
    return None if after is None or arrow is None else Timeout(after, arrow)


def _read_named(
    page: Page, names: Names, node: Node, owner: str, what: str
) -> Mapping[str, Arrow]:
    arrows: dict[str, Arrow] = {}
    for key, value in entries_of(page, node, owner, "name: step"):
        name = read_label(page, key, f"the name of {what}")
        arrow = read_arrow(page, names, value, f"`{key.value}`")
        if name and arrow:
            arrows[name] = replace(arrow, at=key.at)
    if isinstance(node, MapNode) and not node.entries:
        page.error(node, "F123", f"{owner} is empty", "Write `name: step` in it.")
    return arrows


def _is_else(node: Node) -> bool:
    return isinstance(node, MapNode) and any(
        key.value == "else" for key, _ in node.entries
    )


def _read_branch(page: Page, names: Names, node: Node) -> Branch | None:
    if _is_else(node):
        fields = fields_of(page, node, "an `else` branch", node.at, ELSE_KEYS)
        arrow = arrow_of(fields, names, "else")
        return None if arrow is None else Branch(None, arrow)
    fields = fields_of(page, node, "a branch", node.at, BRANCH_KEYS)
    if not fields.entries:
        return None
    when = fields.required("when", "order.total > 500 EUR")
    rule = read_rule(page, names, when, "a rule", YES_NO)
    arrow = arrow_of(fields, names, "next")
    return None if rule is None or arrow is None else Branch(rule, arrow)


def _read_targets(
    page: Page, names: Names, node: Node, owner: str
) -> tuple[StepId, ...]:
    if isinstance(node, MapNode):
        message = f"expected a step for {owner}, but a group of keys is here"
        page.error(node, "F123", message, "Name a step, or several as `[a, b]`.")
        return ()
    items = read_items(node)
    if not items:
        page.error(
            node, "F123", f"the list of {owner} is empty", "Name at least one step."
        )
    if len(items) > MOST_AT_ONCE:
        message = f"{len(items):,} steps at once"
        help_text = f"Expected at most {MOST_AT_ONCE}: split in several places."
        page.error(node, "F110", message, help_text)
        return ()
    found: list[StepId] = []
    for item in items:
        target = names.target(item)
        if target is None:
            continue
        if target in found:
            page.error(item, "F123", f"`{target}` stands twice in this list", ONCE)
        elif target == CANCEL and len(items) > 1:
            message = "`cancel` cancels the whole order, so nothing can stand beside it"
            page.error(item, "F139", message, "Name it alone.")
        else:
            found.append(target)
    return tuple(found)


def _read_bound(fields: Fields, names: Names) -> tuple[int | None, StepId | None]:
    """The keys `at_most` and `then`, which come together."""
    page = fields.page
    if ("at_most" in fields) != ("then" in fields):
        there, missing = (
            ("at_most", "then") if "at_most" in fields else ("then", "at_most")
        )
        page.error(
            fields.key(there),
            "F136",
            f"`{there}` is here without `{missing}`",
            "`at_most` says how often, `then` where the order goes after that.",
        )
    at_most = read_whole_number(page, fields.get("at_most"), "`at_most`", 1)
    then_node = fields.get("then")
    then = None if then_node is None else names.target(then_node)
    return at_most, then
