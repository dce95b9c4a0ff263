"""What is wrong with a flow, on its plan: the shortest run in red, and its story."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flowengine.diagram.frame import LINE_WIDTH, wrapped
from flowengine.diagram.legends import without_arrows
from flowengine.diagram.outline import outline, step_node
from flowengine.diagram.picture import (
    Connector,
    LegendRow,
    Node,
    Picture,
    Sample,
    Shape,
)
from flowengine.diagram.plan import ABOUT_WIDTH, plan_picture, way_text
from flowengine.diagram.run import Replay, Standing, replay
from flowengine.language.process import CANCEL, step_title
from flowengine.locale import translator
from flowengine.net import Net, Transition, WayKind
from flowengine.net.fault import FlowFault

#: The run, and where it ends; dark and thick, so that it is seen in grey too.
RED, PALE_RED = "#B00020", "#F9D7DA"
#: Everything beside the run.
_FADED = "#A9A9A9"
_ARROW = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


def problem_picture(net: Net, fault: FlowFault, lang: str) -> Picture:
    """The plan with the run of a fault, numbered and red, and where it stands."""
    plan = plan_picture(net, lang)
    followed = replay(net, outline(net), fault.run)
    visits = _visits(fault.run)
    standing = {step_node(found.step): found for found in followed.standing}
    if not fault.run:
        standing.setdefault(step_node(fault.step), Standing(fault.step, ()))
    passed = {
        node
        for line in plan.connectors
        if line.id in followed.arrows
        for node in (line.source, line.target)
    }
    story = tuple(
        line
        for told in _story(net, fault, followed, lang)
        for line in wrapped(told, ABOUT_WIDTH)
    )
    return replace(
        plan,
        title=f"{plan.title}: {fault.code}",
        subtitle=(_headline(fault, lang), *story),
        description=" ".join((_headline(fault, lang), *story)),
        nodes=tuple(
            _node(net, node, visits, standing.get(node.id), passed, lang)
            for node in plan.nodes
        ),
        connectors=tuple(_line(line, followed.arrows) for line in plan.connectors),
        legend=(*_legend(lang), *without_arrows(plan.legend, lang)),
    )


def _visits(run: tuple[Transition, ...]) -> Mapping[str, str]:
    """At which places in the run each step was left: `2`, or `2, 5`."""
    found: dict[str, list[str]] = {}
    for number, way in enumerate(run, 1):
        found.setdefault(step_node(way.step), []).append(str(number))
    return {node: ", ".join(numbers) for node, numbers in found.items()}


def _node(
    net: Net,
    node: Node,
    visits: Mapping[str, str],
    standing: Standing | None,
    passed: set[str],
    lang: str,
) -> Node:
    if node.id not in passed and standing is None:
        return replace(node, ink=_FADED)
    marked = replace(node, ink=RED)
    number = visits.get(node.id, "")
    if node.shape is Shape.BOX:
        marked = replace(marked, badge=number)
    elif number and node.name:
        first, *rest = node.name
        marked = replace(marked, name=(f"{number}: {first}", *rest))
    if standing is None:
        return marked
    words = _standing_text(net, standing, lang)
    return replace(
        marked,
        fill=PALE_RED,
        is_thick=True,
        foot=wrapped(words, LINE_WIDTH),
        tooltip=f"{node.tooltip}\n{words}",
    )


def _line(line: Connector, arrows: frozenset[str]) -> Connector:
    if line.id in arrows:
        return replace(line, ink=RED, width=3.0)
    return replace(line, ink=_FADED, width=1.0)


def _story(net: Net, fault: FlowFault, followed: Replay, lang: str) -> Iterator[str]:
    """The run as a sentence, what stands when it is over, and what helps."""
    _ = translator(lang)
    if fault.run:
        told = [
            f"{number} {_taken_text(net, way, lang)}"
            for number, way in enumerate(fault.run, 1)
        ]
        if followed.is_cancelling:
            told.insert(0, _("Order cancelled"))
        yield _ARROW.join(told)
    ends = [_end_text(net, found, followed, lang) for found in followed.standing]
    if followed.is_ended and ends:
        ends.insert(0, _("the order has ended"))
    if ends:
        yield _("Then: {what}").format(what=", ".join(ends))
    if lang == "en":
        yield fault.help


def _taken_text(net: Net, way: Transition, lang: str) -> str:
    """A step with the way that was taken out of it."""
    title = step_title(net.process, way.step, lang)
    if way.kind is WayKind.ALL:
        names = [step_title(net.process, to, lang) for to in way.targets]
        text = " + ".join(names)
    else:
        text = way_text(net, way, lang)
    if way.resets and not text:
        text = str(CANCEL)
    return f"{title} ({text})" if text else title


def _end_text(net: Net, found: Standing, followed: Replay, lang: str) -> str:
    """Where a step stands when the run is over, as a part of a sentence."""
    _ = translator(lang)
    step = step_title(net.process, found.step, lang)
    if followed.is_ended and not found.is_twice and not found.missing:
        return _("{step} is still open").format(step=step)
    return f"{step} {_standing_text(net, found, lang)}"


def _standing_text(net: Net, standing: Standing, lang: str) -> str:
    _ = translator(lang)
    if standing.is_twice:
        return _("opened twice at once")
    if not standing.missing:
        return _("stands here")
    steps = ", ".join(step_title(net.process, to, lang) for to in standing.missing)
    return _("waits for {steps}").format(steps=steps)


def _headline(fault: FlowFault, lang: str) -> str:
    """The fault in a few words; codes without such tell their message."""
    _ = translator(lang)
    return {
        "F401": _("An order can get stuck"),
        "F402": _("An order can circle with no way out"),
        "F403": _("An order can end with work still open"),
        "F404": _("No order reaches this step"),
        "F405": _("A join waits for what never comes"),
        "F406": _("A step can be opened twice at once"),
        "F407": _("A loop has no bound"),
        "F408": _("Not decided whether every order can end"),
        "F409": _("A loop in which nobody does anything"),
        "F410": _("An arrow leads out of a parallel part"),
        "F411": _("Branches that are opened together do not meet"),
        "F412": _("Something else enters a join of opened branches"),
        "F413": _("A branch has no one place of its own at its join"),
        "F414": _("The way out of a loop does not leave it"),
        "F415": _("A gate counts steps that do not come after it"),
        "F501": _("Stock stays reserved at the end"),
        "F502": _("Stock stays reserved when the order is cancelled"),
        "F503": _("Stock is taken or let go before it is reserved"),
        "F504": _("Only a part of the reserved stock is taken"),
    }.get(fault.code, fault.message)


def _legend(lang: str) -> Iterator[LegendRow]:
    _ = translator(lang)
    yield LegendRow("", _("on the run, in this order"), sample=Sample(ink=RED))
    yield LegendRow(
        "", _("stands here"), sample=Sample(PALE_RED, ink=RED, is_thick=True)
    )
