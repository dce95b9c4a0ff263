"""`flowengine worker`: what happens by itself when its time has come."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from typing import TYPE_CHECKING

import click

from flowengine.cli.output import print_json, say
from flowengine.cli.session import (
    Session,
    database_option,
    json_option,
    language_option,
    pass_session,
    stock_option,
)
from flowengine.locale import translator

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
    default=5.0,
    show_default=True,
    type=click.FloatRange(min=0.01),
    help="How long to rest when nothing is due.",
)
@database_option
@stock_option
@language_option
@json_option
@pass_session
def run(session: Session, once: bool, every: float) -> None:
    """Do what happens by itself, until stopped by Ctrl-C or SIGTERM.

    Timers fire as they fall due, called processes are opened and tell how they ended,
    gates let orders through. Any number of workers may run; each thing is done once.
    """
    stopped = threading.Event()
    if not once:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        say("Waiting for what is due; Ctrl-C stops.")
    with session.engine() as engine:
        total = _rounds(engine, stopped, every=None if once else every)
    _print(total, session)


def _rounds(
    engine: Engine, stopped: threading.Event, every: float | None
) -> Counter[str]:
    """Work until stopped, or until nothing is due where there is no rest."""
    total: Counter[str] = Counter()
    told: set[str] = set()
    rounds = 0
    again = True
    while not stopped.is_set():
        worked = engine.machines.work(again=again)
        again = False
        rounds += 1
        total.update(timers=worked.timers, children=worked.children, gates=worked.gates)
        if every is not None:
            _say_done(worked)
        _say_skipped(worked, total, told)
        if every is None and (not worked.done or rounds >= MOST_ROUNDS):
            break
        if not worked.done and every is not None:
            stopped.wait(every)
    return total


def _say_done(worked: Worked) -> None:
    """Say what one round of many did."""
    parts = [
        f"{count} {word}"
        for count, word in (
            (worked.timers, "fired"),
            (worked.children, "told"),
            (worked.gates, "let through"),
        )
        if count
    ]
    if parts:
        say(f"{', '.join(parts)}.")


def _say_skipped(worked: Worked, total: Counter[str], told: set[str]) -> None:
    """Tell what could not be done, each thing once."""
    for skipped in worked.skipped:
        text = f"Skipped, order {skipped.number}: {skipped.reason}"
        if text not in told:
            told.add(text)
            total["skipped"] += 1
            say(text)


def _print(total: Counter[str], session: Session) -> None:
    if session.json:
        print_json(
            {
                "fired": total["timers"],
                "children": total["children"],
                "gates": total["gates"],
                "skipped": total["skipped"],
            }
        )
        return
    _ = translator(session.lang)
    click.echo(_("Timers fired: {count}.").format(count=total["timers"]))
    for count, text in (
        (total["children"], _("Told to called and calling orders: {count}.")),
        (total["gates"], _("Let through by gates: {count}.")),
        (total["skipped"], _("Skipped: {count}.")),
    ):
        if count:
            click.echo(text.format(count=count))
