"""The work-in-progress layer: where the open orders are at a moment."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flowengine.analysis import Cause, DepartmentWork, StepWork, WorkInProgress
from flowengine.diagram.colours import CAUSES, WORK, ink_on
from flowengine.diagram.frame import (
    DASH,
    LINE_WIDTH,
    joined,
    lanes,
    plain_connector,
    plain_node,
    with_badge,
)
from flowengine.diagram.outline import Stop, outline
from flowengine.diagram.picture import (
    PAPER,
    LegendRow,
    Node,
    Picture,
    Segment,
    Shape,
    Swatch,
    Table,
)
from flowengine.language.process import department_title, step_title, zone_of
from flowengine.locale import (
    counted_text,
    duration_text,
    instant_text,
    number_text,
    translator,
)
from flowengine.net import Net
from flowengine.quantities import Duration, Instant

_WAITING, _AWAITING = CAUSES[Cause.ALL_BUSY], CAUSES[Cause.OUTSIDE]
_HELD = CAUSES[Cause.HELD]
#: From this part of all open work on, the fill of a box.
_FILLS = ((0.40, "#E66101"), (0.20, "#FBB267"), (0.10, "#FDE3C4"))
#: Rows of the table.
_ROWS = 5


def work_picture(net: Net, work: WorkInProgress, lang: str) -> Picture:
    """The diagram with the orders that are at each step now."""
    known = {str(step) for step in net.process.steps}
    strangers = {
        found.step: found.department for found in work.steps if found.step not in known
    }
    shape = outline(net, strangers)
    steps = {found.step: found for found in work.steps}
    everything = sum(found.total for found in work.steps)
    subtitle = " · ".join(_subtitle(net, work, lang))
    return Picture(
        name=net.process.name,
        lang=lang,
        title=_title(net, work, lang),
        subtitle=(subtitle,),
        description=subtitle,
        lanes=lanes(net, shape, _heads(work, lang), lang),
        nodes=tuple(
            _node(net, stop, steps, work.at, everything, lang) for stop in shape.stops
        ),
        connectors=tuple(plain_connector(way) for way in shape.ways),
        table=_table(net, work, lang),
        legend=_legend(lang),
        facts={"orders": work.orders},
    )


def _title(net: Net, work: WorkInProgress, lang: str) -> str:
    _ = translator(lang)
    return _("{process}: where {orders} are").format(
        process=net.process.title.in_language(lang),
        orders=counted_text(work.orders, "open order", "open orders", lang),
    )


def _subtitle(net: Net, work: WorkInProgress, lang: str) -> Iterator[str]:
    _ = translator(lang)
    yield instant_text(work.at, zone_of(net.process), lang)
    yield _("on hold {number}").format(number=number_text(work.held, lang))
    yield _("past their promise {number}").format(number=number_text(work.late, lang))
    if work.nowhere:
        yield _("standing still, need a repair: {number}").format(
            number=number_text(work.nowhere, lang)
        )


def _heads(work: WorkInProgress, lang: str) -> dict[str, tuple[str, ...]]:
    return {
        found.department: (
            " · ".join(_counts(found, lang)),
            *_oldest(found.oldest, found.late, work.at, lang),
        )
        for found in work.departments
        if found.department is not None and found.total
    }


def _node(
    net: Net,
    stop: Stop,
    steps: Mapping[str, StepWork],
    at: Instant,
    everything: int,
    lang: str,
) -> Node:
    node = plain_node(net, stop, lang)
    found = steps.get(stop.step) if stop.step is not None else None
    if found is None or not found.total:
        return node
    lines = joined(tuple(_counts(found, lang)), LINE_WIDTH)
    foot = _oldest(found.oldest, found.late, at, lang)
    node = replace(node, tooltip="\n".join((node.tooltip, *lines, *foot)))
    if stop.shape is not Shape.BOX:
        return node
    return replace(
        with_badge(node, number_text(found.total, lang)),
        lines=lines,
        segments=(
            Segment(_WAITING, found.waiting),
            Segment(WORK, found.working),
            Segment(_AWAITING, found.awaiting),
            Segment(_HELD, found.held),
        ),
        foot=foot,
        fill=_fill(found.total / everything),
        is_thick=bool(found.late),
    )


def _fill(share: float) -> str:
    return next((fill for least, fill in _FILLS if share >= least), PAPER)


def _counts(found: StepWork | DepartmentWork, lang: str) -> Iterator[str]:
    _ = translator(lang)
    texts = (
        (found.waiting, _("waiting {number}")),
        (found.working, _("working {number}")),
        (found.awaiting, _("outside {number}")),
        (found.held, _("held {number}")),
    )
    for number, text in texts:
        if number:
            yield text.format(number=number_text(number, lang))


def _oldest(
    oldest: Instant | None, late: int, at: Instant, lang: str
) -> tuple[str, ...]:
    _ = translator(lang)
    parts = []
    if oldest is not None:
        age = duration_text(Duration(at - oldest), lang)
        parts.append(_("oldest {time}").format(time=age))
    if late:
        parts.append(_("late {number}").format(number=number_text(late, lang)))
    return joined(tuple(parts), LINE_WIDTH)


def _table(net: Net, work: WorkInProgress, lang: str) -> Table | None:
    """The steps with most orders at them, the first in file order of equals."""
    most = sorted(work.steps, key=lambda found: -found.total)[:_ROWS]
    rows = tuple(_row(net, found, work.at, lang) for found in most if found.total)
    if not rows:
        return None
    _ = translator(lang)
    head = (
        _("step"),
        _("department"),
        _("here now"),
        _("waiting"),
        _("working"),
        _("outside"),
        _("held"),
        _("late"),
        _("oldest"),
    )
    return Table(head, rows, frozenset(range(2, len(head))))


def _row(net: Net, found: StepWork, at: Instant, lang: str) -> tuple[str, ...]:
    age = DASH
    if found.oldest is not None:
        age = duration_text(Duration(at - found.oldest), lang)
    counts = (
        found.total,
        found.waiting,
        found.working,
        found.awaiting,
        found.held,
        found.late,
    )
    return (
        step_title(net.process, found.step, lang),
        department_title(net.process, found.department, lang),
        *(number_text(number, lang) for number in counts),
        age,
    )


def _legend(lang: str) -> tuple[LegendRow, ...]:
    _ = translator(lang)
    return (
        LegendRow(
            _("Box"),
            _("part of all open work"),
            (
                Swatch("<10 %", PAPER),
                Swatch(f"10{DASH}20 %", _fill(0.1)),
                Swatch(f"20{DASH}40 %", _fill(0.2)),
                Swatch(">40 %", _fill(0.4)),
            ),
        ),
        LegendRow(
            _("Bar"),
            swatches=tuple(
                Swatch(text, colour, ink_on(colour))
                for text, colour in (
                    (_("waiting"), _WAITING),
                    (_("working"), WORK),
                    (_("outside"), _AWAITING),
                    (_("held"), _HELD),
                )
            ),
        ),
        LegendRow(
            _("Border"), _("thick = some are late; the black number is how many")
        ),
    )
