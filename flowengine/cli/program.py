"""The root of the command line: what all commands share, and the nouns."""

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click
from click.exceptions import NoSuchCommand

from flowengine import __version__
from flowengine.cli.exits import guarded
from flowengine.cli.session import (
    Session,
    database_option,
    language_option,
    user_option,
)
from flowengine.configuration import read_configuration
from flowengine.errors import InvalidInput

#: Where each noun's commands are; the module is imported when the noun is used.
NOUNS = {
    "process": "flowengine.cli.process",
    "explain": "flowengine.cli.explain",
    "db": "flowengine.cli.db",
    "user": "flowengine.cli.user",
    "order": "flowengine.cli.order",
    "task": "flowengine.cli.task",
    "board": "flowengine.cli.board",
    "incident": "flowengine.cli.incident",
    "message": "flowengine.cli.message",
    "events": "flowengine.cli.events",
    "worker": "flowengine.cli.worker",
    "config": "flowengine.cli.config",
    "diagram": "flowengine.cli.diagram",
    "report": "flowengine.cli.report",
    "demo": "flowengine.cli.demo",
}


class Program(click.Group):
    """A group that imports a noun when it is used, and never shows a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The nouns, in the order in which somebody meets them."""
        return list(NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The commands of a noun."""
        if cmd_name not in NOUNS:
            return None
        command = getattr(import_module(NOUNS[cmd_name]), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The noun that is meant; one like it is named where there is none."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(
                args[0], possibilities=self.list_commands(ctx), ctx=ctx
            ) from error

    # click types its own `main` with Any.
    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run, tell errors in one line, and leave with the exit code."""
        extra["standalone_mode"] = False
        extra.setdefault("prog_name", "flowengine")
        run = super().main
        sys.exit(guarded(lambda: run(*args, **extra)))


@click.group(
    "flowengine",
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="flowengine")
@database_option
@language_option
@user_option
@click.pass_context
def program(context: click.Context) -> None:
    """Run order processes that are written in YAML.

    A first round: `flowengine process new first`, `flowengine db init`,
    `flowengine order open first.yaml --set number=A-1 --set customer=Ilze
    --set "total=450 EUR" --as ilze`, `flowengine task list`.

    Exit codes: 0 done, 1 error, 2 usage, 3 not found, 4 refused or wrong input,
    5 somebody else was first, 6 errors in the process, 7 a gate failed,
    130 interrupted.
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    session = context.ensure_object(Session)
    try:
        configuration = read_configuration(session.flags)
    except InvalidInput as error:
        raise click.UsageError(str(error)) from error
    session.configuration = configuration
    session.database = configuration.db
    session.lang = configuration.lang
    session.user = configuration.user
    session.stock = configuration.stock
