"""The steps: what each one is, what it asks, and where it leads."""

from collections.abc import Mapping

from flowengine.language.nodes import MapNode, Node, TextNode
from flowengine.language.process import Arrow, Join, Step, StepId, StepKind
from flowengine.language.reader.arrows import (
    read_arrow,
    read_choose,
    read_messages,
    read_outcomes,
    read_timeout,
)
from flowengine.language.reader.conditions import TIME, YES_NO, read_rule
from flowengine.language.reader.fields import Fields, entries_of, fields_of
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page, listed
from flowengine.language.reader.paths import read_paths
from flowengine.language.reader.step_form import STEP_KEYS, STEP_KEYS_LATER, check_form
from flowengine.language.reader.times import looks_like_span, read_span, read_work
from flowengine.language.reader.values import (
    LABEL,
    read_id,
    read_label,
    read_text,
    read_title,
)

_UNTIL = "until "


def read_steps(page: Page, names: Names, node: Node | None) -> Mapping[StepId, Step]:
    """All steps, also those with problems, so that the others can be checked."""
    steps = {}
    example = "enter: {role: clerk, next: check}"
    for key, value in entries_of(page, node, "`steps`", example):
        name = read_id(page, key, "the id of a step")
        if key.value in ("cancel", "end"):
            message = f"`{key.value}` is reserved and cannot be the id of a step"
            page.error(key, "F139", message, "Call it `cancelled` or `done`, say.")
        owner = f"step `{key.value}`"
        fields = fields_of(page, value, owner, key.at, STEP_KEYS, STEP_KEYS_LATER)
        if isinstance(value, MapNode):
            written_later = {inner.value for inner, _ in value.entries} & set(
                STEP_KEYS_LATER
            )
            check_form(fields, is_complete=not written_later)
        step_id = StepId(name or key.value)
        steps[step_id] = _read_step(fields, names, step_id)
    return steps


def _read_step(fields: Fields, names: Names, step_id: StepId) -> Step:
    page = fields.page
    next_node = fields.get("next")
    skip_when = read_rule(page, names, fields.get("skip_when"), "a rule", YES_NO)
    outcomes = _outcomes(fields, names)
    wait = _Wait(fields, names)
    department = fields.get("department")
    role = fields.get("role")
    choose = fields.get("choose")
    timeout = fields.get("timeout")
    return Step(
        id=step_id,
        kind=_kind(fields),
        title=read_title(page, fields.get("title"), step_id),
        department=names.department(department) if department else None,
        role=names.role(role) if role else None,
        about=read_text(page, fields.get("about"), "a text") or "",
        work=read_work(page, names, fields.get("work")),
        sla=read_span(
            page, names, fields.get("sla"), "a time such as `4h`", working=True
        ),
        asks=_asks(fields, names),
        skip_when=skip_when,
        skip_as=_skip_as(fields, outcomes),
        join=Join.ALL if _join(fields) else None,
        next=read_arrow(page, names, next_node, "`next`") if next_node else None,
        choose=read_choose(page, names, choose, fields.owner) if choose else (),
        outcomes=outcomes,
        messages=wait.messages,
        wait_for=wait.span,
        wait_until=wait.until,
        timeout=read_timeout(
            page, names, timeout, fields.owner, fields.key("timeout").at
        )
        if timeout
        else None,
        end=read_label(
            page, fields.get("end"), "the name of an end, such as `success`"
        ),
        public_status=read_label(
            page, fields.get("public_status"), "a status such as `handed_over`"
        ),
        at=fields.at,
    )


def _kind(fields: Fields) -> StepKind:
    if "role" in fields:
        return StepKind.TASK
    if "wait" in fields:
        return StepKind.WAIT
    return StepKind.END if "end" in fields else StepKind.ROUTE


def _outcomes(fields: Fields, names: Names) -> Mapping[str, Arrow]:
    node = fields.get("outcomes")
    if node is None:
        return {}
    return read_outcomes(fields.page, names, node, fields.owner)


class _Wait:
    """What stands under `wait`: messages, a length of time, or a moment."""

    def __init__(self, fields: Fields, names: Names) -> None:
        self.messages: Mapping[str, Arrow] = {}
        self.span = None
        self.until = None
        node = fields.get("wait")
        page = fields.page
        if isinstance(node, MapNode):
            self.messages = read_messages(page, names, node, fields.owner)
            return
        what = "messages, a time such as `2h`, or `until order.promised_at`"
        text = read_text(page, node, what)
        if text is None:
            return
        if text.startswith(_UNTIL):
            self.until = read_rule(page, names, node, what, TIME, after=_UNTIL)
        elif looks_like_span(text):
            self.span = read_span(page, names, node, "a time such as `2h`")
        elif isinstance(node, TextNode):
            help_text = "Write a time with its unit (`2h`), or `until` and a rule."
            if LABEL.fullmatch(text):
                help_text = f"Write a message as `wait: {{{text}: the-next-step}}`."
            page.error(node, "F123", f"expected {what}, but found `{text}`", help_text)


def _asks(fields: Fields, names: Names) -> tuple[tuple[str, ...], ...]:
    found = read_paths(fields.page, names, fields.get("asks"), "a field of the order")
    return tuple(path for path, _ in found)


def _join(fields: Fields) -> bool:
    page = fields.page
    text = read_text(page, fields.get("join"), "`all`")
    if text == "opened":
        page.error(
            fields["join"],
            "F121",
            "`join: opened` is part of the language, "
            "but this version does not run it yet",
            "Use `join: all`.",
        )
    elif text not in (None, "all"):
        page.error(fields["join"], "F123", f"expected `join: all`, but found `{text}`")
    return text == "all"


def _skip_as(fields: Fields, outcomes: Mapping[str, Arrow]) -> str | None:
    page = fields.page
    node = fields.get("skip_as")
    name = read_label(page, node, "the name of an outcome")
    if name is None or node is None or name in outcomes or "outcomes" not in fields:
        return name
    page.error(
        node,
        "F212",
        f"{fields.owner} has no outcome `{name}`",
        f"Its outcomes are {listed(outcomes)}." if outcomes else "",
    )
    return None
