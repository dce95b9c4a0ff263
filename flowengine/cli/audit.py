"""`flowengine order verify` and `forget`: what an auditor asks, and a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flowengine.cli.exits import ERROR, OK
from flowengine.cli.fields import read_text
from flowengine.cli.output import print_json, say
from flowengine.cli.progress import progress_bar
from flowengine.cli.session import Session, acting, pass_session, reading
from flowengine.locale import counted_text, translator

if TYPE_CHECKING:
    from flowengine.engine.verifying import Seal, Verified


@click.command()
@click.argument("number", required=False)
@click.option("--all", "everything", is_flag=True, help="Every order.")
@click.option("--seal", is_flag=True, help="With --all: print a line to be kept.")
@click.option(
    "--against",
    metavar="FILE",
    help="With --all: a file with such a line, made before; - is stdin.",
)
@reading
@pass_session
def verify(
    session: Session, number: str | None, everything: bool, seal: bool, against: str
) -> int:
    """Prove that a history is the one that was recorded.

    Every event carries a hash over itself and the one before it, and the order has the
    last. An event that was changed, taken out, put in or moved is told, the first one
    of each order; also a history that was cut off. Who may write to the database can
    write all hashes anew, though, or take out whole orders. Against that keep the line
    that --all --seal prints where they cannot write: --against proves that nothing
    that was there then has been changed since. It does not tell which order it is.
    """
    if everything == (number is not None):
        raise click.UsageError("Expected the NUMBER of an order or --all, one of them.")
    if (seal or against) and not everything:
        raise click.UsageError("Expected --all with --seal and --against.")
    from flowengine.engine.verifying import read_seal

    known = read_seal(read_text(against)) if against else None
    _ = translator(session.lang)
    with session.engine() as engine, progress_bar(_("Verifying")) as tell:
        if number is not None:
            found = engine.upkeep.verify(number)
        else:
            found = engine.upkeep.verify_all(known, tell)
    is_sealed = known is None or known == found.seal
    if session.json:
        print_json(_verified_json(found, known, is_sealed))
    else:
        _print_verified(found, known, is_sealed, seal, session.lang)
    return OK if is_sealed and not found.broken else ERROR


def _verified_json(
    found: Verified, known: Seal | None, is_sealed: bool
) -> dict[str, object]:
    told = [
        {"order": each.order, "event": each.seq, "difference": each.text}
        for each in found.broken
    ]
    return {
        "orders": found.orders,
        "events": found.events,
        "broken": told,
        "seal": None if found.seal is None else found.seal.text(),
        "as_sealed": None if known is None else is_sealed,
    }


def _print_verified(
    found: Verified, known: Seal | None, is_sealed: bool, seal: bool, lang: str
) -> None:
    _ = translator(lang)
    for each in found.broken:
        text = _("Order {number}, from event {seq} on: {text}")
        click.echo(text.format(number=each.order, seq=each.seq, text=each.text))
    if seal and found.seal is not None:
        click.echo(found.seal.text())
    orders = counted_text(found.orders, "order", "orders", lang)
    events = counted_text(found.events, "event", "events", lang)
    if found.broken:
        text = _("Expected whole histories, but so many are not: {count} of {orders}.")
        say(text.format(count=len(found.broken), orders=found.orders))
    elif not seal:
        text = _("{orders}, {events}: every link holds.")
        click.echo(text.format(orders=orders, events=events))
    if known is None:
        return
    if is_sealed:
        text = _("Nothing that was sealed has been changed: {orders}, {events}.")
        orders = counted_text(known.orders, "order", "orders", lang)
        events = counted_text(known.events, "event", "events", lang)
        click.echo(text.format(orders=orders, events=events))
    else:
        say(
            _(
                "Expected what was sealed to be as it was then, but it has been "
                "changed: compare with a backup of that time."
            )
        )


@click.command()
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why; kept for ever.")
@acting
@pass_session
def forget(session: Session, number: str, reason: str, key: str | None) -> None:
    """Erase the personal values of an order, also of the orders it has called.

    They cannot be brought back. The history stays, proves itself as before, and says
    who did it and why. What somebody wrote into a note or a reason stays there: such
    events are named. Backups, exports and mails that were sent before still hold the
    values: they are yours to see to.
    """
    by = session.acting()
    with session.engine() as engine:
        done = engine.upkeep.forget(number, reason, by=by, key=key)
    if session.json:
        print_json(
            {
                "orders": list(done.numbers),
                "fields": list(done.fields),
                "messages": done.messages,
                "in_plain": list(done.plain),
                "repeated": done.repeated,
            }
        )
        return
    _ = translator(session.lang)
    values = counted_text(
        len(done.fields), "personal value", "personal values", session.lang
    )
    text = _("Erased in {orders}: {values}.")
    click.echo(text.format(orders=", ".join(done.numbers), values=values))
    if done.messages:
        text = _("Kept messages thrown away: {count}.")
        click.echo(text.format(count=done.messages))
    if done.plain:
        text = _(
            "Somebody wrote such a value into these events, where it stays: {told}."
        )
        say(text.format(told=", ".join(done.plain)))
    say(_("Backups that were made before still hold these values."))
