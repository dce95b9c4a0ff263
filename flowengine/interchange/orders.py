"""A sheet of orders: one row per order, or one row per order line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flowengine.errors import InvalidInput
from flowengine.interchange.cells import cell_readings, raw_value
from flowengine.interchange.columns import (
    Column,
    Field,
    fields_of,
    find_field,
    is_needed,
    match_columns,
)
from flowengine.interchange.numerals import Mark, decimal_mark
from flowengine.interchange.sheet import Cell, Sheet, Wrong, read_sheet
from flowengine.language.data import read_value
from flowengine.language.process import Process
from flowengine.language.scalars import wanted
from flowengine.language.types import Kind

#: No more problems than this are told of one file.
MOST_PROBLEMS = 1_000

_Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order of a sheet."""

    #: Where it begins in the file.
    line: int
    number: str
    #: Raw values of its fields, as `Engine.open_orders` takes them.
    fields: Mapping[str, object]


def read_orders(
    content: bytes,
    path: str,
    process: Process,
    *,
    encoding: str | None = None,
    decimal: Mark | None = None,
) -> tuple[OrderRow, ...]:
    """Read a CSV of orders, all of it or nothing.

    Columns are named by field (`order.total`, `total`; of lines `lines.sku`,
    `line.sku`, `sku`), in any case, with blanks or underscores. Rows with the same
    number are one order. Separators, decimal marks, dates and encodings may be those
    of any spreadsheet: see the modules `sheet`, `numerals` and `cells`.

    Args:
        content: The file.
        path: How errors call it.
        process: Its subject says which fields there are.
        encoding: The encoding, where it is not to be guessed.
        decimal: The decimal mark of numbers such as 1.234 that read two ways.

    Raises:
        InvalidInput: Something is wrong; the text names each place, one a line.
    """
    fields = fields_of(process)
    sheet = read_sheet(
        content,
        path,
        lambda name: isinstance(find_field(fields, name), Field),
        encoding,
    )
    wrong: list[Wrong] = []
    columns = match_columns(sheet, fields, wrong)
    _stop_if(wrong, path)
    if not sheet.rows:
        raise InvalidInput(
            f"{path}:{sheet.header[0].line + 1}: Expected a row for each order,"
            " but there is none."
        )
    marks = _decimal_marks(sheet, columns, decimal)
    rows = [_read_row(row, sheet, columns, marks, process, wrong) for row in sheet.rows]
    orders = [
        _order(rows_of_one, columns, process, wrong)
        for rows_of_one in _by_number(rows, process.number[1:], columns, wrong)
    ]
    _stop_if(wrong, path)
    return tuple(orders)


def _stop_if(wrong: Sequence[Wrong], path: str) -> None:
    """Refuse the file if anything is wrong, telling all of it in file order."""
    if not wrong:
        return
    ordered = sorted(wrong, key=lambda each: each.line)
    told = [
        f"{path}:{each.line}"
        + (f", column {each.column}" if each.column else "")
        + f": {each.text}"
        for each in ordered[:MOST_PROBLEMS]
    ]
    if len(told) < len(wrong):
        told.append(f"{path}: and {len(wrong) - len(told)} more.")
    raise InvalidInput("\n".join(told))


def _decimal_marks(
    sheet: Sheet, columns: Sequence[Column], decimal: Mark | None
) -> Mapping[int, Mark | None]:
    """The decimal mark of each column: as said, as it shows, or as all others show."""
    proofs = {
        column.index: decimal_mark(
            cell_readings(row[column.index].text, column.field.type)
            for row in sheet.rows
            if column.index < len(row)
        )
        for column in columns
    }
    everywhere = frozenset[Mark]().union(*proofs.values())
    return {index: decimal or _only(own or everywhere) for index, own in proofs.items()}


def _only(marks: frozenset[Mark]) -> Mark | None:
    return next(iter(marks)) if len(marks) == 1 else None


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, read: what its cells hold by the path of their field."""

    line: int
    cells: Mapping[_Path, Cell]
    values: Mapping[_Path, object]


def _read_row(
    row: Sequence[Cell],
    sheet: Sheet,
    columns: Sequence[Column],
    marks: Mapping[int, Mark | None],
    process: Process,
    wrong: list[Wrong],
) -> _Row:
    for cell in row[len(sheet.header) :]:
        if cell.text:
            text = f"Expected {len(sheet.header)} cells, but the row has {len(row)}"
            wrong.append(Wrong(cell.line, None, f"{text}: {cell.text!r} is too many."))
    cells: dict[_Path, Cell] = {}
    values: dict[_Path, object] = {}
    for column in columns:
        if column.index >= len(row) or not row[column.index].text:
            continue
        cell = row[column.index]
        cells[column.field.path] = cell
        try:
            value = _value(cell.text, column, marks[column.index], process)
        except InvalidInput as error:
            wrong.append(Wrong(cell.line, column.name, str(error)))
        else:
            values[column.field.path] = value
    return _Row(row[0].line, cells, values)


def _value(text: str, column: Column, mark: Mark | None, process: Process) -> object:
    """The raw value of a cell, once the process has been seen to take it."""
    data_type = column.field.type
    raw = raw_value(text, data_type, mark, process, column.unit)
    try:
        read_value(data_type, raw, process)
    except InvalidInput as error:
        # Name what stands in the cell, not what we made of it.
        raise InvalidInput(str(error).replace(repr(raw), repr(text))) from error
    return raw


def _by_number(
    rows: Iterable[_Row],
    number: _Path,
    columns: Sequence[Column],
    wrong: list[Wrong],
) -> Iterable[Sequence[_Row]]:
    """The rows of each order, in the order of their first rows."""
    name = next((each.name for each in columns if each.field.path == number), None)
    found: dict[str, list[_Row]] = {}
    for row in rows:
        if number in row.cells:
            found.setdefault(row.cells[number].text, []).append(row)
        else:
            text = "Expected the number of the order, but the cell is empty."
            wrong.append(Wrong(row.line, name, text))
    return found.values()


def _order(
    rows: Sequence[_Row],
    columns: Sequence[Column],
    process: Process,
    wrong: list[Wrong],
) -> OrderRow:
    """Put the rows of one order together."""
    first, *later = rows
    for row in later:
        wrong.extend(_differences(first, row, columns))
    for row in rows:
        wrong.extend(_empty_cells(row, row is first, columns, process))
    values: dict[_Path, object] = {
        (name,): []
        for name, data_type in process.data[process.subject].fields.items()
        if data_type.kind is Kind.LIST and not data_type.optional
    }
    for field in [column.field for column in columns]:
        if field.list is not None:
            values[field.list] = _elements(rows, field.list)
        elif field.path in first.values:
            values[field.path] = first.values[field.path]
    number = first.cells[process.number[1:]].text
    return OrderRow(first.line, number, _nested(values))


def _elements(rows: Sequence[_Row], path: _Path) -> list[object]:
    """The elements of the list at `path`: one from each row that has any of it."""
    elements = []
    for row in rows:
        below = {
            at[len(path) :]: value
            for at, value in row.values.items()
            if at[: len(path)] == path
        }
        if below:
            elements.append(below[()] if () in below else _nested(below))
    return elements


def _nested(values: Mapping[_Path, object]) -> dict[str, object]:
    """Values by path as records inside records."""
    record: dict[str, object] = {}
    for path in values:
        name = path[0]
        if (name,) in values:
            record[name] = values[(name,)]
        elif name not in record:
            inner = {at[1:]: value for at, value in values.items() if at[0] == name}
            record[name] = _nested(inner)
    return record


def _differences(first: _Row, row: _Row, columns: Sequence[Column]) -> Iterator[Wrong]:
    """A later row of an order adds to a list and says nothing else that is new."""
    adds = False
    for column in columns:
        path = column.field.path
        cell, before = row.cells.get(path), first.cells.get(path)
        if cell is None:
            continue
        if column.field.list is not None:
            adds = True
        elif before is None or row.values.get(path) != first.values.get(path):
            held = repr(before.text) if before else "nothing"
            text = f"Expected {held} as in line {first.line} of the same order"
            yield Wrong(cell.line, column.name, f"{text}, but got {cell.text!r}.")
    if not adds:
        text = f"Expected each order once, but this one stands in line {first.line}"
        yield Wrong(row.line, None, f"{text} already.")


def _empty_cells(
    row: _Row, is_first: bool, columns: Sequence[Column], process: Process
) -> Iterator[Wrong]:
    """Cells that must not be empty."""
    for column in columns:
        field = column.field
        if field.path in row.cells or (field.list is None and not is_first):
            continue
        if is_needed(field, row.cells):
            text = f"Expected {wanted(field.type, process)}, but the cell is empty."
            yield Wrong(row.line, column.name, text)
