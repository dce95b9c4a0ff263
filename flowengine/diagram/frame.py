"""What every layer shows alike: names, lanes, circles, bars and plain arrows."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from textwrap import wrap

from flowengine.diagram.outline import NO_LANE, Outline, Stop, Way
from flowengine.diagram.picture import Connector, Form, Lane, Node, Shape
from flowengine.language.process import StepKind, department_title, step_title
from flowengine.locale import translator
from flowengine.net import Net

#: Between the ends of a range, and before what is less than nothing.
DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
#: Characters on a line of a box's name, of those above and below its bar, and of an
#: arrow's label.
NAME_WIDTH = 18
FOOT_WIDTH = 30
LINE_WIDTH = 26
LABEL_WIDTH = 20
#: A label is cut after so many lines; the tooltip has all of it.
LABEL_LINES = 3
#: How work that is not of hands is outlined.
_FORMS = {
    StepKind.AUTOMATION: Form.MACHINE,
    StepKind.CALL: Form.CALL,
    StepKind.GATE: Form.VALVE,
}


def wrapped(text: str, width: int) -> tuple[str, ...]:
    """A text as lines of at most `width` characters; a longer word is broken."""
    return tuple(wrap(" ".join(text.split()), width)) or (" ",)


def shortened(lines: tuple[str, ...]) -> tuple[str, ...]:
    """At most `LABEL_LINES` lines, with a sign where more were left out."""
    if len(lines) <= LABEL_LINES:
        return lines
    return (*lines[: LABEL_LINES - 1], lines[LABEL_LINES - 1] + " …")


def joined(parts: Iterator[str] | tuple[str, ...], width: int) -> tuple[str, ...]:
    """Parts set apart by dots, in lines of about `width` that break only at dots."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return tuple(lines)


def lanes(
    net: Net, shape: Outline, heads: Mapping[str, tuple[str, ...]], lang: str
) -> tuple[Lane, ...]:
    """The lanes that have a node in them, in file order, with the lines of `heads`."""
    used = {stop.lane for stop in shape.stops}
    written = [str(name) for name in net.process.departments]
    unknown = sorted(used - {*written, NO_LANE})
    return tuple(
        Lane(
            name,
            "" if name == NO_LANE else department_title(net.process, name, lang),
            heads.get(name, ()),
        )
        for name in (*written, *unknown, NO_LANE)
        if name in used
    )


def plain_node(net: Net, stop: Stop, lang: str) -> Node:
    """A node with its name and outline and nothing else: what every layer shows."""
    _ = translator(lang)
    if stop.shape is Shape.START:
        return Node(stop.id, stop.shape, stop.lane, tooltip=_("Start"))
    if stop.shape is Shape.CANCEL:
        name = _("Order cancelled")
        return Node(stop.id, stop.shape, stop.lane, (name,), tooltip=name)
    if stop.step is None:
        text = _bar_text(stop, lang)
        is_hollow = stop.is_hollow
        return Node(stop.id, stop.shape, stop.lane, tooltip=text, is_hollow=is_hollow)
    title = step_title(net.process, stop.step, lang)
    step = net.process.steps.get(stop.step)
    return Node(
        stop.id,
        stop.shape,
        stop.lane,
        wrapped(title, NAME_WIDTH),
        form=Form.PLAIN if step is None else _FORMS.get(step.kind, Form.PLAIN),
        is_stacked=step is not None and step.each is not None,
        is_hollow=stop.is_hollow,
        tooltip=title,
    )


def _bar_text(stop: Stop, lang: str) -> str:
    """What a bar beside a step means."""
    _ = translator(lang)
    if stop.id.startswith("join-"):
        if stop.is_hollow:
            return _("Waits for every branch that was opened")
        return _("Waits for every arrow")
    if stop.is_hollow:
        return _("Every branch that holds, at once")
    return _("All of these at once")


def with_badge(node: Node, badge: str) -> Node:
    """A node with a badge, its name wrapped to stand beside it; "" is none."""
    if not badge:
        return node
    name = wrapped(" ".join(node.name), NAME_WIDTH - 1 - len(badge))
    return replace(node, badge=badge, name=name)


def plain_connector(way: Way) -> Connector:
    """An arrow without label."""
    return Connector(
        id=way.id,
        source=way.source,
        target=way.target,
        is_short=not way.transitions and not way.flows,
        is_handover=way.is_handover,
        is_back=way.is_back,
    )
