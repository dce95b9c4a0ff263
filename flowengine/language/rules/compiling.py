"""From the text of a rule to the rule, or to everything that is wrong with it."""

from collections.abc import Mapping

from flowengine.language.position import Position
from flowengine.language.rules import amounts, conditions, literals, names
from flowengine.language.rules.compiler import compiled
from flowengine.language.rules.environment import Environment, Form
from flowengine.language.rules.expressions import Expression, Field
from flowengine.language.rules.kinds import as_number, bare, described
from flowengine.language.rules.refusals import (
    NOT_A_CHOICE,
    TYPES,
    UNITS,
    Node,
    RuleError,
    listed,
    refusal,
)
from flowengine.language.rules.rule import Rule, RuleProblem, Scope
from flowengine.language.rules.syntax import parsed
from flowengine.language.types import DataType, Kind

#: How each form of `grammar.lark` is read.
_FORMS: Mapping[str, Form] = {
    "disjunction": conditions.disjunction,
    "conjunction": conditions.conjunction,
    "negation": conditions.negation,
    "quantifier": conditions.quantifier,
    "comparison": conditions.comparison,
    "membership": conditions.membership,
    "between": conditions.between,
    "presence": conditions.presence,
    "sum": amounts.arithmetic,
    "product": amounts.arithmetic,
    "negative": amounts.negative,
    "count": amounts.count,
    "fold": amounts.fold,
    "extreme": amounts.extreme,
    "business_days": amounts.business_days,
    "number": literals.number,
    "quantity": literals.quantity,
    "text": literals.text,
    "date": literals.day,
    "time": literals.moment,
    "name": names.name,
    "path": names.path,
    "now": names.now,
}
#: Kinds that may stand where a text is expected.
_TEXTS = frozenset({Kind.TEXT, Kind.ONE_OF, Kind.COUNTRY})


def compile_rule(
    text: str,
    scope: Scope,
    at: Position,
    expected: DataType | None,
    *,
    handed_on: bool = False,
) -> Rule | tuple[RuleProblem, ...]:
    """The rule that a text says, or all that is wrong with it, in its order.

    `expected` is the type that its value must have; None takes any single value. What
    is `handed_on` may also be a list, a record or a personal field as it stands.
    """
    try:
        tree = parsed(text)
        env = Environment(text, scope, _FORMS)
        read = _handed_on if handed_on else _of_type
        expression = read(tree, env, expected)
    except RuleError as refused:
        return tuple(sorted(refused.problems, key=lambda problem: problem.offset))
    return Rule(
        text=text,
        type=bare(expression.type),
        reads=frozenset(env.reads),
        expression=expression,
        function=compiled(expression),
        at=at,
    )


def _handed_on(tree: Node, env: Environment, expected: DataType | None) -> Expression:
    """A field as it stands, also a list or a personal one, or one value."""
    found = env.anything(tree, expected)
    return found if isinstance(found, Field) else _of_type(tree, env, expected)


def _of_type(tree: Node, env: Environment, expected: DataType | None) -> Expression:
    expression = env.value(tree, expected)
    if expected is None:
        return expression
    found = expression.type
    if expected.kind is Kind.NUMBER and found.kind is Kind.INTEGER:
        return as_number(expression)
    if expected.kind is Kind.TEXT and found.kind in _TEXTS:
        return expression
    if expected.kind is not found.kind:
        message = f"expected {described(expected)}, but this is {described(found)}"
        raise refusal(tree, TYPES, message)
    if expected.kind is Kind.MONEY:
        _require_currency(tree, env.scope.currency, expected, found)
    strange = [name for name in found.choices if name not in expected.choices]
    if strange:
        message = f"{listed(strange)} is not one of {listed(expected.choices)}"
        raise refusal(tree, NOT_A_CHOICE, message)
    return expression


def _require_currency(
    tree: Node, head: str, expected: DataType, found: DataType
) -> None:
    wanted, got = expected.currency or head, found.currency or head
    if wanted != got:
        raise refusal(tree, UNITS, f"expected {wanted}, but this is in {got}")
