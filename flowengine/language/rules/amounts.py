"""What has an amount: arithmetic, counts, sums, extremes, business days."""

from functools import partial

from lark import Token

from flowengine.calendars import WorkCalendar
from flowengine.language.rules.environment import Environment, parts
from flowengine.language.rules.expressions import (
    Arithmetic,
    BusinessDays,
    Constant,
    Count,
    Elements,
    Expression,
    Extreme,
    Fold,
    Folded,
    Negative,
    Operator,
)
from flowengine.language.rules.kinds import (
    NUMBERS,
    ORDERED,
    QUANTITIES,
    alike,
    bare,
    described,
    is_like,
    result,
)
from flowengine.language.rules.names import elements, list_field
from flowengine.language.rules.refusals import (
    TYPES,
    UNITS,
    UNKNOWN_CALENDAR,
    Node,
    each,
    listed,
    meant,
    refusal,
)
from flowengine.language.types import DataType, Kind

_DOING = {
    Operator.PLUS: "{right} cannot be added to {left}",
    Operator.MINUS: "{right} cannot be taken from {left}",
    Operator.TIMES: "{left} cannot be multiplied by {right}",
    Operator.OVER: "{left} cannot be divided by {right}",
}


def arithmetic(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """A chain of `+ -` or of `* /`, from left to right."""
    nodes = parts(node)
    operands = each(partial(env.value, part) for part in nodes)
    signs = [part for part in node.children if isinstance(part, Token)]
    total = operands[0]
    for sign, operand, at in zip(signs, operands[1:], nodes[1:], strict=True):
        total = _combined(Operator(str(sign)), total, operand, at, env)
    return total


def negative(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """Minus an amount."""
    operand = env.value(parts(node)[0])
    if operand.type.kind not in QUANTITIES | NUMBERS:
        message = f"{described(operand.type)} has no negative"
        raise refusal(node, TYPES, message)
    if isinstance(operand, Constant):
        return Constant(operand.type, -int(operand.value))
    return Negative(bare(operand.type), operand)


def count(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """How many elements a list has, or how many of them a condition holds for."""
    listing, *conditions = parts(node)
    if listing.data == "path":
        return Count(Elements("", list_field(listing, env)))
    variable, of, inside = elements(listing, env)
    where = inside.condition(conditions[0]) if conditions else None
    return Count(Elements(variable, of, where))


def fold(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """`sum of`, `lowest of`, `highest of` something for every element."""
    body, listing, *conditions = parts(node)
    kind = Fold(str(node.children[0]))
    variable, of, inside = elements(listing, env)
    where = inside.condition(conditions[0]) if conditions else None
    value = inside.value(body)
    allowed = QUANTITIES | NUMBERS if kind is Fold.SUM else ORDERED
    if value.type.kind not in allowed:
        message = f"there is no {kind} of {described(value.type)}"
        raise refusal(body, TYPES, message)
    return Folded(bare(value.type), kind, value, Elements(variable, of, where))


def extreme(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """The lowest or highest of values that stand there."""
    nodes = parts(node)
    operands = each(partial(env.value, part) for part in nodes)
    first = operands[0].type
    if first.kind not in ORDERED:
        message = f"`{env.written(nodes[0])}` is {described(first)}, which has no order"
        raise refusal(nodes[0], TYPES, message)
    for at, operand in zip(nodes, operands, strict=True):
        if not is_like(first, operand.type):
            raise refusal(
                at,
                TYPES,
                f"expected {described(first)} as before, but `{env.written(at)}` is "
                f"{described(operand.type)}",
            )
        _require_currency(first, operand.type, at, env)
    scaled = alike(operands)
    return Extreme(bare(scaled[0].type), Fold(str(node.children[0])), tuple(scaled))


def business_days(
    node: Node, env: Environment, expected: DataType | None
) -> Expression:
    """Business days between two moments, in a calendar of the file."""
    first, second, *named = parts(node)
    start, end = each(partial(_moment, env, at) for at in (first, second))
    if named:
        name = env.text[named[0].meta.start_pos : named[0].meta.end_pos]
        return BusinessDays(start, end, _calendar(name, named[0], env))
    calendars = env.scope.calendars
    only = next(iter(calendars)) if len(calendars) == 1 else None
    default = env.scope.calendar or only
    if default is None:
        message = "expected a calendar after the two times"
        help_text = f"There are {listed(calendars)}." if calendars else None
        raise refusal(node, TYPES, message, help_text)
    return BusinessDays(start, end, _calendar(default, node, env))


def _combined(
    operator: Operator, left: Expression, right: Expression, at: Node, env: Environment
) -> Expression:
    if operator in {Operator.PLUS, Operator.MINUS}:
        left, right = alike([left, right])
    found = result(operator, left.type, right.type)
    if found is None:
        words = {"left": described(left.type), "right": described(right.type)}
        raise refusal(at, TYPES, _DOING[operator].format(**words))
    if left.type.kind is Kind.MONEY and right.type.kind is Kind.MONEY:
        _require_currency(left.type, right.type, at, env)
    return Arithmetic(found.type, operator, left, right, found.times, found.over)


def _require_currency(
    wanted: DataType, found: DataType, at: Node, env: Environment
) -> None:
    if wanted.currency == found.currency:
        return
    raise refusal(
        at,
        UNITS,
        f"expected {wanted.currency or env.scope.currency}, but `{env.written(at)}` "
        f"is in {found.currency or env.scope.currency}",
    )


def _moment(env: Environment, at: Node) -> Expression:
    expression = env.value(at)
    if expression.type.kind is Kind.TIME:
        return expression
    what = described(expression.type)
    message = f"expected a time, but `{env.written(at)}` is {what}"
    raise refusal(at, TYPES, message)


def _calendar(name: str, at: Node, env: Environment) -> WorkCalendar:
    found = env.scope.calendars.get(name)
    if found is not None:
        return found
    known = env.scope.calendars
    help_text = meant(name, known) or (f"There are {listed(known)}." if known else None)
    raise refusal(at, UNKNOWN_CALENDAR, f"there is no calendar `{name}`", help_text)
