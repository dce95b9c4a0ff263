"""Nets, findings and rendered pictures for the tests of the diagram."""

import re
from html import unescape

from flowengine.analysis import Findings, WorkInProgress, analyse, work_in_progress
from flowengine.diagram import Drawing, Format, Layer, draw, render
from flowengine.net.net import Net
from flowengine.quantities import DAY, Instant
from tests.analysis.builders import at, plain_net
from tests.analysis.random_logs import random_log
from tests.builders import HEAD, net_of

#: The moment of the pictures: well after every random history.
NOW = Instant(at("08:00") + 30 * DAY)


def measured(orders: int = 40) -> tuple[Net, Findings, WorkInProgress]:
    """A net of two departments with random histories, and what they show."""
    net = plain_net(
        "enter:clerk > pick:picker > pack:picker > check:clerk > split > done",
        roles={"clerk": ("sales", 1), "picker": ("warehouse", 2)},
    )
    log = random_log(7, orders)
    return net, analyse(net, log, NOW), work_in_progress(net, log, NOW)


def svg_of(drawing: Drawing) -> str:
    """The drawing as SVG text."""
    return render(drawing, Format.SVG).decode()


def bottleneck_svg(orders: int = 40, lang: str = "en") -> str:
    """The bottleneck picture of `measured`."""
    net, findings, _ = measured(orders)
    return svg_of(draw(net, show=Layer.BOTTLENECKS, findings=findings, lang=lang))


def plan_svg(line_or_text: str, lang: str = "en") -> str:
    """The plan of a process in one line, or of YAML steps."""
    return svg_of(draw(net_of(line_or_text), show=Layer.PLAN, lang=lang))


def texts_in(svg: str) -> list[str]:
    """Every piece of text that is drawn, in order."""
    found = re.findall(r"<text [^>]*>([^<]*)</text>", svg)
    return [unescape(text).replace("\N{NO-BREAK SPACE}", " ").strip() for text in found]


def lanes_text(count: int) -> str:
    """YAML of a process that goes through so many departments, one step each."""
    head = HEAD[: HEAD.index("departments:")]
    names = [f"d{number}" for number in range(count)]
    departments = "".join(
        f"  {name}: {{title: {{en: Dept {name}, lv: Daļa {name}}}}}\n" for name in names
    )
    roles = "".join(
        f"  r-{name}: {{department: {name}, people: 1}}\n" for name in names
    )
    steps = "".join(
        f"  s-{name}: {{role: r-{name}, next: {following}}}\n"
        for name, following in zip(
            names, [*(f"s-{name}" for name in names[1:]), "done"], strict=True
        )
    )
    return (
        f"{head}departments:\n{departments}roles:\n{roles}"
        f"steps:\n{steps}  done: {{end: success}}\n"
    )
