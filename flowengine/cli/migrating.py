"""`flowengine process migrate`: open orders go on by another version."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flowengine.cli.fields import read_text
from flowengine.cli.output import print_json, print_table
from flowengine.cli.session import Session, pass_session, reading, user_option
from flowengine.errors import InvalidInput
from flowengine.language.process import Process, step_title
from flowengine.locale import counted_text, translator

if TYPE_CHECKING:
    from flowengine.engine import Migrated, Stayed


@click.command()
@click.argument("name")
@click.option("--from", "old", type=int, required=True, help="The version they run by.")
@click.option("--to", "new", type=int, required=True, help="The version to go on by.")
@click.option(
    "--map",
    "names",
    metavar="FILE",
    help="Steps whose names changed: YAML `old-step: new-step`, or CSV of two columns.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would move, and why not.")
@user_option
@reading
@pass_session
def migrate(
    session: Session, name: str, old: int, new: int, names: str | None, dry_run: bool
) -> None:
    """Move the open orders of NAME from one version to another, and list the others.

    Each order moves whole or stays whole; due times go by the new version. People
    may go on working meanwhile, and the command may run again. The way back is the
    same with --from and --to changed over, by the same --map.
    """
    from flowengine.engine import VersionChange

    change = VersionChange(name, old, new, _names(names) if names else {})
    with session.engine() as engine:
        done = engine.repairs.migrate(change, by=session.acting(), dry_run=dry_run)
        process = engine.net(name, old).process
    if session.json:
        print_json(_migrated_json(done, dry_run))
    else:
        _print(done, process, new, dry_run, session.lang)


def _names(path: str) -> dict[str, str]:
    """Old names of steps to new ones, from a file.

    Raises:
        InvalidInput: It is neither YAML of names nor CSV of two columns.
    """
    text = read_text(path)
    if Path(path).suffix.lower() == ".csv":
        rows = [row for row in csv.reader(text.splitlines()) if any(row)]
        wrong = next((row for row in rows if len(row) != 2), None)
        if wrong is not None:
            raise InvalidInput(
                f"Expected two columns in {path}, but got {','.join(wrong)!r:.60}."
            )
        return {old.strip(): new.strip() for old, new in rows}
    import yaml

    try:
        # Every scalar is text: a step may be called `no`.
        found = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes no objects
    except yaml.YAMLError as error:
        first = str(error).partition("\n")[0]
        raise InvalidInput(
            f"Expected lines such as `old-step: new-step` in {path}, but {first}."
        ) from error
    if not isinstance(found, dict) or not all(
        isinstance(word, str) for pair in found.items() for word in pair
    ):
        raise InvalidInput(
            f"Expected lines such as `old-step: new-step` in {path}, but it has none."
        )
    return found


def _migrated_json(done: Migrated, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "moved": list(done.moved),
        "stayed": [
            {
                "number": stayed.number,
                "step": stayed.step,
                "reason": stayed.lack.value if stayed.lack else "refused",
                "text": stayed.text or None,
            }
            for stayed in done.stayed
        ],
    }


def _print(
    done: Migrated, process: Process, new: int, dry_run: bool, lang: str
) -> None:
    _ = translator(lang)
    said = (
        _("Would move to version {number}: {orders}.")
        if dry_run
        else _("Moved to version {number}: {orders}.")
    )
    moved = counted_text(len(done.moved), "order", "orders", lang)
    click.echo(said.format(orders=moved, number=new))
    if not done.stayed:
        return
    stayed = counted_text(len(done.stayed), "order", "orders", lang)
    click.echo(
        _("Left at version {number}: {orders}.").format(
            orders=stayed, number=process.version
        )
    )
    print_table(
        (_("Order"), _("Step"), _("Why")),
        [
            (
                each.number,
                "" if each.step is None else step_title(process, each.step, lang),
                reason_text(each, lang),
            )
            for each in done.stayed
        ],
    )


def reason_text(stayed: Stayed, lang: str) -> str:
    """Why an order was not moved."""
    from flowengine.net.moving import Lack

    _ = translator(lang)
    match stayed.lack:
        case None:
            return stayed.text
        case Lack.GONE:
            return _("the step is not there; name another with --map")
        case Lack.JOINS:
            return _("it waits for several arrows there")
        case Lack.NO_ARROW:
            return _(
                "the join there has no such arrow; name the step it comes from with "
                "--map"
            )
        case Lack.OTHER_KIND:
            return _("it is another kind of step there")
