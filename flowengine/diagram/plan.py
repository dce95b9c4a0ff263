"""The plan layer: the written diagram alone, with roles, times and conditions."""

import re
from collections.abc import Iterator
from dataclasses import replace

from flowengine.diagram.frame import (
    LABEL_WIDTH,
    LINE_WIDTH,
    joined,
    lanes,
    plain_connector,
    plain_node,
    shortened,
    wrapped,
)
from flowengine.diagram.outline import Outline, Stop, Way, outline
from flowengine.diagram.picture import (
    Connector,
    LegendRow,
    Node,
    Picture,
    Shape,
    Swatch,
)
from flowengine.language.process import (
    Process,
    Role,
    Step,
    StepKind,
    TimeSpan,
    WorkTime,
)
from flowengine.language.rules import Rule
from flowengine.locale import (
    counted_text,
    duration_text,
    number_text,
    range_text,
    translator,
)
from flowengine.net import Net, Transition, WayKind
from flowengine.quantities import Duration

#: What waits for something outside is tinted, so that it is told from work.
WAIT_FILL = "#EEF1F4"
#: Characters on a line under the title.
ABOUT_WIDTH = 90


def plan_picture(net: Net, lang: str, note: str = "") -> Picture:
    """The written diagram; `note` says why it shows no numbers, if they were asked."""
    shape = outline(net)
    process = net.process
    title = process.title.in_language(lang)
    summary = " · ".join(_summary(process, lang))
    about = wrapped(process.about, ABOUT_WIDTH) if process.about else ()
    return Picture(
        name=process.name,
        lang=lang,
        title=title,
        subtitle=tuple(line for line in (note, summary, *about) if line),
        description=" ".join(part for part in (note, summary, *about) if part),
        lanes=lanes(net, shape, _heads(process, lang), lang),
        nodes=tuple(_node(net, stop, lang) for stop in shape.stops),
        connectors=_connectors(net, shape, lang),
        legend=_legend(lang),
    )


def span_text(span: TimeSpan, lang: str) -> str:
    """A written length of time: `3 d`, `2 business days`."""
    if not span.business_days:
        return duration_text(Duration(span.amount), lang)
    return counted_text(span.amount, "business day", "business days", lang)


def work_text(work: WorkTime, lang: str) -> str:
    """How long hands need: `8 min`, `3 - 20 min`, with what it is counted by."""
    _ = translator(lang)
    text = duration_text(work.least, lang)
    if work.least != work.most:
        text = range_text(work.least, work.most, lang)
    if work.per is None:
        return text
    return _("{time} per {list}").format(time=text, list=".".join(work.per))


def way_text(net: Net, transition: Transition, lang: str) -> str:
    """What makes an order go this way: the rule, the outcome, the message, the time."""
    _ = translator(lang)
    step = net.process.steps[transition.step]
    match transition.kind:
        case WayKind.CHOICE:
            rule = step.choose[int(transition.label)].rule
            text = _("else") if rule is None else rule_text(net.process, rule)
        case WayKind.TIMEOUT if step.timeout is not None:
            text = _("after {time}").format(time=span_text(step.timeout.after, lang))
        case _:
            text = transition.label
    if transition.is_then:
        return _("{way}, then").format(way=text) if text else _("then")
    if transition.at_most is None:
        return text
    limit = _("max {number}").format(number=number_text(transition.at_most, lang))
    return f"{text}, {limit}" if text else limit


def rule_text(process: Process, rule: Rule) -> str:
    """A rule as short as it can be read: without the subject and what it implies."""
    text = re.sub(r"(\S+) is given and (?=(not )?\1\b)", "", rule.text)
    return re.sub(rf"\b{re.escape(process.subject)}\.", "", text)


def _summary(process: Process, lang: str) -> Iterator[str]:
    _ = translator(lang)
    yield _("version {number}").format(number=process.version)
    departments, roles = len(process.departments), len(process.roles)
    if departments:
        yield counted_text(departments, "department", "departments", lang)
    if roles:
        yield counted_text(roles, "role", "roles", lang)
    yield counted_text(len(process.steps), "step", "steps", lang)
    if isinstance(process.promise, TimeSpan):
        promise = span_text(process.promise, lang)
        yield _("promised within {time}").format(time=promise)
    elif process.promise is not None:
        yield _("promised by {rule}").format(rule=rule_text(process, process.promise))


def _heads(process: Process, lang: str) -> dict[str, tuple[str, ...]]:
    heads: dict[str, tuple[str, ...]] = {}
    for name in process.departments:
        roles = [role for role in process.roles.values() if role.department == name]
        parts = tuple(_role_text(role, lang) for role in roles)
        heads[str(name)] = joined(parts, LINE_WIDTH)
    return heads


def _role_text(role: Role, lang: str) -> str:
    title = role.title.in_language(lang)
    return f"{title} {number_text(role.people, lang)}" if role.people else title


def _node(net: Net, stop: Stop, lang: str) -> Node:
    node = plain_node(net, stop, lang)
    if stop.step is None:
        return node
    step = net.process.steps[stop.step]
    parts = tuple(part for part in (*_duties(net.process, step, lang),) if part)
    tooltip = "\n".join((node.tooltip, *_more(step, lang), *parts))
    if stop.shape is not Shape.BOX:
        return replace(node, tooltip=tooltip)
    role = net.process.roles.get(step.role) if step.role is not None else None
    owner = wrapped(role.title.in_language(lang), LINE_WIDTH) if role else ()
    return replace(
        node,
        lines=(*owner, *joined(parts, LINE_WIDTH)),
        fill=WAIT_FILL if step.kind is StepKind.WAIT else node.fill,
        tooltip=tooltip,
    )


def _duties(process: Process, step: Step, lang: str) -> Iterator[str]:
    """What a box says under its role."""
    _ = translator(lang)
    if step.work is not None:
        yield _("work {time}").format(time=work_text(step.work, lang))
    if step.sla is not None:
        yield _("SLA {time}").format(time=span_text(step.sla, lang))
    if step.wait_for is not None:
        yield _("waits {time}").format(time=span_text(step.wait_for, lang))
    if step.wait_until is not None:
        yield _("waits until {rule}").format(rule=rule_text(process, step.wait_until))
    if step.messages:
        yield _("waits for a message")
    if step.skip_when is not None:
        yield from wrapped(
            _("skipped if {rule}").format(rule=rule_text(process, step.skip_when)),
            LINE_WIDTH,
        )


def _more(step: Step, lang: str) -> Iterator[str]:
    """What only the tooltip has room for."""
    _ = translator(lang)
    if step.about:
        yield step.about
    if step.asks:
        asked = ", ".join(".".join(path) for path in step.asks)
        yield _("asks {fields}").format(fields=asked)


def _connectors(net: Net, shape: Outline, lang: str) -> tuple[Connector, ...]:
    return tuple(_connector(net, way, lang) for way in shape.ways)


def _connector(net: Net, way: Way, lang: str) -> Connector:
    texts = tuple(
        text
        for text in (way_text(net, taken, lang) for taken in way.transitions)
        if text
    )
    lines = tuple(line for text in texts for line in wrapped(text, LABEL_WIDTH))
    return replace(
        plain_connector(way),
        label=shortened(lines),
        width=1.4 if way.is_handover else 1.2,
        tooltip="\n".join(texts),
    )


def _legend(lang: str) -> tuple[LegendRow, ...]:
    _ = translator(lang)
    return (
        LegendRow(
            "",
            swatches=(
                Swatch(_("task"), "#FFFFFF"),
                Swatch(_("waits for something outside"), WAIT_FILL),
            ),
        ),
        LegendRow(_("Black bar"), _("all at once, or waits for all")),
        LegendRow(
            _("Arrow"),
            _("black = hand-over between departments, dashed = going back"),
        ),
    )
