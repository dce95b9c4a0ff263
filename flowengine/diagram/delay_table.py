"""The table of the biggest delays."""

from flowengine.analysis import Cause, Findings, RankedDelay
from flowengine.diagram.frame import (
    DASH,
    MINUS,
    department_title,
    range_text,
    step_title,
)
from flowengine.diagram.picture import Table
from flowengine.locale import duration_text, number_text, share_text, translator
from flowengine.net import Net
from flowengine.quantities import Duration

#: Money is counted in ten-thousandths of the currency unit.
_MONEY = 10_000


def delay_table(net: Net, findings: Findings, lang: str) -> Table | None:
    """The five biggest delays, biggest first; None where nothing waited."""
    if not findings.ranked:
        return None
    _ = translator(lang)
    head = [
        "#",
        _("step"),
        _("department"),
        _("wait per order"),
        _("90 % range"),
        _("share"),
        _("main cause"),
        _("busy - slow"),
    ]
    has_money = any(delay.money is not None for delay in findings.ranked)
    if has_money:
        head.append(_("cost"))
    rows = tuple(
        (
            *_row(net, findings, delay, lang),
            *((_money(net, delay, lang),) if has_money else ()),
        )
        for delay in findings.ranked
    )
    return Table(tuple(head), rows, frozenset({3, 4, 5, 7, 8}))


def _row(
    net: Net, findings: Findings, delay: RankedDelay, lang: str
) -> tuple[str, ...]:
    share = share_text(delay.cause_share, lang)
    return (
        str(delay.rank),
        step_title(net.process, delay.step, lang),
        department_title(net.process, delay.department, lang),
        duration_text(findings.per_order(delay.waiting), lang),
        range_text(findings.per_order(delay.low), findings.per_order(delay.high), lang),
        share_text(delay.share, lang),
        f"{cause_title(delay.main_cause, lang)} {share}",
        _change(delay.busy_minus_slow, lang),
    )


def _change(duration: Duration | None, lang: str) -> str:
    if duration is None:
        return DASH
    sign = "+" if duration > 0 else MINUS if duration < 0 else ""
    return sign + duration_text(Duration(abs(duration)), lang)


def _money(net: Net, delay: RankedDelay, lang: str) -> str:
    if delay.money is None:
        return DASH
    return f"{number_text(delay.money / _MONEY, lang)} {net.process.currency}"


def cause_title(cause: Cause, lang: str) -> str:
    """A cause in the reader's words."""
    _ = translator(lang)
    return {
        Cause.HELD: _("held"),
        Cause.OUTSIDE: _("outside"),
        Cause.CLOSED: _("closed"),
        Cause.OVERTAKEN: _("overtaken"),
        Cause.ALL_BUSY: _("all busy"),
        Cause.NOT_PICKED_UP: _("not picked up"),
    }[cause]
