"""The board as people see it: drawn in a terminal, plain columns elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from flowengine.cli.output import print_table
from flowengine.cli.words import ago_text
from flowengine.kernel.case import TaskState
from flowengine.locale import counted_text, duration_text, instant_text, translator

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from flowengine.engine import Board, BoardPerson, Counts
    from flowengine.quantities import Instant

#: From this width on, the oldest task is named too.
WIDE = 100
#: The least that a step's title has.
_LEAST = 20
#: Columns that are drawn only where something is in them; the others stand always.
_RARE = ("claimed", "paused", "gated", "held", "incidents")
_STYLES = {"incidents": "bold red", "late": "bold red", "soon": "yellow"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the board: a department with its sums, or a step of it."""

    title: str
    counts: Counts
    oldest: Instant | None
    task: str | None = None
    is_lane: bool = False


def count_titles(lang: str) -> dict[str, str]:
    """The columns of counts by the names of `Counts`, in order."""
    _ = translator(lang)
    return {
        "waiting": _("Waiting"),
        "claimed": _("Taken"),
        "working": _("Working"),
        "paused": _("Aside"),
        "gated": _("Gate"),
        "held": _("Held"),
        "incidents": _("Stuck"),
        "late": _("Late"),
        "soon": _("Soon"),
    }


def print_plain(found: Board, lang: str, zone: str) -> None:
    """Print columns that other programs can cut."""
    _ = translator(lang)
    click.echo(head_text(found, lang, zone))
    columns = count_titles(lang)
    titles = (_("Step"), *columns.values(), _("Oldest"), _("Task"))
    rows = [
        (
            line.title if line.is_lane else f"  {line.title}",
            *(str(getattr(line.counts, name)) for name in columns),
            _age(line.oldest, found.at, lang),
            line.task or "",
        )
        for line in _lines(found, lang)
    ]
    print_table(titles, rows, right=range(1, len(columns) + 2))
    people = list(_people(found, lang, zone))
    if people:
        click.echo()
        print_table(_people_titles(lang), people, right=(1, 2, 3))


def drawn_board(found: Board, lang: str, zone: str, width: int) -> RenderableType:
    """The board as it is drawn in a terminal so wide."""
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = [Text(head_text(found, lang, zone), style="bold")]
    if found.lanes:
        parts.append(_drawn_steps(found, lang, width))
    people = list(_people(found, lang, zone))
    if people:
        parts.append(_drawn_people(people, lang))
    return Group(*parts)


def head_text(found: Board, lang: str, zone: str) -> str:
    """How much is open, and how much of it is late."""
    _ = translator(lang)
    total = found.total
    tasks = total.waiting + total.claimed + total.working + total.paused + total.held
    told = _("{time}: {tasks}, late {late}, late within {span} {soon}")
    return told.format(
        time=instant_text(found.at, zone, lang),
        tasks=counted_text(tasks, "open task", "open tasks", lang),
        late=total.late,
        span=duration_text(found.soon, lang),
        soon=total.soon,
    )


def _lines(found: Board, lang: str) -> Iterator[_Line]:
    _ = translator(lang)
    for lane in found.lanes:
        title = lane.title.in_language(lang) or _("No department")
        yield _Line(title, lane.counts, lane.oldest, is_lane=True)
        for step in lane.steps:
            name = step.title.in_language(lang)
            yield _Line(name, step.counts, step.oldest, step.oldest_task)


def _drawn_steps(found: Board, lang: str, width: int) -> Table:
    """The steps; where it is narrow, what is rare shares a column."""
    from rich.text import Text

    _ = translator(lang)
    is_wide = width >= WIDE
    titles = count_titles(lang)
    rare = {name: titles[name] for name in _RARE if getattr(found.total, name)}
    shown = rare if is_wide else {}
    columns = [name for name in titles if name not in _RARE or name in shown]
    drawn = _table()
    drawn.add_column(_("Step"), overflow="fold", min_width=_LEAST)
    for name in columns:
        drawn.add_column(titles[name], justify="right", no_wrap=True)
    drawn.add_column(_("Oldest"), justify="right", no_wrap=True)
    if is_wide:
        drawn.add_column(_("Task"), no_wrap=True, overflow="ellipsis")
    elif rare:
        drawn.add_column(_("Other"), overflow="fold")
    for line in _lines(found, lang):
        cells = [Text(line.title if line.is_lane else f"  {line.title}")]
        cells += [_cell(name, getattr(line.counts, name)) for name in columns]
        cells.append(Text(_age(line.oldest, found.at, lang)))
        if is_wide:
            cells.append(Text(line.task or "", style="dim"))
        elif rare:
            cells.append(_rare_cell(line.counts, rare))
        drawn.add_row(*cells, style="bold" if line.is_lane else None)
    return drawn


def _rare_cell(counts: Counts, rare: Mapping[str, str]) -> Text:
    from rich.text import Text

    told = [
        (f"{title} {getattr(counts, name)}", _STYLES.get(name, ""))
        for name, title in rare.items()
        if getattr(counts, name)
    ]
    return Text("\n").join(Text(text, style=style) for text, style in told)


def _cell(name: str, count: int) -> Text:
    from rich.text import Text

    return Text(str(count), style=_STYLES.get(name, "")) if count else Text("")


def _drawn_people(people: Sequence[tuple[str, ...]], lang: str) -> Table:
    drawn = _table()
    for place, title in enumerate(_people_titles(lang)):
        drawn.add_column(title, justify="right" if place in (1, 2, 3) else "left")
    for row in people:
        shown = (*row[:1], *("" if cell == "0" else cell for cell in row[1:]))
        drawn.add_row(*shown, style="yellow" if row[-1] else None)
    return drawn


def _people_titles(lang: str) -> tuple[str, ...]:
    _ = translator(lang)
    return (
        _("Person"),
        _("Working"),
        _("Aside"),
        _("Taken"),
        _("At"),
        _("Away"),
    )


def _people(found: Board, lang: str, zone: str) -> Iterator[tuple[str, ...]]:
    """Who has what: how much in which state, at which steps, and until when away."""
    rows: dict[str, list[BoardPerson]] = {}
    for person in found.people:
        rows.setdefault(person.name, []).append(person)
    for name, those in rows.items():
        steps: dict[str, int] = {}
        for each in those:
            title = each.title.in_language(lang)
            steps[title] = steps.get(title, 0) + each.count
        yield (
            name,
            *(
                str(sum(each.count for each in those if each.state is state))
                for state in (TaskState.STARTED, TaskState.PAUSED, TaskState.CLAIMED)
            ),
            ", ".join(_some(title, count) for title, count in steps.items()),
            _away(those[0].away_until, lang, zone),
        )


def _some(title: str, count: int) -> str:
    return title if count == 1 else f"{title} ({count})"


def _away(until: Instant | None, lang: str, zone: str) -> str:
    if until is None:
        return ""
    told = translator(lang)("until {time}")
    return told.format(time=instant_text(until, zone, lang))


def _age(since: Instant | None, now: Instant, lang: str) -> str:
    return "" if since is None else ago_text(since, now, lang)


def _table() -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
