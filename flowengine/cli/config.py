"""`flowengine config`: how this installation is set up."""

import click

from flowengine.cli.output import print_json, print_table
from flowengine.cli.session import (
    Session,
    database_option,
    json_option,
    language_option,
    pass_session,
    stock_option,
    user_option,
    without_password,
)
from flowengine.configuration import DEFAULT, read_configuration
from flowengine.locale import translator

#: A password that somebody wrote into an address.


@click.group()
def config() -> None:
    """How this installation is set up."""


@config.command()
@click.option("--origin", is_flag=True, help="Say where each setting came from.")
@database_option
@stock_option
@user_option
@language_option
@json_option
@pass_session
def show(session: Session, origin: bool) -> None:
    """Show all settings.

    What is said first counts: flags, environment variables FLOWENGINE_…,
    flowengine.toml in this folder, the one in your configuration folder. Secrets stand
    in none of them: a setting that ends in _env names the variable that holds one.
    """
    said = read_configuration(session.flags)
    if session.json:
        print_json(
            {
                key: {"value": without_password(value), "origin": said.origins[key]}
                for key, value in said.written.items()
            }
        )
        return
    _ = translator(session.lang)
    origins = {
        key: _("default") if where == DEFAULT else where
        for key, where in said.origins.items()
    }
    rows = [
        (key, _shown(value), *((origins[key],) if origin else ()))
        for key, value in said.written.items()
    ]
    titles = (_("Setting"), _("Value"), *((_("Origin"),) if origin else ()))
    print_table(titles, rows)


def _shown(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(without_password(value))
