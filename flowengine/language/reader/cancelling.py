"""What cancelling an order does: until when it is allowed, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass

from flowengine.language.process import (
    CANCEL,
    ON_CANCEL,
    Arrow,
    Branch,
    OnCancel,
    Step,
    StepId,
    StepKind,
    Title,
)
from flowengine.language.reader.arrows import read_arrow, read_choose
from flowengine.language.reader.fields import Fields, fields_of
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page

ON_CANCEL_KEYS = ("until", "next", "choose")
_TITLE = Title("Cancelling", "Atcelšana")


@dataclass(frozen=True, slots=True)
class Cancelling:
    """`on_cancel`, and the steps with the one that its branches make, if any."""

    on_cancel: OnCancel | None
    steps: Mapping[StepId, Step]


def read_cancelling(
    fields: Fields, names: Names, steps: Mapping[StepId, Step]
) -> Cancelling:
    """Read `on_cancel`; with `choose` it leads to a step of its own."""
    node = fields.get("on_cancel")
    if node is None:
        return Cancelling(None, steps)
    page = fields.page
    at = fields.key("on_cancel").at
    example = "on_cancel: {until: some-step, next: some-step}"
    inner = fields_of(page, node, "`on_cancel`", at, ON_CANCEL_KEYS, example)
    if not inner.entries:
        return Cancelling(None, steps)
    until_node = inner.get("until")
    until = names.step(until_node) if until_node else None
    if "choose" in inner:
        return _with_branches(inner, names, until, steps)
    next_node = inner.required("next", "put-back")
    arrow = read_arrow(page, names, next_node, "`next`") if next_node else None
    if arrow is None:
        return Cancelling(None, steps)
    _tell_circle(page, arrow)
    return Cancelling(OnCancel(arrow, until), steps)


def _with_branches(
    inner: Fields, names: Names, until: StepId | None, steps: Mapping[StepId, Step]
) -> Cancelling:
    page = inner.page
    help_text = "Keep one: `next` for one way, `choose` for several."
    inner.refuse(("next",), "F133", "stands beside `choose`", help_text)
    branches = read_choose(page, names, inner["choose"], inner.owner)
    for branch in branches:
        _tell_circle(page, branch.arrow)
    at = inner.key("choose").at
    on_cancel = OnCancel(Arrow((ON_CANCEL,), at=at), until)
    return Cancelling(on_cancel, {**steps, ON_CANCEL: _step(inner, branches)})


def _step(inner: Fields, branches: tuple[Branch, ...]) -> Step:
    at = inner.key("choose").at
    return Step(ON_CANCEL, StepKind.ROUTE, _TITLE, choose=branches, at=at)


def _tell_circle(page: Page, arrow: Arrow) -> None:
    if CANCEL in (*arrow.targets, arrow.then):
        message = "`cancel` inside `on_cancel` would never come to an end"
        page.error(arrow.at, "F139", message, "Name the first step that puts it right.")
