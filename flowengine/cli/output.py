"""How results are printed: JSON for machines, plain tables for people."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import click

from flowengine.quantities import Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def print_json(value: object) -> None:
    """Print one JSON value, readable and the same every time."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def instant(moment: datetime) -> Instant:
    """An aware moment as microseconds."""
    return Instant((moment - _EPOCH) // timedelta(microseconds=1))


def print_table(
    titles: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()
) -> None:
    """Print columns under their titles; those of `right` end at the same place."""
    lines = [tuple(titles), *(tuple(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(titles))]
    for number, line in enumerate(lines):
        cells = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        text = "  ".join(cells).rstrip()
        click.echo(click.style(text, bold=True) if number == 0 else text)


def print_pairs(pairs: Sequence[tuple[str, str]]) -> None:
    """Print names and values under each other."""
    width = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        click.echo(f"{name.ljust(width)}  {value}".rstrip())


def say(text: str) -> None:
    """Say something beside the result, on stderr."""
    click.echo(text, err=True)
