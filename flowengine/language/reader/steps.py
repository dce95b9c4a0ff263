"""The steps: what each one is, what it asks, and where it leads."""

from collections.abc import Mapping

from flowengine.language.nodes import MapNode, Node
from flowengine.language.process import (
    Arrow,
    Branch,
    Join,
    Step,
    StepId,
    StepKind,
    Timeout,
)
from flowengine.language.reader.arrows import (
    read_arrow,
    read_choose,
    read_outcomes,
    read_timeout,
)
from flowengine.language.reader.automations import read_automation, read_stock
from flowengine.language.reader.calls import read_call
from flowengine.language.reader.conditions import YES_NO, read_rule
from flowengine.language.reader.elements import read_batch, read_each
from flowengine.language.reader.fields import Fields, entries_of, fields_of, shortened
from flowengine.language.reader.links import arrows_of
from flowengine.language.reader.money import read_expense
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page, listed
from flowengine.language.reader.paths import Element, Path, read_paths
from flowengine.language.reader.settings import read_sets
from flowengine.language.reader.statuses import (
    read_business_step,
    read_public_status,
    read_scan,
)
from flowengine.language.reader.step_form import STEP_KEYS, check_form
from flowengine.language.reader.times import read_span, read_work
from flowengine.language.reader.values import (
    read_about,
    read_id,
    read_label,
    read_text,
    read_title,
)
from flowengine.language.reader.valves import read_escalations, read_gate
from flowengine.language.reader.waits import read_wait

#: More than any process has; what has more is refused.
MOST_STEPS = 1_000
MOST_ARROWS = 3_000

_KINDS = {
    "role": StepKind.TASK,
    "do": StepKind.AUTOMATION,
    "wait": StepKind.WAIT,
    "call": StepKind.CALL,
    "gate": StepKind.GATE,
    "end": StepKind.END,
}


def read_steps(page: Page, names: Names, node: Node | None) -> Mapping[StepId, Step]:
    """All steps, also those with problems, so that the others can be checked."""
    steps: dict[StepId, Step] = {}
    written: dict[StepId, Fields] = {}
    example = "enter: {role: clerk, next: check}"
    for key, value in entries_of(page, node, "`steps`", example):
        if len(steps) == MOST_STEPS:
            message = f"a process of more than {MOST_STEPS:,} steps"
            help_text = "Put a part of it into a process of its own, and `call` it."
            page.error(key, "F110", message, help_text)
            break
        name = read_id(page, key, "the id of a step")
        if key.value in ("cancel", "end"):
            message = f"`{key.value}` is reserved and cannot be the id of a step"
            page.error(key, "F139", message, "Call it `cancelled` or `done`, say.")
        owner = f"step `{key.value}`"
        fields = fields_of(page, value, owner, key.at, STEP_KEYS)
        if isinstance(value, MapNode):
            check_form(fields)
        step_id = StepId(name or key.value)
        steps[step_id] = _read_step(fields, names, step_id)
        written[step_id] = fields
    for step in steps.values():
        _check_other_person(written[step.id], step, steps)
    arrows = sum(
        len(arrow.targets) for step in steps.values() for arrow in arrows_of(step)
    )
    if arrows > MOST_ARROWS and node is not None:
        message = f"a process of {arrows:,} arrows"
        help_text = f"Expected at most {MOST_ARROWS:,}: let steps lead to fewer others."
        page.error(node, "F110", message, help_text)
    return steps


def _check_other_person(
    fields: Fields, step: Step, steps: Mapping[StepId, Step]
) -> None:
    """Tell of `not_same_person_as` where no other person can be meant."""
    other = step.not_same_person_as
    if other is None or other not in steps:
        return
    message = None
    if other == step.id:
        message = f"step `{other}` names itself"
    elif steps[other].kind is not StepKind.TASK:
        message = f"`{other}` is no task, so no person does it"
    if message:
        help_text = "Name another step that has a `role`."
        node = fields["not_same_person_as"]
        fields.page.error(node, "F214", message, help_text)


def _read_step(fields: Fields, names: Names, step_id: StepId) -> Step:
    page = fields.page
    each, element = read_each(fields, names)
    wait = read_wait(fields, names)
    outcomes = _outcomes(fields, names)
    department, role = fields.get("department"), fields.get("role")
    skip_when = fields.get("skip_when")
    other = fields.get("not_same_person_as")
    return Step(
        id=step_id,
        kind=next((_KINDS[key] for key in _KINDS if key in fields), StepKind.ROUTE),
        title=read_title(page, fields.get("title"), step_id),
        department=names.department(department) if department else None,
        role=names.role(role) if role else None,
        about=read_about(page, fields.get("about")),
        work=read_work(page, names, fields.get("work")),
        sla=read_span(
            page, names, fields.get("sla"), "a time such as `4h`", working=True
        ),
        asks=_asks(fields, names, element),
        skip_when=read_rule(page, names, skip_when, "a rule", YES_NO),
        skip_as=_skip_as(fields, outcomes),
        join=_join(fields),
        next=_next(fields, names),
        choose=_branches(fields, names, "choose"),
        choose_all=_branches(fields, names, "choose_all"),
        outcomes=outcomes,
        messages=wait.messages,
        wait_for=wait.span,
        wait_until=wait.until,
        timeout=_timeout(fields, names),
        end=read_label(
            page, fields.get("end"), "the name of an end, such as `success`"
        ),
        public_status=read_public_status(page, fields.get("public_status")),
        do=read_automation(fields, names, "do", element),
        call=read_call(fields, names, element),
        gate=read_gate(fields, names, step_id),
        each=each,
        batch=read_batch(fields, names),
        stock=read_stock(fields, names, element),
        cost=read_expense(fields, names),
        scan=read_scan(page, fields.get("scan")),
        escalate=read_escalations(fields, names),
        sets=read_sets(fields, names),
        undo=read_automation(fields, names, "undo", element),
        not_same_person_as=names.step(other) if other else None,
        epcis=read_business_step(page, fields.get("epcis")),
        at=fields.at,
    )


def _next(fields: Fields, names: Names) -> Arrow | None:
    node = fields.get("next")
    return read_arrow(fields.page, names, node, "`next`") if node else None


def _outcomes(fields: Fields, names: Names) -> Mapping[str, Arrow]:
    node = fields.get("outcomes")
    if node is None:
        return {}
    return read_outcomes(fields.page, names, node, fields.owner)


def _branches(fields: Fields, names: Names, key: str) -> tuple[Branch, ...]:
    node = fields.get(key)
    return read_choose(fields.page, names, node, fields.owner, key) if node else ()


def _timeout(fields: Fields, names: Names) -> Timeout | None:
    node = fields.get("timeout")
    if node is None:
        return None
    at = fields.key("timeout").at
    return read_timeout(fields.page, names, node, fields.owner, at)


def _asks(fields: Fields, names: Names, element: Element | None) -> tuple[Path, ...]:
    node = fields.get("asks")
    found = read_paths(fields.page, names, node, "a field of the order", element)
    for path, _ in found:
        if path == names.number:
            message = f"`{'.'.join(path)}` is the number of the order"
            help_text = "It never changes, so nobody can be asked for it."
            fields.page.error(fields.key("asks"), "F208", message, help_text)
    return tuple(path for path, _ in found)


def _join(fields: Fields) -> Join | None:
    text = read_text(fields.page, fields.get("join"), "`all` or `opened`")
    if text is None or text in tuple(Join):
        return None if text is None else Join(text)
    help_text = "`opened` waits for what a `choose_all` opened, `all` for every arrow."
    message = f"expected `join: all` or `join: opened`, but found `{text[:40]}`"
    fields.page.error(fields["join"], "F123", message, help_text)
    return None


def _skip_as(fields: Fields, outcomes: Mapping[str, Arrow]) -> str | None:
    page = fields.page
    node = fields.get("skip_as")
    name = read_label(page, node, "the name of an outcome")
    if name is None or node is None or name in outcomes or "outcomes" not in fields:
        return name
    page.error(
        node,
        "F212",
        f"{fields.owner} has no outcome `{shortened(name)}`",
        f"Its outcomes are {listed(outcomes) or 'none'}.",
    )
    return None
