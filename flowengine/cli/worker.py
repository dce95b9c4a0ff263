"""`flowengine worker`: what happens by itself when its time has come."""

import signal
import threading

import click

from flowengine.cli.output import print_json, say
from flowengine.cli.session import Session, database_option, json_option, pass_session


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
@json_option
@pass_session
def run(session: Session, once: bool, every: float) -> None:
    """Fire timers as they fall due, until stopped by Ctrl-C or SIGTERM.

    Any number of workers may run; each timer fires once.
    """
    stopped = threading.Event()
    if not once:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        say("Waiting for timers; Ctrl-C stops.")
    fired = 0
    with session.engine() as engine:
        while not stopped.is_set():
            now = engine.fire_timers()
            fired += now
            if now:
                say(f"{now} fired.")
            elif once:
                break
            else:
                stopped.wait(every)
    if session.json:
        print_json({"fired": fired})
    else:
        click.echo(f"Timers fired: {fired}.")
