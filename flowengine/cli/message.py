"""`flowengine message`: what comes from outside."""

import click

from flowengine.cli.output import print_json, print_table
from flowengine.cli.session import (
    Session,
    database_option,
    json_option,
    key_option,
    language_option,
    pass_session,
    reading,
    stock_option,
    user_option,
)
from flowengine.errors import InvalidInput
from flowengine.locale import instant_text, translator
from flowengine.quantities import iso_time


@click.group()
def message() -> None:
    """Messages from outside."""


@message.command()
@click.argument("name")
@click.option(
    "--match",
    required=True,
    metavar="VALUE",
    help="What finds the order, such as its number.",
)
@click.option(
    "--set",
    "values",
    metavar="FIELD=VALUE",
    multiple=True,
    help="A field that the message sets. May be repeated.",
)
@click.option(
    "--from", "json_file", metavar="FILE", help="The fields as JSON; - is stdin."
)
@user_option
@key_option
@stock_option
@reading
@pass_session
def deliver(
    session: Session,
    name: str,
    match: str,
    values: tuple[str, ...],
    json_file: str | None,
    key: str | None,
) -> None:
    """Deliver a message to the order it matches.

    It is kept until a step waits for it.
    """
    from flowengine.cli.fields import assignments, read_json
    from flowengine.cli.words import print_receipt

    body: dict[str, object] = {}
    if json_file:
        given = read_json(json_file)
        if not isinstance(given, dict):
            raise InvalidInput(
                f"{json_file}: Expected fields in {{ }}, but got {given!r}."
            )
        body.update(given)
    body.update(assignments(values, "--set"))
    with session.engine() as engine:
        receipt = engine.deliver(
            name, match=match, body=body, by=session.user or "outside", key=key
        )
        if receipt is None:
            _print_kept(session, name, match)
            return
        told = translator(session.lang)("Message {name} has reached order {number}.")
        text = told.format(name=name, number=receipt.number)
        print_receipt(engine, receipt, text, session)


def _print_kept(session: Session, name: str, match: str) -> None:
    """Say that a message waits for an order that it can match."""
    if session.json:
        print_json({"number": None, "kept": True})
        return
    _ = translator(session.lang)
    told = _("Message {name} is kept: no order matches {value} yet.")
    click.echo(told.format(name=name, value=match))


@message.command("list")
@click.option("--review", is_flag=True, help="Only those that somebody must look at.")
@reading
@pass_session
def list_(session: Session, review: bool) -> None:
    """List messages that no order has taken.

    An order that is opened takes what came for it in the last 30 days. What is older,
    or could not be read for its order, waits for somebody to look at it: deliver it
    anew as it should be, or drop it. What the fields say is not shown, as it may be
    personal.
    """
    with session.engine() as engine:
        kept = [
            each for each in engine.machines.messages() if each.is_stuck or not review
        ]
    if session.json:
        print_json(
            [
                {
                    "key": each.key,
                    "name": each.name,
                    "match": each.match,
                    "at": iso_time(each.at),
                    "by": each.by,
                    "fields": each.fields,
                    "late": each.is_late,
                    "number": each.number,
                }
                for each in kept
            ]
        )
        return
    _ = translator(session.lang)
    rows = [
        (
            each.key,
            each.name,
            each.match,
            instant_text(each.at, "UTC", session.lang),
            _("too old")
            if each.is_late
            else _("could not be read")
            if each.number is not None
            else _("waits for its order"),
        )
        for each in kept
    ]
    titles = (_("Key"), _("Message"), _("For"), _("Came (UTC)"), _("State"))
    print_table(titles, rows)


@message.command()
@click.argument("key")
@database_option
@language_option
@json_option
@pass_session
def drop(session: Session, key: str) -> None:
    """Throw a message away that no order has taken."""
    with session.engine() as engine:
        engine.machines.drop_message(key)
    if session.json:
        print_json({"dropped": key})
    else:
        click.echo(translator(session.lang)("Dropped: {key}.").format(key=key))
