"""What is on the shelves, and what becomes of it when a step asks for goods.

Levels stand in a file of the columns `sku,quantity` until the ledger of movements
exists. What open orders have reserved counts against them, in the transaction that
asks: so two orders never get the same piece.
"""

import csv
import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from flowengine.errors import InvalidInput
from flowengine.kernel.case import Case, StockAsk
from flowengine.kernel.commands import AnswerStock, Command
from flowengine.kernel.decide import Decision
from flowengine.kernel.events import StockAsked
from flowengine.language.parts import StockVerb
from flowengine.net.net import Net
from flowengine.quantities import NUMBER_SCALE, number_text
from flowengine.store.batch import Batch
from flowengine.store.stock import reserved_by_sku, reserved_of, unit_of, wanted


class StockLevels:
    """Levels by article, from a file that may change while the engine runs."""

    def __init__(self, path: str) -> None:
        """Read the file once, so that one that is wrong is told of at once.

        Raises:
            InvalidInput: It cannot be read, or a row is wrong.
        """
        self._path = Path(path)
        self._changed = -1.0
        self._levels: Mapping[str, int] = {}
        self.level("")

    def level(self, sku: str) -> int:
        """Millionths of a piece on the shelves; 0 for what is not in the file.

        Raises:
            InvalidInput: The file cannot be read, or a row is wrong.
        """
        try:
            changed = self._path.stat().st_mtime_ns
            if changed != self._changed:
                self._levels = _read(self._path)
                self._changed = changed
        except OSError as error:
            raise InvalidInput(
                f"Expected stock levels in {self._path}, but it cannot be read: "
                f"{(error.strerror or 'unknown').lower()}."
            ) from error
        return self._levels.get(sku, 0)


def answer_stock(
    batch: Batch,
    levels: StockLevels | None,
    net: Net,
    decision: Decision,
    command: Command,
) -> AnswerStock:
    """What the stock says to what a decision asks.

    Only `reserve` is answered from the levels: all else moves what was reserved, or
    what no file of levels can know.
    """
    asked = decision.case.asked
    if asked is None:
        raise ValueError("Nothing was asked.")
    given = {item.line: item.quantity for item in asked.items}
    refused = None
    if levels is not None and asked.verb is StockVerb.RESERVE and not asked.undo:
        available = _available(batch, levels, net, decision.case, asked)
        if available != given and not _may_be_partly(decision):
            refused = _shortage(net, asked, available)
        given = {} if refused else available
    return AnswerStock(
        case_id=decision.case.id,
        at=command.at,
        by=command.by,
        step=asked.step,
        visit=asked.visit,
        element=asked.element,
        given=given,
        refused=refused,
        of=command,
    )


def _may_be_partly(decision: Decision) -> bool:
    """Whether the step goes on with less than it asked for."""
    asked = [event for event in decision.events if isinstance(event, StockAsked)]
    return bool(asked) and asked[-1].partly


def _available(
    batch: Batch, levels: StockLevels, net: Net, case: Case, asked: StockAsk
) -> dict[str, int]:
    """How much of each line can be reserved, in the units of its field."""
    free: dict[str, int] = {}
    given: dict[str, int] = {}
    wanted(batch.link, {item.sku for item in asked.items})
    for item in asked.items:
        if item.sku not in free:
            taken = _reserved(batch, net, case, item.sku)
            free[item.sku] = levels.level(item.sku) - taken
        unit = unit_of(net.process, item.line)
        most = max(0, free[item.sku]) // unit
        given[item.line] = min(item.quantity, most)
        free[item.sku] -= given[item.line] * unit
    return given


def _reserved(batch: Batch, net: Net, case: Case, sku: str) -> int:
    """What all open orders have reserved, as far as this transaction has come."""
    held = batch.load(case.id)
    before = held.after if held is not None else None
    own = reserved_by_sku(net, case)[sku]
    counted = reserved_by_sku(net, before)[sku] if before is not None else 0
    return reserved_of(batch.link, sku) + batch.reserved[sku] + own - counted


def _shortage(net: Net, asked: StockAsk, available: Mapping[str, int]) -> str:
    """What is short, in words."""
    short = []
    for item in asked.items:
        unit = unit_of(net.process, item.line)
        if available[item.line] < item.quantity:
            wanted = number_text(item.quantity * unit)
            there = number_text(available[item.line] * unit)
            short.append(f"{wanted} of {item.sku} ({there} free)")
    return f"{', '.join(short)} cannot be reserved"


def _read(path: Path) -> Mapping[str, int]:
    """Levels by article in millionths of a piece.

    Raises:
        InvalidInput: A row is wrong; its line is named.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            text = file.read()
            # A sheet that was saved where the comma is the decimal mark.
            mark = ";" if ";" in text.partition("\n")[0] else ","
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        except (UnicodeDecodeError, csv.Error) as error:
            raise InvalidInput(
                f"{path}: Expected a CSV file in UTF-8, but it is not: {error}."
            ) from error
    if not rows or [name.strip() for name in rows[0]] != ["sku", "quantity"]:
        raise InvalidInput(
            f"{path}:1: Expected the columns sku,quantity, but got "
            f"{','.join(rows[0]) if rows else 'nothing'}."
        )
    levels: dict[str, int] = {}
    for line, row in enumerate(rows[1:], 2):
        if not row:
            continue
        if len(row) != len(rows[0]):
            raise InvalidInput(
                f"{path}:{line}: Expected 2 columns, but got {len(row)}."
            )
        sku = row[0].strip()
        if not sku or sku in levels:
            told = f"{sku} a second time" if sku else "none"
            raise InvalidInput(f"{path}:{line}: Expected an article, but got {told}.")
        levels[sku] = _quantity(row[1], f"{path}:{line}")
    return levels


def _quantity(text: str, place: str) -> int:
    try:
        quantity = Decimal(text.strip()) * NUMBER_SCALE
        if quantity.is_finite() and quantity >= 0 and quantity == int(quantity):
            return int(quantity)
    except InvalidOperation:
        pass
    raise InvalidInput(f"{place}: Expected a quantity such as 12, but got {text!r}.")
