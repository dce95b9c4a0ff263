"""What all commands share: which database, which language, who acts, JSON or text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import click

from flowengine.configuration import Configuration
from flowengine.locale import LANGUAGES

if TYPE_CHECKING:
    from flowengine.engine import Engine

DEFAULT_DATABASE = "flowengine.db"

_Function = TypeVar("_Function", bound=Callable[..., object])


@dataclass(slots=True)
class Session:
    """The settings of one run of the command line."""

    database: str = DEFAULT_DATABASE
    lang: str = "en"
    user: str | None = None
    json: bool = False
    #: A file of stock levels; without one everything is there.
    stock: str | None = None
    #: Settings of this installation; what a flag said is above, and in `flags`.
    configuration: Configuration = field(default_factory=Configuration)
    flags: dict[str, str] = field(default_factory=dict)

    @property
    def shown_database(self) -> str:
        """The database as people may read it, without its password."""
        return str(without_password(self.database))

    def engine(self) -> Engine:
        """The engine over the database; a context manager."""
        from flowengine.engine import Engine

        return Engine(self.database, stock=self.stock, configuration=self.configuration)

    def acting(self) -> str:
        """Who acts.

        Raises:
            click.UsageError: Nobody said who.
        """
        if not self.user:
            raise click.UsageError(
                "Expected who acts, but neither --as nor FLOWENGINE_USER says it."
            )
        return self.user


#: What a setting is called in files, where that differs.
_PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):[^@\s]*(?=@)")
_KEYS = {"database": "db"}

pass_session = click.make_pass_decorator(Session, ensure=True)


def _setting(name: str) -> Callable[[click.Context, click.Parameter, object], None]:
    def keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
        """Keep a value that was said; one that was not leaves what stands."""
        if value is not None and value is not False:
            session = context.ensure_object(Session)
            setattr(session, name, value)
            session.flags[_KEYS.get(name, name)] = str(value)

    return keep


def database_option(function: _Function) -> _Function:
    """Add `--db`."""
    return click.option(
        "--db",
        metavar="FILE",
        expose_value=False,
        callback=_setting("database"),
        help="The database: a file or a URL. [default: FLOWENGINE_DB, flowengine.db]",
    )(function)


def stock_option(function: _Function) -> _Function:
    """Add `--stock`."""
    return click.option(
        "--stock",
        metavar="FILE",
        expose_value=False,
        callback=_setting("stock"),
        help="What is on the shelves, as CSV `sku,quantity`; without it everything is "
        "there. [default: FLOWENGINE_STOCK]",
    )(function)


def language_option(function: _Function) -> _Function:
    """Add `--lang`."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        callback=_setting("lang"),
        help="Language of titles and texts. [default: FLOWENGINE_LANG, en]",
    )(function)


def json_option(function: _Function) -> _Function:
    """Add `--json`."""
    return click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        callback=_setting("json"),
        help="Print JSON for machines.",
    )(function)


def user_option(function: _Function) -> _Function:
    """Add `--as`."""
    return click.option(
        "--as",
        metavar="PERSON",
        expose_value=False,
        callback=_setting("user"),
        help="Who acts. [default: FLOWENGINE_USER]",
    )(function)


def key_option(function: _Function) -> _Function:
    """Add `--key`."""
    return click.option(
        "--key",
        metavar="TEXT",
        help="Idempotency key: the same key again acts once and gives the same answer.",
    )(function)


def reading(function: _Function) -> _Function:
    """Add the options of a command that shows something from the database."""
    return database_option(language_option(json_option(function)))


def acting(function: _Function) -> _Function:
    """Add the options of a command that somebody gives."""
    return user_option(key_option(stock_option(reading(function))))


def without_password(value: object) -> object:
    """A value as it may be shown: an address in it has no password."""
    return _PASSWORD.sub(r"\1:***", value) if isinstance(value, str) else value
