"""`flowengine board`: what waits where, who works, what is late."""

from __future__ import annotations

import json
import signal
import sys
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from flowengine.cli.known_names import refuse_unknown
from flowengine.cli.output import print_json, say
from flowengine.cli.session import Session, pass_session, reading
from flowengine.cli.spans import span
from flowengine.errors import StoreError
from flowengine.quantities import SECOND, Duration, iso_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flowengine.engine import Board, BoardPerson, BoardStep

#: How often a board that is watched is drawn anew, in seconds.
EVERY = 2.0


@click.command()
@click.option("--department", metavar="DEPARTMENT", help="This department only.")
@click.option(
    "--soon",
    metavar="TIME",
    default="2h",
    show_default=True,
    callback=span,
    help="What is due within this time is soon late.",
)
@click.option("--watch", is_flag=True, help="Draw it anew, until Ctrl-C.")
@click.option(
    "--every",
    metavar="SECONDS",
    default=EVERY,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="How often, with --watch.",
)
@reading
@pass_session
def board(
    session: Session,
    department: str | None,
    soon: Duration,
    watch: bool,
    every: float,
) -> None:
    """Show what is open at each step: what waits, who works, what is late.

    Held are tasks of orders that are held, and of steps that stand still; stuck are
    orders that stand still at a step, see `flowengine incident list`. Late is what is
    past its due time.
    """
    from flowengine.cli.zones import usual_zone

    with session.engine() as engine:
        zone = usual_zone(engine)

        def looked() -> Board:
            return engine.board(department=department, soon=soon)

        if watch:
            _watch(looked, session, zone, every)
            return
        found = looked()
        if not found.lanes:
            refuse_unknown(engine, department=department)
    _print(found, session, zone)


def _print(found: Board, session: Session, zone: str) -> None:
    from flowengine.cli.board_page import drawn_board, print_plain

    if session.json:
        print_json(board_json(found))
    elif sys.stdout.isatty():
        from rich.console import Console

        console = Console(highlight=False)
        console.print(drawn_board(found, session.lang, zone, console.width))
    else:
        print_plain(found, session.lang, zone)


def _watch(
    looked: Callable[[], Board], session: Session, zone: str, every: float
) -> None:
    """Draw the board again and again; on paper and for machines only when it changes.

    A database that does not answer for a moment is told, and asked again.
    """
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    if sys.stdout.isatty() and not session.json:
        _redraw(looked, session, zone, every, stopped)
        return
    last = None
    for found in _looks(looked, every, stopped, say):
        now = board_json(found)
        seen = {key: value for key, value in now.items() if key != "at"}
        if seen == last:
            continue
        last = seen
        if session.json:
            click.echo(json.dumps(now, ensure_ascii=False))
        else:
            _print(found, session, zone)
            click.echo()
        sys.stdout.flush()


def _redraw(
    looked: Callable[[], Board],
    session: Session,
    zone: str,
    every: float,
    stopped: threading.Event,
) -> None:
    from rich.console import Console
    from rich.live import Live

    from flowengine.cli.board_page import drawn_board

    console = Console(highlight=False)
    with Live(console=console, screen=True, auto_refresh=False) as live:

        def tell(text: str) -> None:
            live.update(text, refresh=True)

        for found in _looks(looked, every, stopped, tell):
            shown = drawn_board(found, session.lang, zone, console.width)
            live.update(shown, refresh=True)


def _looks(
    looked: Callable[[], Board],
    every: float,
    stopped: threading.Event,
    tell: Callable[[str], None],
) -> Iterator[Board]:
    while not stopped.is_set():
        try:
            found = looked()
        except StoreError as error:
            tell(str(error))
        else:
            yield found
        stopped.wait(every)


def board_json(found: Board) -> dict[str, object]:
    """A board for machines."""
    return {
        "at": iso_time(found.at),
        "soon_seconds": found.soon // SECOND,
        **asdict(found.total),
        "departments": [
            {
                "department": lane.department,
                "title": asdict(lane.title),
                **asdict(lane.counts),
                "oldest": iso_time(lane.oldest),
                "steps": [_step_json(step, found) for step in lane.steps],
            }
            for lane in found.lanes
        ],
    }


def _step_json(step: BoardStep, found: Board) -> dict[str, object]:
    return {
        "process": step.process,
        "step": step.step,
        "title": asdict(step.title),
        **asdict(step.counts),
        "oldest": iso_time(step.oldest),
        "oldest_task": step.oldest_task,
        "who": [
            _person_json(person)
            for person in found.people
            if (person.process, person.step) == (step.process, step.step)
        ],
    }


def _person_json(person: BoardPerson) -> dict[str, object]:
    return {
        "person": person.name,
        "state": person.state.value,
        "count": person.count,
        "away_until": iso_time(person.away_until),
    }
