"""What holds or does not: comparisons, membership, presence, and what joins them."""

from functools import partial

from lark import Token

from flowengine.language.rules.environment import Environment, parts
from flowengine.language.rules.expressions import (
    Between,
    Comparison,
    Contained,
    Elements,
    Expression,
    Joined,
    Junction,
    Membership,
    Negation,
    Presence,
    Quantifier,
    Relation,
)
from flowengine.language.rules.kinds import (
    NUMBERS,
    ORDERED,
    QUANTITIES,
    alike,
    described,
    is_like,
)
from flowengine.language.rules.names import elements, list_field
from flowengine.language.rules.refusals import (
    TYPES,
    UNITS,
    Node,
    RuleError,
    each,
    refusal,
)
from flowengine.language.types import DataType, Kind

_UNITS = {
    Kind.WEIGHT: "kg",
    Kind.LENGTH: "cm",
    Kind.VOLUME: "l",
    Kind.DURATION: "h",
}
_EQUALITIES = frozenset({Relation.EQUAL, Relation.UNEQUAL})


def conjunction(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """Conditions joined by `and`."""
    return _joined(Junction.AND, node, env)


def disjunction(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """Conditions joined by `or`."""
    return _joined(Junction.OR, node, env)


def negation(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """`not` a condition."""
    return Negation(env.condition(parts(node)[0]))


def comparison(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """Two values compared."""
    left, right = parts(node)
    relation = Relation(str(node.children[1]))
    first, second = _alike(env, left, [right], relation not in _EQUALITIES)
    return Comparison(relation, first, second)


def membership(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """`in` some values that stand there, or in a list field."""
    negated = _has(node, "NOT")
    operand, *members = parts(node)
    if _has(node, "OPEN"):
        first, *rest = _alike(env, operand, members, ordered=False)
        return Membership(first, tuple(rest), negated)
    listing = list_field(members[0], env)
    element = listing.type.element or listing.type
    value = env.value(operand, element)
    if value.type.kind is not element.kind or not is_like(value.type, element):
        raise refusal(
            operand,
            TYPES,
            f"expected {described(element)}, but `{env.written(operand)}` is "
            f"{described(value.type)}",
        )
    return Contained(value, listing, negated)


def between(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """A value between two others, both included."""
    operand, low, high = parts(node)
    first, second, third = _alike(env, operand, [low, high], ordered=True)
    return Between(first, second, third, _has(node, "NOT"))


def presence(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """`is given` or `is missing`; also of what is personal."""
    return Presence(env.anything(parts(node)[0]), _has(node, "GIVEN"))


def quantifier(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """`any` or `all` elements of a list."""
    listing, condition = parts(node)
    variable, of, inside = elements(listing, env)
    where = inside.condition(condition)
    return Quantifier(_has(node, "ALL"), Elements(variable, of, where))


def _joined(junction: Junction, node: Node, env: Environment) -> Expression:
    conditions = each(partial(env.condition, part) for part in parts(node))
    return Joined(junction, tuple(conditions))


def _alike(
    env: Environment, operand: Node, others: list[Node], ordered: bool
) -> list[Expression]:
    """The values of one comparison, on one scale.

    Bare names are looked up in the type of the first part that is not one.
    """
    nodes = [operand, *others]
    guide = next((node for node in nodes if not env.is_name(node)), operand)
    known = _guided(env, nodes, guide)
    guiding = known[nodes.index(guide)]
    if ordered and guiding.type.kind not in ORDERED:
        what = described(guiding.type)
        message = f"`{env.written(guide)}` is {what}, which has no order"
        raise refusal(guide, TYPES, message, "Compare it with `==`, `!=` or `in`.")
    for node, expression in zip(nodes, known, strict=True):
        _require_like(env, (guide, guiding.type), (node, expression.type))
    return alike(known)


def _guided(env: Environment, nodes: list[Node], guide: Node) -> list[Expression]:
    try:
        guiding = env.value(guide)
    except RuleError as refused:
        problems = list(refused.problems)
        rest = [node for node in nodes if node is not guide and not env.is_name(node)]
        try:
            each(partial(env.value, node) for node in rest)
        except RuleError as other:
            problems += other.problems
        raise RuleError(*problems) from refused
    others = [node for node in nodes if node is not guide]
    known = each(partial(env.value, node, guiding.type) for node in others)
    known.insert(nodes.index(guide), guiding)
    return known


def _require_like(
    env: Environment, guide: tuple[Node, DataType], other: tuple[Node, DataType]
) -> None:
    """Refuse two types that cannot be compared, at the second."""
    (node, wanted), (at, found) = guide, other
    if not is_like(wanted, found):
        raise refusal(
            at,
            TYPES,
            f"expected {described(wanted)} to compare with `{env.written(node)}`, "
            f"but `{env.written(at)}` is {described(found)}",
            _unit_help(wanted, found, env.written(at), env.scope.currency),
        )
    if wanted.currency != found.currency:
        currency = wanted.currency or env.scope.currency
        raise refusal(
            at,
            UNITS,
            f"expected {currency} to compare with `{env.written(node)}`, but "
            f"`{env.written(at)}` is in {found.currency or env.scope.currency}",
        )


def _unit_help(
    wanted: DataType, found: DataType, written: str, currency: str
) -> str | None:
    """How to write an amount whose unit was left out."""
    if found.kind not in NUMBERS or wanted.kind not in QUANTITIES:
        return None
    unit = _UNITS.get(wanted.kind, wanted.currency or currency)
    return f"Units stand in the value: `{written} {unit}`."


def _has(node: Node, kind: str) -> bool:
    """Whether a word stands in this form."""
    return any(isinstance(part, Token) and part.type == kind for part in node.children)
