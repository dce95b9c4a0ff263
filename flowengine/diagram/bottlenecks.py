"""The bottleneck layer: where the time of closed orders went, and why.

All numbers on it are means per closed order on the critical path, so that the boxes
add up to the lead time in the title.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flowengine.analysis import (
    ArrowFinding,
    Cause,
    DepartmentFinding,
    Findings,
    StepFinding,
    bottleneck_table,
    cause_text,
)
from flowengine.diagram.colours import CAUSES, LATE, WELL, WORK, ink_on, share_fill
from flowengine.diagram.frame import (
    DASH,
    FOOT_WIDTH,
    joined,
    lanes,
    plain_connector,
    plain_node,
    with_badge,
)
from flowengine.diagram.outline import Stop, Way, outline
from flowengine.diagram.picture import (
    PAPER,
    Connector,
    Exact,
    LegendRow,
    Node,
    Picture,
    Segment,
    Shape,
    Swatch,
    Table,
)
from flowengine.diagram.sums import parts_of_mean
from flowengine.language.process import step_title, zone_of
from flowengine.locale import (
    counted_text,
    date_text,
    duration_text,
    number_text,
    share_text,
    translator,
)
from flowengine.net import Net
from flowengine.quantities import Duration

#: Fewer visits than this are too few to trust.
FEW = 30
#: Under this share of the lead time a box says less.
_LITTLE = 0.02
#: Pen widths of the least and the most used arrow, in points.
_THIN, _BROAD = 0.8, 4.2


def bottleneck_picture(net: Net, findings: Findings, lang: str) -> Picture:
    """The diagram with what was measured on it; `findings` has closed orders."""
    known = {str(step) for step in net.process.steps}
    strangers = {
        found.step: found.department
        for found in findings.steps
        if found.step not in known
    }
    shape = outline(
        net, strangers, ((arrow.source, arrow.target) for arrow in findings.arrows)
    )
    exact = _exact(findings)
    steps = {found.step: found for found in findings.steps}
    passes = {(arrow.source, arrow.target): arrow for arrow in findings.arrows}
    most = max((arrow.orders for arrow in findings.arrows), default=1)
    return Picture(
        name=net.process.name,
        lang=lang,
        title=_title(net, findings, lang),
        subtitle=(_subtitle(net, findings, lang),),
        description=_description(net, findings, lang),
        lanes=lanes(net, shape, _heads(findings, lang), lang),
        nodes=tuple(
            _node(net, stop, findings, steps, exact, lang) for stop in shape.stops
        ),
        connectors=tuple(_connector(way, passes, most, lang) for way in shape.ways),
        table=_table(net, findings, lang),
        legend=_legend(lang),
        facts={"orders": findings.orders, "lead": findings.mean_lead},
    )


def _exact(findings: Findings) -> Mapping[str, Exact]:
    """Means per order by step; the sum is the mean lead time to the microsecond.

    A paused task waits, so that wait and work are all there is.
    """
    totals: list[int] = []
    for found in findings.steps:
        totals += [found.waiting + found.paused, found.service]
    means = parts_of_mean(totals, findings.orders, findings.mean_lead)
    return {
        found.step: Exact(Duration(means[2 * n]), Duration(means[2 * n + 1]))
        for n, found in enumerate(findings.steps)
    }


def _title(net: Net, findings: Findings, lang: str) -> str:
    _ = translator(lang)
    return _("{process}: where an order's {lead} go").format(
        process=net.process.title.in_language(lang),
        lead=long_duration(findings.mean_lead, lang),
    )


def long_duration(duration: Duration, lang: str) -> str:
    """A length of time for a title: `2.4 days`, not `2.4 d`."""
    _ = translator(lang)
    amount, _space, unit = duration_text(duration, lang).rpartition(" ")
    texts = {"d": _("{amount} days"), "h": _("{amount} hours")}
    if amount == "1" or unit not in texts:
        return f"{amount} {unit}"
    return texts[unit].format(amount=amount)


def _subtitle(net: Net, findings: Findings, lang: str) -> str:
    _ = translator(lang)
    waiting = findings.share_of_lead(findings.waiting + findings.paused)
    parts = [
        counted_text(findings.orders, "closed order", "closed orders", lang),
        _("waiting {waiting}, work {work}").format(
            waiting=share_text(waiting, lang),
            work=share_text(findings.flow_efficiency, lang),
        ),
    ]
    if findings.on_time_share is not None:
        on_time = share_text(findings.on_time_share, lang)
        parts.append(_("on time {share}").format(share=on_time))
    parts.append(_("numbers per order add up to the lead time"))
    if findings.period is not None:
        zone = zone_of(net.process)
        first, last = (date_text(at, zone, lang) for at in findings.period)
        parts.insert(0, f"{first} {DASH} {last}")
    return " · ".join(parts)


def _description(net: Net, findings: Findings, lang: str) -> str:
    _ = translator(lang)
    delays = "; ".join(
        _("{rank}. {step}: wait {wait}, {share} of the lead time").format(
            rank=delay.rank,
            step=step_title(net.process, delay.step, lang),
            wait=duration_text(findings.per_order(delay.waiting), lang),
            share=share_text(delay.share, lang),
        )
        for delay in findings.ranked
    )
    return f"{_subtitle(net, findings, lang)}. {_('Biggest delays')}: {delays}."


def _heads(findings: Findings, lang: str) -> dict[str, tuple[str, ...]]:
    return {
        found.department: _head(found, lang)
        for found in findings.departments
        if found.department is not None
    }


def _head(found: DepartmentFinding, lang: str) -> tuple[str, ...]:
    _ = translator(lang)
    staff = []
    if found.people:
        staff.append(counted_text(found.people, "person", "people", lang))
    if found.busy_share is not None:
        busy = share_text(found.busy_share, lang)
        staff.append(_("{share} busy").format(share=busy))
    held = _("holds {share} of lead time").format(share=share_text(found.share, lang))
    return (" · ".join(staff), held) if staff else (held,)


def _node(
    net: Net,
    stop: Stop,
    findings: Findings,
    steps: Mapping[str, StepFinding],
    exact: Mapping[str, Exact],
    lang: str,
) -> Node:
    node = plain_node(net, stop, lang)
    found = steps.get(stop.step) if stop.step is not None else None
    if found is None:
        return node
    mean = exact[found.step]
    node = replace(
        node,
        exact=mean,
        is_thick=found.rank is not None,
        is_dashed=found.visits < FEW,
        fill=share_fill(found.share, found.late_share) if found.visits else PAPER,
        tooltip="\n".join(_said(node.tooltip, found, findings, lang)),
    )
    if stop.shape is not Shape.BOX:
        return replace(node, fill=PAPER, is_thick=False)
    node = with_badge(node, str(found.rank or ""))
    if not found.visits:
        _ = translator(lang)
        return replace(node, lines=(_("no closed order came here"),))
    return replace(
        node,
        lines=_lines(mean, lang),
        segments=_segments(found),
        foot=_foot(found, lang),
    )


def _lines(mean: Exact, lang: str) -> tuple[str, ...]:
    _ = translator(lang)
    wait, work = duration_text(mean.wait, lang), duration_text(mean.work, lang)
    if not mean.wait and not mean.work:
        return (_("never on the critical path"),)
    if not mean.work:
        return (_("wait {wait}").format(wait=wait),)
    return (_("wait {wait} · work {work}").format(wait=wait, work=work),)


def _segments(found: StepFinding) -> tuple[Segment, ...]:
    """The why-bar: causes in their fixed order, pauses with what was held, work."""
    amounts = {cause: found.causes.get(cause, 0) for cause in CAUSES}
    amounts[Cause.HELD] += found.paused
    pieces = [Segment(CAUSES[cause], amount) for cause, amount in amounts.items()]
    return (*pieces, Segment(WORK, found.service))


def _foot(found: StepFinding, lang: str) -> tuple[str, ...]:
    """Two lines where much time goes; else one, and the tooltip has the rest."""
    _ = translator(lang)
    share = _("{share} of time").format(share=share_text(found.share, lang))
    number = _("n {number}").format(number=number_text(found.visits, lang))
    parts = (share, *_misses(found, lang), number)
    if found.rank is None and found.share < _LITTLE:
        late = tuple(_misses(replace(found, redone=0), lang))
        parts = (share, *(late if found.late_share >= LATE else ()), number)
    return joined(parts, FOOT_WIDTH)


def _misses(found: StepFinding, lang: str) -> Iterator[str]:
    _ = translator(lang)
    if found.redone:
        share = share_text(found.redone_share, lang)
        yield _("redone {share}").format(share=share)
    if found.late:
        yield _("{share} late").format(share=share_text(found.late_share, lang))


def _said(
    title: str, found: StepFinding, findings: Findings, lang: str
) -> Iterator[str]:
    """The tooltip: what the box has no room for, off the critical path too."""
    _ = translator(lang)

    def mean(total: int) -> str:
        return duration_text(findings.per_order(total), lang)

    yield title
    yield _(
        "per order, on the critical path: wait {wait}, paused {paused}, work {work}"
    ).format(
        wait=mean(found.waiting), paused=mean(found.paused), work=mean(found.service)
    )
    for cause in CAUSES:
        if found.causes.get(cause):
            yield f"{cause_text(cause, lang)}: {mean(found.causes[cause])}"
    if found.off_path_waiting or found.off_path_service:
        yield _("beside the critical path: wait {wait}, work {work}").format(
            wait=mean(found.off_path_waiting), work=mean(found.off_path_service)
        )
    yield from _misses(found, lang)
    if found.open_orders:
        yield _("here now: {number}").format(
            number=number_text(found.open_orders, lang)
        )


def _connector(
    way: Way,
    passes: Mapping[tuple[str, str], ArrowFinding],
    most: int,
    lang: str,
) -> Connector:
    """Width by the square root of the orders; an arrow never used stays thin."""
    plain = plain_connector(way)
    found = [passes[flow] for flow in way.flows if flow in passes]
    orders = max((arrow.orders for arrow in found), default=0)
    if not orders:
        return replace(plain, width=_THIN)
    share = max(arrow.share for arrow in found)
    text = f"{number_text(orders, lang)} ({share_text(share, lang)})"
    is_repeat = not way.transitions and len(way.flows) == 1
    return replace(
        plain,
        label=() if is_repeat else (text,),
        width=_THIN + (_BROAD - _THIN) * (orders / most) ** 0.5,
        tooltip=text,
    )


def _legend(lang: str) -> tuple[LegendRow, ...]:
    _ = translator(lang)
    return (
        LegendRow(
            _("Box"),
            _("share of the lead time that orders wait here"),
            (
                Swatch(_("<2 %, on time"), WELL),
                Swatch("<5 %", PAPER),
                Swatch(f"5{DASH}10 %", share_fill(0.05, 0)),
                Swatch(f"10{DASH}20 %", share_fill(0.1, 0)),
                Swatch(">20 %", share_fill(0.2, 0)),
            ),
        ),
        LegendRow(
            _("Bar"),
            _("why they wait, and work"),
            swatches=(
                *(
                    Swatch(cause_text(cause, lang), colour, ink_on(colour))
                    for cause, colour in CAUSES.items()
                ),
                Swatch(_("work"), WORK, ink_on(WORK)),
            ),
        ),
        LegendRow(
            _("Arrow"),
            _(
                "orders (share), wide = many, black = between departments, "
                "dashed = back"
            ),
        ),
        LegendRow(
            _("Border"),
            _(
                "thick = one of the biggest delays, dashed = fewer than {number} visits"
            ).format(number=FEW),
        ),
    )


def _table(net: Net, findings: Findings, lang: str) -> Table | None:
    """The report's table of the biggest delays; None where nothing waited."""
    if not findings.ranked:
        return None
    written = bottleneck_table(findings, net, lang)
    return Table(written.headers, written.rows, frozenset(written.numeric))
