"""Money at the head, at roles and at steps: what an hour, a step, lateness costs."""

import re

from flowengine.errors import InvalidInput
from flowengine.language.nodes import Node, TextNode
from flowengine.language.parts import Expense, Lateness
from flowengine.language.reader.fields import Fields, fields_of, shortened
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page
from flowengine.language.reader.places import piece_of
from flowengine.language.reader.times import read_per
from flowengine.language.reader.values import read_text
from flowengine.quantities import parse_money

LATENESS_KEYS = ("cost", "penalty")
_HOUR = re.compile(r"(.+?)/\s*(?:h|hour)")
_DAY = re.compile(r"(.+?)/\s*(?:d|day)")
_PER = re.compile(r"(?P<amount>.+?)(?: per (?P<per>\S+))?")


def read_rate(page: Page, names: Names, node: Node | None) -> int | None:
    """What an hour of a role costs: `15.10 EUR/h`."""
    return _read_divided(page, names, node, _HOUR, "an hour", "15.10", "h")


def read_expense(fields: Fields, names: Names) -> Expense | None:
    """What a step costs beside hands: `0.85 EUR per order.parcels`."""
    page, node = fields.page, fields.get("cost")
    text = read_text(page, node, f"a cost such as `0.85 {names.currency}`")
    if text is None or not isinstance(node, TextNode):
        return None
    parts = _PER.fullmatch(" ".join(text.split()))
    amount = _amount(parts["amount"] if parts else text, names.currency)
    if amount is None:
        currency = names.currency
        written = (parts["amount"] if parts else text).strip()
        page.error(
            piece_of(node, page.text, max(0, text.find(written)), len(written)),
            "F130",
            f"expected a cost in {currency}, but found `{shortened(written)}`",
            f"Write `0.85 {currency}`, or `0.85 {currency} per order.parcels`.",
        )
    per = parts["per"] if parts else None
    if per is None:
        return None if amount is None else Expense(amount)
    path = read_per(page, names, node, text.rindex(per), per)
    return None if amount is None or path is None else Expense(amount, path)


def read_lateness(fields: Fields, names: Names) -> Lateness | None:
    """What a late order costs: for each day, and once."""
    node = fields.get("lateness")
    if node is None:
        return None
    page = fields.page
    at = fields.key("lateness").at
    inner = fields_of(page, node, "`lateness`", at, LATENESS_KEYS)
    if not inner.entries:
        return None
    cost = inner.get("cost")
    per_day = _read_divided(page, names, cost, _DAY, "a day", "4", "day")
    penalty = _read_amount(page, names, inner.get("penalty"))
    return Lateness(per_day or 0, penalty or 0)


def _read_divided(
    page: Page,
    names: Names,
    node: Node | None,
    pattern: re.Pattern[str],
    unit: str,
    example: str,
    sign: str,
) -> int | None:
    written = f"{example} {names.currency}/{sign}"
    text = read_text(page, node, f"a cost such as `{written}`")
    if text is None or node is None:
        return None
    found = pattern.fullmatch(text.strip())
    amount = _amount(found[1], names.currency) if found else None
    if amount is not None:
        return amount
    page.error(
        node,
        "F130",
        f"expected a cost of {unit} in {names.currency}, but found `{shortened(text)}`",
        f"Write it as `{written}`.",
    )
    return None


def _read_amount(page: Page, names: Names, node: Node | None) -> int | None:
    example = f"15 {names.currency}"
    text = read_text(page, node, f"an amount such as `{example}`")
    if text is None or node is None:
        return None
    amount = _amount(text, names.currency)
    if amount is None:
        message = f"expected an amount in {names.currency}, but found `{text[:40]}`"
        page.error(node, "F130", message, f"Write it as `{example}`.")
    return amount


def _amount(text: str, currency: str) -> int | None:
    """An amount that is not negative; None where it is none."""
    try:
        amount = parse_money(text.strip(), currency)
    except InvalidInput:
        return None
    return amount if amount >= 0 else None
