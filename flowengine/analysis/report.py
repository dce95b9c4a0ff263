"""The text twin of the picture: the same numbers as a table, and as exact data."""

from collections.abc import Iterator
from dataclasses import dataclass

from flowengine.analysis.findings import (
    ArrowFinding,
    Cause,
    DepartmentFinding,
    Findings,
    RankedDelay,
    RoleFinding,
    StepFinding,
)
from flowengine.language.process import department_title, step_title, zone_of
from flowengine.locale import (
    counted_text,
    date_text,
    duration_text,
    number_text,
    range_text,
    share_text,
    translator,
)
from flowengine.net.net import Net
from flowengine.quantities import MONEY_SCALE, Duration

#: What stands where there is nothing to say.
NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table for people: every cell is text in their language."""

    title: str
    #: Lines under the title.
    notes: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    #: Columns, from 0, that hold amounts.
    numeric: tuple[int, ...] = ()


def bottleneck_table(findings: Findings, net: Net, lang: str) -> Table:
    """The five biggest delays, with the numbers that stand above the picture.

    Without closed orders it has a title that says so, and no rows.
    """
    _ = translator(lang)
    name = net.process.title.in_language(lang)
    if not findings.orders:
        title = _("{process}: no order has closed yet").format(process=name)
        return Table(title, (_open_orders(findings, lang),), (), ())
    lead = duration_text(findings.mean_lead, lang)
    has_money = any(delay.money is not None for delay in findings.ranked)
    return Table(
        title=_("{process}: where an order's {lead} go").format(
            process=name, lead=lead
        ),
        notes=tuple(_notes(findings, net, lang)),
        headers=(
            "#",
            _("step"),
            _("department"),
            _("wait per order"),
            _("90 % range"),
            _("share"),
            _("main cause"),
            _("busy - slow"),
            *((_("cost"),) if has_money else ()),
        ),
        rows=tuple(
            (
                *_row(delay, findings, net, lang),
                *((_money(delay, net, lang),) if has_money else ()),
            )
            for delay in findings.ranked
        ),
        numeric=(0, 3, 4, 5, 7, 8),
    )


def as_json(findings: Findings) -> dict[str, object]:
    """Everything that was found, in plain JSON: totals in microseconds, shares of 1."""
    period = findings.period
    return {
        "process": findings.process,
        "version": findings.version,
        "period_us": None if period is None else list(period),
        "orders": findings.orders,
        "open_orders": findings.open_orders,
        "lead_us": findings.lead,
        "waiting_us": findings.waiting,
        "paused_us": findings.paused,
        "service_us": findings.service,
        "mean_lead_us": findings.mean_lead,
        "flow_efficiency": findings.flow_efficiency,
        "promised": findings.promised,
        "on_time": findings.on_time,
        "steps": [_step_json(step) for step in findings.steps],
        "arrows": [_arrow_json(arrow) for arrow in findings.arrows],
        "departments": [_department_json(lane) for lane in findings.departments],
        "roles": [_role_json(role) for role in findings.roles],
        "ranked": [_delay_json(delay, findings) for delay in findings.ranked],
    }


def cause_text(cause: Cause, lang: str) -> str:
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


def _notes(findings: Findings, net: Net, lang: str) -> Iterator[str]:
    _ = translator(lang)
    orders = counted_text(findings.orders, "closed order", "closed orders", lang)
    if findings.period is None:
        yield orders
    else:
        first, last = (
            date_text(at, zone_of(net.process), lang) for at in findings.period
        )
        yield f"{first} \N{EN DASH} {last}, {orders}"
    # As in the picture: a paused task waits.
    waiting = findings.share_of_lead(findings.waiting + findings.paused)
    yield _("waiting {waiting}, work {work}").format(
        waiting=share_text(waiting, lang),
        work=share_text(findings.flow_efficiency, lang),
    )
    if findings.on_time_share is not None:
        on_time = share_text(findings.on_time_share, lang)
        yield _("on time {share}").format(share=on_time)
    if findings.open_orders:
        yield _open_orders(findings, lang)


def _open_orders(findings: Findings, lang: str) -> str:
    return counted_text(findings.open_orders, "open order", "open orders", lang)


def _row(
    delay: RankedDelay, findings: Findings, net: Net, lang: str
) -> tuple[str, ...]:
    low, high = findings.per_order(delay.low), findings.per_order(delay.high)
    cause = cause_text(delay.main_cause, lang)
    return (
        str(delay.rank),
        step_title(net.process, delay.step, lang),
        department_title(net.process, delay.department, lang) or NOTHING,
        _mean(findings, delay.waiting, lang),
        range_text(low, high, lang),
        share_text(delay.share, lang),
        f"{cause} {share_text(delay.cause_share, lang)}",
        _signed(delay.busy_minus_slow, lang),
    )


def _mean(findings: Findings, total: Duration, lang: str) -> str:
    return duration_text(findings.per_order(total), lang)


def _money(delay: RankedDelay, net: Net, lang: str) -> str:
    if delay.money is None:
        return NOTHING
    return f"{number_text(delay.money / MONEY_SCALE, lang)} {net.process.currency}"


def _signed(amount: Duration | None, lang: str) -> str:
    if amount is None:
        return NOTHING
    text = duration_text(Duration(abs(amount)), lang)
    if not amount:
        return text
    return f"+{text}" if amount > 0 else f"\N{MINUS SIGN}{text}"


def _step_json(step: StepFinding) -> dict[str, object]:
    return {
        "step": step.step,
        "department": step.department,
        "orders": step.orders,
        "visits": step.visits,
        "redone": step.redone,
        "waiting_us": step.waiting,
        "paused_us": step.paused,
        "service_us": step.service,
        "causes_us": {cause.value: amount for cause, amount in step.causes.items()},
        "share": step.share,
        "with_sla": step.with_sla,
        "late": step.late,
        "off_path_waiting_us": step.off_path_waiting,
        "off_path_service_us": step.off_path_service,
        "open_orders": step.open_orders,
        "open_waiting_us": step.open_waiting,
        "rank": step.rank,
    }


def _arrow_json(arrow: ArrowFinding) -> dict[str, object]:
    return {
        "source": arrow.source,
        "target": arrow.target,
        "orders": arrow.orders,
        "passes": arrow.passes,
        "share": arrow.share,
        "waiting_us": arrow.waiting,
    }


def _department_json(lane: DepartmentFinding) -> dict[str, object]:
    return {
        "department": lane.department,
        "people": lane.people,
        "waiting_us": lane.waiting,
        "paused_us": lane.paused,
        "service_us": lane.service,
        "share": lane.share,
        "open_us": lane.open_time,
        "busy_us": lane.busy_time,
        "busy_share": lane.busy_share,
    }


def _role_json(role: RoleFinding) -> dict[str, object]:
    return {
        "role": role.role,
        "department": role.department,
        "people": role.people,
        "open_us": role.open_time,
        "busy_us": role.busy_time,
        "busy_share": role.busy_share,
    }


def _delay_json(delay: RankedDelay, findings: Findings) -> dict[str, object]:
    return {
        "rank": delay.rank,
        "step": delay.step,
        "department": delay.department,
        "waiting_us": delay.waiting,
        "low_us": delay.low,
        "high_us": delay.high,
        "wait_per_order_us": findings.per_order(delay.waiting),
        "share": delay.share,
        "main_cause": delay.main_cause.value,
        "cause_share": delay.cause_share,
        "busy_minus_slow_us": delay.busy_minus_slow,
        "money": delay.money,
    }
