"""`flowengine events`: following what happens."""

from __future__ import annotations

import json
import signal
import threading
from typing import TYPE_CHECKING

import click

from flowengine.cli.session import Session, pass_session, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowengine.engine import Engine, FeedEvent

#: Seconds between two looks.
_REST = 1.0


@click.command()
@click.option(
    "--after",
    metavar="CURSOR",
    help="Go on behind this cursor, as an event or the end of the last list gave it.",
)
@click.option("--limit", default=100, show_default=True, type=click.IntRange(min=1))
@click.option("--follow", is_flag=True, help="Go on as it happens, until stopped.")
@reading
@pass_session
def events(session: Session, after: str | None, limit: int, follow: bool) -> None:
    """Tell what happened, in the order in which it was stored, from the beginning.

    Each event comes once, and none is passed over, however many programs write. With
    --json one event a line, with its cursor: keep that of the last one that was dealt
    with, and go on behind it.
    """
    stopped = threading.Event()
    if follow:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
    with session.engine() as engine:
        while not stopped.is_set():
            page = engine.events(after, limit)
            after = page.cursor
            for line in _lines(session, engine, page.events):
                click.echo(line)
            if not follow:
                break
            if len(page.events) < limit:
                stopped.wait(_REST)
    if not session.json:
        from flowengine.locale import translator

        _ = translator(session.lang)
        click.echo(_("Go on with --after {cursor}").format(cursor=after), err=True)


def _lines(
    session: Session, engine: Engine, found: Iterable[FeedEvent]
) -> Iterable[str]:
    if session.json:
        yield from (_json(engine, each) for each in found)
        return
    from flowengine.cli.timeline import event_text
    from flowengine.cli.words import moment

    orders = {number: engine.order(number) for number in {e.number for e in found}}
    for each in found:
        order = orders[each.number]
        process = order.net.process
        when = moment(each.event.at, process, session.lang)
        told = event_text(
            each.event, process, session.lang, order.relatives, order.versions
        )
        yield f"{when}  {each.number}  {told}  {each.event.by}"


def _json(engine: Engine, each: FeedEvent) -> str:
    from flowengine.cli.event_json import event_json
    from flowengine.kernel.events import CaseMigrated

    versions = {}
    if isinstance(each.event, CaseMigrated):
        versions = {stored.digest: stored.version for stored in engine.processes()}
    told = event_json(each.seq, each.event, versions)
    line = {"cursor": each.cursor, "number": each.number, **told}
    return json.dumps(line, ensure_ascii=False)
