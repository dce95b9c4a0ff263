"""Which cases a rule holds for: the typed tree of a rule as SQL over their data.

The meaning is that of `flowengine.language.rules`: a missing value is NULL, and a
condition is never NULL. What SQL would round or count in another way (quotients,
products with plain numbers, business days) is left out: such a part of a condition is
for the compiled rule, which then looks only at the cases that the other parts leave.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Numeric,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.sql.selectable import Select, TableValuedAlias

from flowengine.language.rules import Rule
from flowengine.language.rules.expressions import (
    Arithmetic,
    Between,
    BusinessDays,
    Comparison,
    Constant,
    Contained,
    Count,
    Elements,
    Expression,
    Extreme,
    Field,
    Fold,
    Folded,
    Joined,
    Junction,
    Membership,
    Negation,
    Negative,
    Now,
    Operator,
    Presence,
    Quantifier,
    Relation,
    Scaled,
)
from flowengine.quantities import Instant
from flowengine.store.inside import ElementsOf, FieldOf

#: No amount is too large for it; SQLite has one type of whole numbers anyway.
_NUMBER = BigInteger().with_variant(Numeric(), "postgresql")
_ONE = literal(1, _NUMBER)

Column: TypeAlias = ColumnElement[object]
Test: TypeAlias = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Matching:
    """A rule as a condition of SQL."""

    #: True for every case that the rule holds for.
    condition: Test
    #: Whether it is true for no other case; else each one found is asked again.
    is_exact: bool


def matching(rule: Rule, data: Column, now: Instant) -> Matching:
    """A rule of type yes/no over the column that holds the cases' data as JSON."""
    writer = _Writer(data, now)
    wanted: list[Test] = []
    is_exact = True
    for part in _conjuncts(rule.expression):
        try:
            wanted.append(writer.condition(part))
        except NotInSqlError:
            is_exact = False
    return Matching(and_(true(), *wanted), is_exact)


class NotInSqlError(Exception):
    """SQL would answer this part in another way than the compiled rule."""


def _conjuncts(expression: Expression) -> list[Expression]:
    """What must all hold, one by one."""
    if isinstance(expression, Joined) and expression.junction is Junction.AND:
        return [part for inner in expression.parts for part in _conjuncts(inner)]
    return [expression]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes conditions over one column; knows the elements it is inside of."""

    data: Column
    now: Instant
    #: The value of each element that a quantifier has named.
    elements: Mapping[str, Column] = field(default_factory=dict)

    def condition(self, expression: Expression) -> Test:
        """A condition that is true or false, never NULL."""
        match expression:
            case Joined(junction=junction, parts=parts):
                joined = and_ if junction is Junction.AND else or_
                return joined(*(self.condition(part) for part in parts))
            case Negation(operand=operand):
                return not_(self.condition(operand))
            case Presence(operand=operand, given=given):
                is_given = _is_given(self._value(operand))
                return is_given if given else not_(is_given)
            case Comparison() | Between():
                return self._comparison(expression)
            case Membership() | Contained():
                return self._membership(expression)
            case Quantifier():
                return self._quantifier(expression)
            case _:
                return _surely(self._value(expression) == _ONE)

    def _comparison(self, expression: Comparison | Between) -> Test:
        if isinstance(expression, Comparison):
            left, right = self._value(expression.left), self._value(expression.right)
            return _surely(_related(expression.relation, left, right))
        operand = self._value(expression.operand)
        low, high = self._value(expression.low), self._value(expression.high)
        within = and_(low <= operand, operand <= high)
        if not expression.negated:
            return _surely(within)
        return and_(*map(_is_given, (operand, low, high)), not_(_surely(within)))

    def _membership(self, expression: Membership | Contained) -> Test:
        operand = self._value(expression.operand)
        if isinstance(expression, Contained):
            among, opened = self._opened(expression.list)
            kind = expression.operand.type.kind
            element = FieldOf(opened, (), kind)
            found = select(_ONE).select_from(among).where(element == operand)
            is_in = found.exists()
            asked = not_(is_in) if expression.negated else is_in
            listed = self._value(expression.list)
            return and_(_is_given(operand), _is_given(listed), asked)
        members = [self._value(member) for member in expression.members]
        is_one = or_(*(_surely(operand == member) for member in members))
        if not expression.negated:
            return is_one
        return and_(*map(_is_given, (operand, *members)), not_(is_one))

    def _quantifier(self, expression: Quantifier) -> Test:
        listed = _is_given(self._value(expression.elements.list))
        inside, query = self._selected(expression.elements)
        where = expression.elements.where
        asked = inside.condition(where) if where is not None else true()
        if expression.every:
            return and_(listed, not_(query.where(not_(asked)).exists()))
        return and_(listed, query.where(asked).exists())

    def _value(self, expression: Expression) -> Column:
        """A value; NULL where it is missing."""
        match expression:
            case Constant(value=value):
                return _constant(value)
            case Now():
                return _constant(self.now)
            case Field():
                return self._field(expression)
            case Count(elements=elements):
                return self._count(elements)
            case Folded():
                return self._folded(expression)
            case Scaled() | Negative() | Arithmetic() | Extreme() | BusinessDays():
                return self._amount(expression)
            case _:
                return case((self.condition(expression), _ONE), else_=_constant(0))

    def _amount(
        self, expression: Scaled | Negative | Arithmetic | Extreme | BusinessDays
    ) -> Column:
        match expression:
            case Scaled(operand=operand, by=by):
                return self._value(operand) * _constant(by)
            case Negative(operand=operand):
                return -self._value(operand)
            case Arithmetic():
                return self._arithmetic(expression)
            case Extreme(fold=fold, operands=operands):
                return _extreme(fold, [self._value(operand) for operand in operands])
            case BusinessDays():
                raise NotInSqlError

    def _field(self, field: Field) -> Column:
        path, kind = field.path, field.type.kind
        element = self.elements.get(path[0])
        if element is None:
            return FieldOf(self.data, path, kind)
        return FieldOf(element, path[1:], kind)

    def _arithmetic(self, expression: Arithmetic) -> Column:
        left, right = self._value(expression.left), self._value(expression.right)
        match expression.operator:
            case Operator.PLUS:
                return left + right
            case Operator.MINUS:
                return left - right
            case Operator.TIMES if expression.over == 1:
                return left * right
            case _:
                raise NotInSqlError

    def _count(self, elements: Elements) -> Column:
        inside, query = self._selected(elements)
        if elements.where is not None:
            query = query.where(inside.condition(elements.where))
        counted = query.with_only_columns(func.count()).scalar_subquery()
        return case((_is_given(self._value(elements.list)), counted))

    def _folded(self, expression: Folded) -> Column:
        elements = expression.elements
        inside, query = self._selected(elements)
        if elements.where is not None:
            query = query.where(inside.condition(elements.where))
        body = inside._value(expression.body)
        folded = {
            Fold.SUM: func.coalesce(func.sum(body), 0),
            Fold.LOWEST: func.min(body),
            Fold.HIGHEST: func.max(body),
        }[expression.fold]
        is_whole = func.count() == func.count(body)
        found = query.with_only_columns(case((is_whole, folded))).scalar_subquery()
        return case((_is_given(self._value(elements.list)), found))

    def _selected(self, elements: Elements) -> tuple["_Writer", Select[int]]:
        """A query over the elements of a list, and a writer that knows them."""
        among, element = self._opened(elements.list)
        known = {**self.elements, elements.variable: element}
        inside = replace(self, elements=known)
        return inside, select(_ONE).select_from(among)

    def _opened(self, listing: Field) -> tuple[TableValuedAlias, Column]:
        """A list as a table, and the value of its elements."""
        among = ElementsOf(self._value(listing)).table_valued("value")
        # Each list of a query is a table of its own name.
        among = among.alias()
        return among, among.c.value


def _constant(value: bool | int | str) -> Column:
    """A value; numbers are as large as they are."""
    return literal(value) if isinstance(value, str) else literal(int(value), _NUMBER)


def _is_given(value: Column) -> Test:
    return value.is_not(null())


def _surely(test: ColumnElement[bool] | Column) -> Test:
    """False where a missing value leaves a test open."""
    return func.coalesce(test, false())


def _related(relation: Relation, left: Column, right: Column) -> Test:
    match relation:
        case Relation.EQUAL:
            return left == right
        case Relation.UNEQUAL:
            return left != right
        case Relation.LESS:
            return left < right
        case Relation.LESS_OR_EQUAL:
            return left <= right
        case Relation.MORE:
            return left > right
        case Relation.MORE_OR_EQUAL:
            return left >= right


def _extreme(fold: Fold, operands: list[Column]) -> Column:
    """The lowest or highest; missing where one is."""
    best, *others = operands
    for other in others:
        wins = other < best if fold is Fold.LOWEST else other > best
        both = and_(_is_given(best), _is_given(other))
        best = case((and_(both, wins), other), (both, best))
    return best
