"""`flowengine process`: write, check and look at processes."""

from __future__ import annotations

from pathlib import Path

import click

from flowengine.cli.fields import STDIN, read_text
from flowengine.cli.migrating import migrate
from flowengine.cli.nets import find_net
from flowengine.cli.output import print_json, print_table
from flowengine.cli.session import (
    Session,
    database_option,
    json_option,
    language_option,
    pass_session,
    reading,
)
from flowengine.cli.versions import diff
from flowengine.errors import CommandRejected
from flowengine.locale import translator


@click.group()
def process() -> None:
    """Processes: write, check, look at, keep in the database."""


process.add_command(diff)
process.add_command(migrate)


@process.command()
@click.argument("name")
@click.option(
    "--like",
    metavar="REFERENCE",
    help="Begin with a reference process, such as order-to-delivery or inbound.",
)
@click.option(
    "--out", metavar="FILE", help="Where to write; - is stdout. [default: NAME.yaml]"
)
@json_option
@pass_session
def new(session: Session, name: str, like: str | None, out: str | None) -> None:
    """Write a small process to begin with, into NAME.yaml."""
    from flowengine.language.template import new_process

    text = new_process(name)
    if like:
        text = _reference_text(like, name)
    if out == STDIN:
        click.echo(text, nl=False)
        return
    path = Path(out or f"{name}.yaml")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise CommandRejected(
            f"Expected {path} to be new, but it is there already; choose another name"
            " or say --out."
        ) from error
    if session.json:
        print_json({"path": str(path)})
    else:
        click.echo(f"{path} is written. Next: flowengine process check {path}")


def _reference_text(like: str, name: str) -> str:
    from flowengine.demo.reference import reference_text

    text = reference_text(like)
    return text.replace(f"process: {like}\n", f"process: {name}\n", 1)


@process.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How problems are told.",
)
@click.option(
    "--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C."
)
@json_option
@pass_session
def check(session: Session, files: tuple[str, ...], form: str, watch: bool) -> int:
    """Check process files; tell all problems with their places. - is stdin.

    Exits 0 where there are no errors (warnings are allowed), 6 where there are.
    """
    from flowengine.cli.checking import check_files, watch_files

    if watch and STDIN in files:
        raise click.UsageError("Expected files to watch, but - is standard input.")
    check_them = watch_files if watch else check_files
    return check_them(files, "json" if session.json else form)


@process.command()
@click.argument("path", metavar="FILE")
@reading
@pass_session
def add(session: Session, path: str) -> None:
    """Keep a process in the database, so that orders can run by it.

    The same text again changes nothing; another text needs another version.
    """
    with session.engine() as engine:
        stored = engine.add_process(read_text(path), path)
    if session.json:
        print_json(
            {"name": stored.name, "version": stored.version, "digest": stored.digest}
        )
    else:
        title = stored.title.in_language(session.lang)
        click.echo(
            f"{title}: {stored.name} version {stored.version} is in the database."
        )


@process.command("list")
@reading
@pass_session
def list_(session: Session) -> None:
    """List the processes in the database."""
    with session.engine() as engine:
        stored = engine.processes()
    if session.json:
        print_json(
            [
                {
                    "name": each.name,
                    "version": each.version,
                    "digest": each.digest,
                    "open_orders": each.orders,
                }
                for each in stored
            ]
        )
        return
    _ = translator(session.lang)
    print_table(
        (_("Process"), _("Version"), _("Open orders"), _("Title")),
        [
            (
                each.name,
                str(each.version),
                str(each.orders),
                each.title.in_language(session.lang),
            )
            for each in stored
        ],
        right=(1, 2),
    )


@process.command()
@click.argument("source", metavar="FILE.yaml|NAME")
@click.option("--version", type=int, help="A stored version other than the newest.")
@database_option
@language_option
@json_option
@pass_session
def show(session: Session, source: str, version: int | None) -> None:
    """Show a process: its steps, who does them, and where they lead."""
    from flowengine.cli.process_page import print_process, process_json

    net = find_net(session, source, version)
    if session.json:
        print_json(process_json(net.process))
    else:
        print_process(net.process, session.lang)


@process.command()
def schema() -> None:
    """Print the JSON Schema of process files, for editors."""
    from flowengine.language.schema import process_schema

    print_json(process_schema())
