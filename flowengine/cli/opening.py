"""`flowengine order open`: from arguments, a JSON file, or a sheet of orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from flowengine.cli import fields as given
from flowengine.cli.exits import OK, exit_code
from flowengine.cli.output import print_json, say
from flowengine.cli.session import Session, acting, pass_session
from flowengine.cli.words import print_receipt
from flowengine.errors import FlowError, InvalidInput
from flowengine.locale import counted_text, translator

if TYPE_CHECKING:
    from flowengine.engine import Engine, Receipt
    from flowengine.language.process import Process

MARKS = {"comma": ",", "point": "."}


@dataclass(frozen=True, slots=True)
class _New:
    """The fields of one order to open, and where they stand."""

    place: str
    fields: Mapping[str, object]


@click.command("open")
@click.argument("process", metavar="FILE.yaml|NAME")
@click.option(
    "--set",
    "values",
    metavar="FIELD=VALUE",
    multiple=True,
    help='A field, such as order.total="12 EUR"; lists as JSON. May be repeated.',
)
@click.option(
    "--from",
    "json_file",
    metavar="FILE",
    help="JSON with the fields of an order, or a list of such; - is stdin.",
)
@click.option(
    "--csv",
    "csv_file",
    metavar="FILE",
    help="A sheet of orders, one row per order or per order line; - is stdin.",
)
@click.option("--encoding", metavar="NAME", help="Encoding of the sheet, if not seen.")
@click.option(
    "--decimal",
    type=click.Choice(list(MARKS)),
    help="Decimal mark of the sheet, where 1.234 could be either.",
)
@acting
@pass_session
def open_(
    session: Session,
    process: str,
    values: tuple[str, ...],
    json_file: str | None,
    csv_file: str | None,
    encoding: str | None,
    decimal: str | None,
    key: str | None,
) -> int:
    """Open an order, or many.

    FILE.yaml is added to the database first, as `flowengine process add` does; NAME is
    the newest version of a process that is there. A new database is made by
    `flowengine db init`.
    """
    by = session.acting()
    if csv_file and (json_file or values or key):
        raise click.UsageError(
            "Expected --csv alone, but got --set, --from or --key with it."
        )
    with session.engine() as engine:
        name = process_name(engine, process)
        written = engine.net(name).process
        if csv_file:
            new = _from_sheet(csv_file, written, encoding, decimal)
            return _open_many(engine, session, name, new)
        orders = _from_json(json_file, written) if json_file else [_New("", {})]
        if json_file and len(orders) != 1:
            if values or key:
                raise click.UsageError(
                    "Expected one order with --set and --key, but the file has"
                    f" {len(orders)}."
                )
            return _open_many(engine, session, name, orders)
        fields = {**orders[0].fields, **_from_arguments(values, written)}
        receipt = engine.open_order(name, fields, by=by, key=key)
        done = translator(session.lang)("Order {number} is open.")
        print_receipt(engine, receipt, done.format(number=receipt.number), session)
    return OK


def process_name(engine: Engine, process: str) -> str:
    """The name of a stored process; a file is checked and stored first."""
    if process != given.STDIN and not process.endswith((".yaml", ".yml")):
        return process
    return engine.add_process(given.read_text(process), process).name


def _from_arguments(values: Sequence[str], process: Process) -> dict[str, object]:
    said = given.assignments(values, "--set")
    typed = {path: given.raw_field(process, path, text) for path, text in said.items()}
    return given.nested(typed, process)


def _from_json(path: str, process: Process) -> list[_New]:
    """The orders in a JSON file: one, or a list."""
    value = given.read_json(path)
    many = value if isinstance(value, list) else [value]
    orders = []
    for place, each in enumerate(many, 1):
        where = f"{path}, order {place}" if isinstance(value, list) else path
        if not isinstance(each, dict):
            raise InvalidInput(
                f"{where}: Expected the fields of an order in {{ }}, but got {each!r}."
            )
        inner = each.get(process.subject)
        # {"order": {...}} says the same as {...}
        fields = inner if len(each) == 1 and isinstance(inner, dict) else each
        orders.append(_New(where, fields))
    return orders


def _from_sheet(
    path: str, process: Process, encoding: str | None, decimal: str | None
) -> list[_New]:
    from flowengine.interchange import Mark, read_orders

    rows = read_orders(
        given.read_bytes(path),
        path,
        process,
        encoding=encoding,
        decimal=Mark(MARKS[decimal]) if decimal else None,
    )
    return [_New(f"{path}:{row.line}", row.fields) for row in rows]


def _open_many(engine: Engine, session: Session, name: str, new: Sequence[_New]) -> int:
    """Open each order that can be opened; tell the others; the first one's code."""
    answers = engine.open_orders(
        name, [each.fields for each in new], by=session.acting()
    )
    failed = [answer for answer in answers if isinstance(answer, FlowError)]
    if session.json:
        print_json(
            [
                {"place": each.place, "error": str(answer)}
                if isinstance(answer, FlowError)
                else {"place": each.place, "number": answer.number}
                for each, answer in zip(new, answers, strict=True)
            ]
        )
    for each, answer in zip(new, answers, strict=True):
        if isinstance(answer, FlowError):
            say(f"{each.place}: {answer}")
    if not session.json:
        _print_count(answers, session.lang)
    if not failed:
        return OK
    say(f"Expected all orders to be opened, but {len(failed)} were refused.")
    return exit_code(failed[0])


def _print_count(answers: Sequence[Receipt | FlowError], lang: str) -> None:
    """Say how many orders were opened, and how many had been before."""
    receipts = [answer for answer in answers if not isinstance(answer, FlowError)]
    repeated = sum(receipt.repeated for receipt in receipts)
    opened = counted_text(len(receipts) - repeated, "order", "orders", lang)
    click.echo(translator(lang)("Opened: {orders}.").format(orders=opened))
    if repeated:
        before = counted_text(repeated, "order", "orders", lang)
        say(translator(lang)("There before: {orders}.").format(orders=before))
