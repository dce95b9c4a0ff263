"""The plan layer: the written diagram alone, with roles, times and conditions."""

from collections.abc import Iterator
from dataclasses import replace

from flowengine.diagram.duties import duties, goods_texts, particulars
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
from flowengine.diagram.legends import WAIT_FILL, plan_legend
from flowengine.diagram.outline import Outline, Stop, Way, outline
from flowengine.diagram.picture import Connector, Node, Picture, Shape
from flowengine.language.process import (
    Branch,
    Process,
    Role,
    StepKind,
    TimeSpan,
)
from flowengine.language.wording import rule_text, span_text
from flowengine.locale import counted_text, number_text, translator
from flowengine.net import Net, Transition, WayKind

#: Characters on a line under the title.
ABOUT_WIDTH = 90


def plan_picture(net: Net, lang: str, note: str = "") -> Picture:
    """The written diagram; `note` says why it shows no numbers, if they were asked."""
    shape = outline(net)
    process = net.process
    title = process.title.in_language(lang)
    summary = " · ".join(_summary(process, lang))
    told = process.about.in_language(lang) if process.about else ""
    about = wrapped(told, ABOUT_WIDTH) if told else ()
    return Picture(
        name=process.name,
        lang=lang,
        title=title,
        subtitle=tuple(line for line in (note, summary, *about) if line),
        description=" ".join(part for part in (note, summary, *about) if part),
        lanes=lanes(net, shape, _heads(process, lang), lang),
        nodes=tuple(_node(net, stop, lang) for stop in shape.stops),
        connectors=_connectors(net, shape, lang),
        legend=plan_legend(process, shape, lang),
    )


def way_text(net: Net, transition: Transition, lang: str) -> str:
    """What makes an order go this way: the rule, the outcome, the message, the time."""
    _ = translator(lang)
    step = net.process.steps[transition.step]
    match transition.kind:
        case WayKind.CHOICE:
            text = _branch(net.process, step.choose, transition, lang)
        case WayKind.ALL:
            text = _branch(net.process, step.choose_all, transition, lang)
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


def _branch(
    process: Process, branches: tuple[Branch, ...], taken: Transition, lang: str
) -> str:
    rule = branches[int(taken.label)].rule
    return translator(lang)("else") if rule is None else rule_text(process, rule)


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
    parts = tuple(duties(net.process, step, lang))
    more = tuple(particulars(net.process, step, lang))
    goods = tuple(goods_texts(net.process, step, lang))
    tooltip = "\n".join((node.tooltip, *more[:1], *parts, *goods, *more[1:]))
    carried = tuple(wrapped(text, LINE_WIDTH - 3) for text in goods)
    if stop.shape is not Shape.BOX:
        return replace(node, goods=carried, tooltip=tooltip)
    role = net.process.roles.get(step.role) if step.role is not None else None
    owner = wrapped(role.title.in_language(lang), LINE_WIDTH) if role else ()
    return replace(
        node,
        lines=(*owner, *_fitted(parts)),
        goods=carried,
        fill=WAIT_FILL if step.kind is StepKind.WAIT else node.fill,
        tooltip=tooltip,
    )


def _fitted(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Short parts side by side; a long one on lines of its own, at most three."""
    lines: list[str] = []
    for line in joined(parts, LINE_WIDTH):
        lines += shortened(wrapped(line, LINE_WIDTH))
    return tuple(lines)


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
