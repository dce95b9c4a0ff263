"""Files that others write, read into flowengine's own values.

`read_orders` reads a sheet of orders (CSV as Excel, an export or a hand writes it)
into raw rows for `Engine.open_orders`. It guesses encoding, separator and decimal
mark from the file itself, and what it cannot decide it refuses with the place:

    orders.csv:7, column total: Expected money such as 12.50 EUR, but got 'abc'.

`sheet` turns bytes into rows, `columns` finds the field of each column, `numerals`
decides decimal marks, `cells` reads one cell, `orders` puts orders together.
"""

from flowengine.interchange.numerals import Mark
from flowengine.interchange.orders import OrderRow, read_orders
from flowengine.interchange.sheet import (
    LARGEST_FILE,
    MOST_ROWS,
    Cell,
    Sheet,
    read_sheet,
)

__all__ = [
    "LARGEST_FILE",
    "MOST_ROWS",
    "Cell",
    "Mark",
    "OrderRow",
    "Sheet",
    "read_orders",
    "read_sheet",
]
