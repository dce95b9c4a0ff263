"""Errands: what people and machines outside are told and asked, under leases."""

from dataclasses import replace

from flowengine.engine.opened import Opened
from flowengine.engine.settling import Fate, Settled, settle
from flowengine.engine.values import Errand, Skipped
from flowengine.kernel.case import CaseId
from flowengine.quantities import Instant
from flowengine.store import leases, orders, outbox
from flowengine.store.outbox import OutboxRow
from flowengine.store.tables import NEVER


def take_errands(
    opened: Opened, limit: int, by: str, kinds: tuple[str, ...], lease: int
) -> list[OutboxRow]:
    """Take what is due of these kinds, for this worker alone until the lease is out."""
    at = opened.now()
    with opened.database.reading() as connection:
        if not leases.is_any_due(connection, kinds, at):
            return []
    term = leases.Term(by, at, at + lease)
    with opened.database.writing() as connection:
        return leases.take(connection, kinds, limit, term)


def do_errand(opened: Opened, row: OutboxRow, by: str) -> Settled:
    """Do what was taken, and write down how it went."""
    # It loads what speaks to the network, which most programs have no use for.
    from flowengine.engine.performing import perform  # noqa: PLC0415 - see above

    answer = perform(opened, opened.outfit, row)
    settled = settle(opened, opened.outfit, row, answer, by)
    with opened.database.reading() as connection:
        numbers = orders.numbers(connection, [row.case_id])
    return replace(settled, number=numbers.get(row.case_id, ""))


def do_errands(opened: Opened, limit: int, by: str) -> tuple[Settled, ...]:
    """Do what is due, one after the other, each under a lease of its own."""
    outfit = opened.outfit
    settled: list[Settled] = []
    while len(settled) < limit:
        taken = take_errands(opened, 1, by, outfit.kinds, outfit.lease)
        if not taken:
            break
        settled += (do_errand(opened, row, by) for row in taken)
    return tuple(settled)


def skipped_of(settled: tuple[Settled, ...]) -> tuple[Skipped, ...]:
    """What was not done, with the orders that it was for."""
    return tuple(
        Skipped(
            one.number,
            f"{one.row.kind} of {one.row.body.get('step', '')}: {one.reason}",
        )
        for one in settled
        if one.fate in (Fate.AGAIN, Fate.GIVEN_UP)
    )


def errands(opened: Opened, kind: str | None) -> tuple[Errand, ...]:
    """What is to be told or done outside, the oldest first."""
    with opened.database.reading() as connection:
        rows = outbox.rows(connection, kind)
    return tuple(errand_of(row) for row in rows)


def errand_of(row: OutboxRow) -> Errand:
    """A row as callers see it."""
    return Errand(
        key=row.key,
        kind=row.kind,
        case_id=CaseId(row.case_id.hex()),
        at=Instant(row.at),
        body=row.body,
        failed=row.failed,
        attempts=row.attempts,
        due=None if row.due == NEVER else Instant(max(row.due, row.at)),
        worker=row.leased_by,
        fence=row.fence,
    )
