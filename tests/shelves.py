"""Shelves for tests: what is reserved is set aside, of all else there is plenty."""

from collections import Counter

from flowengine.kernel import Case
from flowengine.kernel.commands import AnswerStock, Command
from flowengine.kernel.events import StockAsked
from flowengine.language.parts import StockVerb


def answer_of(
    stock: Counter[str] | None,
    case: Case,
    asked: StockAsked,
    command: Command,
) -> AnswerStock:
    """What the shelves say to what a case asks; None has everything."""
    given = {item.line: item.quantity for item in asked.items}
    refused = None
    if stock is not None and asked.verb is StockVerb.RESERVE:
        free = stock.copy()
        for item in asked.items:
            given[item.line] = min(item.quantity, free[item.sku])
            free[item.sku] -= given[item.line]
        short = [item.sku for item in asked.items if given[item.line] < item.quantity]
        if short and not asked.partly:
            refused, given = f"{', '.join(short)} is short", {}
        else:
            for sku, left in free.items():
                stock[sku] = left
    if stock is not None and asked.verb is StockVerb.RELEASE:
        for item in asked.items:
            stock[item.sku] += item.quantity
    return AnswerStock(
        case_id=case.id,
        at=command.at,
        by=command.by,
        step=asked.step,
        visit=asked.visit,
        element=asked.element,
        given=given,
        refused=refused,
        of=command,
    )
