"""`flowengine worker`: what happens by itself when its time has come."""

from __future__ import annotations

import os
import signal
import socket
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from flowengine.cli.exits import GATE_FAILED
from flowengine.cli.output import print_json, say
from flowengine.cli.session import (
    Session,
    database_option,
    json_option,
    language_option,
    pass_session,
    reading,
    stock_option,
)
from flowengine.locale import counted_text, translator
from flowengine.quantities import SECOND, Duration

if TYPE_CHECKING:
    from flowengine.engine import Engine, Worked

#: No honest day's work takes more rounds: what goes round for ever is left then.
MOST_ROUNDS = 10_000


@click.group()
def worker() -> None:
    """What happens by itself when its time has come."""


@worker.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option(
    "--every",
    metavar="SECONDS",
    type=click.FloatRange(min=0.01),
    help="How long to rest when nothing is due. [default: worker.poll, 5]",
)
@click.option(
    "--name", metavar="TEXT", help="Who works. [default: the host and the process]"
)
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it tells on stderr what it does: for people, or a JSON object a line.",
)
@database_option
@stock_option
@language_option
@json_option
@pass_session
def run(
    session: Session, once: bool, every: float | None, name: str | None, log: str
) -> None:
    """Do what happens by itself, until stopped by Ctrl-C or SIGTERM.

    Timers fire as they fall due, called processes are opened and tell how they ended,
    gates let orders through, automations are done and people are told. Any number of
    workers may run, on any number of machines; each thing is done once. Stopped, a
    worker finishes what it has in hand.
    """
    if every is not None:
        settings = session.configuration.worker
        poll = Duration(max(1, round(every * SECOND)))
        session.configuration = replace(
            session.configuration, worker=replace(settings, poll=poll)
        )
    if once:
        with session.engine() as engine:
            _print(_rounds(engine), session)
        return
    _attend(session, name or f"{socket.gethostname()}-{os.getpid()}", log)


def _attend(session: Session, name: str, log: str) -> None:
    """Work until a signal comes, and tell what is done."""
    from flowengine.cli.worker_log import Log

    with session.engine() as engine:
        told = Log(name, engine.now, is_json=log == "json")
        one = engine.machines.worker(name, told)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: one.stop())
        told.started()
        one.run()
        told.stopped()
    _print(told.total, session)


def _rounds(engine: Engine) -> Counter[str]:
    """Work until nothing is due."""
    total: Counter[str] = Counter()
    told: set[str] = set()
    for _ in range(MOST_ROUNDS):
        worked = engine.machines.work()
        add(total, worked)
        for skipped in worked.skipped:
            text = f"Skipped, order {skipped.number}: {skipped.reason}"
            if text not in told:
                told.add(text)
                total["skipped"] += 1
                say(text)
        if not worked.done:
            break
    return total


def add(total: Counter[str], worked: Worked) -> None:
    """Count what one round did."""
    total.update(
        timers=worked.timers,
        children=worked.children,
        gates=worked.gates,
        machines=worked.machines,
    )


def _print(total: Counter[str], session: Session) -> None:
    if session.json:
        print_json(
            {
                "fired": total["timers"],
                "children": total["children"],
                "gates": total["gates"],
                "machines": total["machines"],
                "skipped": total["skipped"],
            }
        )
        return
    _ = translator(session.lang)
    click.echo(_("Timers fired: {count}.").format(count=total["timers"]))
    for count, text in (
        (total["children"], _("Told to called and calling orders: {count}.")),
        (total["gates"], _("Let through by gates: {count}.")),
        (total["machines"], _("Done by machines: {count}.")),
        (total["skipped"], _("Skipped: {count}.")),
    ):
        if count:
            click.echo(text.format(count=count))


@worker.command()
@reading
@pass_session
def status(session: Session) -> None:
    """Say whether workers are there and keep up.

    Exit code 7 where no worker was seen for a minute, or something has been due for
    more than five.
    """
    from flowengine.cli.worker_page import health_json, print_health

    with session.engine() as engine:
        health = engine.machines.health()
        failed = [each for each in engine.machines.outbox() if each.failed]
    if session.json:
        print_json(health_json(health, failed))
    else:
        print_health(health, failed, session.lang)
    if not health.is_good:
        click.get_current_context().exit(GATE_FAILED)


@worker.command()
@click.argument("key", required=False)
@database_option
@language_option
@json_option
@pass_session
def retry(session: Session, key: str | None) -> None:
    """Try again now what has failed: everything, or what has this key.

    What failed inside an order is an incident there: `flowengine incident resolve`.
    """
    with session.engine() as engine:
        count = engine.machines.retry(key)
    if session.json:
        print_json({"retried": count})
        return
    _ = translator(session.lang)
    errands = counted_text(count, "errand", "errands", session.lang)
    click.echo(_("Due again: {errands}.").format(errands=errands))
