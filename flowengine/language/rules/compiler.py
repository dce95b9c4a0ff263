"""A typed rule to a plain Python function.

The function is made from a Python syntax tree that is built here, node by node, from
the typed tree. No text of a rule becomes Python: names of fields and texts are
constants in it, variables are numbered, and all that it can call stands in `_GLOBALS`.
Missing is None: conditions are always True or False, everything else may be None and
is tested where it is used.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import CodeType, FunctionType

from flowengine.calendars import WorkCalendar, business_days_between
from flowengine.language.rules.expressions import (
    YES_NO,
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
from flowengine.language.rules.rule import RuleFunction
from flowengine.quantities import DAY, Instant, divided

#: Calendars know the years 1 to 9999; a day of each end is left to time zones.
_FIRST, _LAST = -719_160 * DAY, 2_932_890 * DAY


def compiled(expression: Expression) -> RuleFunction:
    """The function of a rule: the data of a case and a moment, to its value."""
    writer = _Writer()
    result = ast.Return(writer.value(expression))
    body: list[ast.stmt] = [
        ast.Assign(
            [_target(variable)],
            ast.Subscript(_name("data"), ast.Constant(root), ast.Load()),
        )
        for root, variable in writer.roots.items()
    ]
    body.append(result)
    arguments = ast.arguments(
        posonlyargs=[],
        args=[ast.arg("data"), ast.arg("now")],
        kwonlyargs=[],
        kw_defaults=[],
        defaults=[],
    )
    function = ast.FunctionDef("rule", arguments, body, [])
    module = ast.fix_missing_locations(ast.Module([function], []))
    code = next(
        constant
        for constant in compile(module, "<rule>", "exec").co_consts
        if isinstance(constant, CodeType)
    )
    return FunctionType(code, {**_GLOBALS, **writer.calendars})


def _business_days(calendar: WorkCalendar, start: Instant, end: Instant) -> int | None:
    """Business days, or missing for moments that no calendar has."""
    if not (_FIRST < start < _LAST and _FIRST < end < _LAST):
        return None
    return business_days_between(calendar, start, end)


_GLOBALS: Mapping[str, object] = {
    "__builtins__": {},
    "all": all,
    "any": any,
    "business_days": _business_days,
    "divided": divided,
    "highest": max,
    "len": len,
    "lowest": min,
    "sum": sum,
}
_RELATIONS: Mapping[Relation, ast.cmpop] = {
    Relation.EQUAL: ast.Eq(),
    Relation.UNEQUAL: ast.NotEq(),
    Relation.LESS: ast.Lt(),
    Relation.LESS_OR_EQUAL: ast.LtE(),
    Relation.MORE: ast.Gt(),
    Relation.MORE_OR_EQUAL: ast.GtE(),
}


@dataclass(slots=True)
class _Writer:
    """Writes one function; counts its variables."""

    elements: dict[str, str] = field(default_factory=dict)
    calendars: dict[str, object] = field(default_factory=dict)
    #: What of the data is read, each held in a variable of its own.
    roots: dict[str, str] = field(default_factory=dict)
    temporaries: int = 0

    def value(self, expression: Expression) -> ast.expr:
        """A Python expression for the value; None where it is missing."""
        match expression:
            case Constant(value=value):
                return ast.Constant(value)
            case Now():
                return _name("now")
            case Field(path=path):
                return self._field(path)
            case Scaled() | Negative() | Arithmetic() | Extreme() | BusinessDays():
                return self._amount(expression)
            case Count() | Folded():
                return self._of_elements(expression)
            case _:
                return self.condition(expression)

    def condition(self, expression: Expression) -> ast.expr:
        """A Python expression that is True or False, never None."""
        match expression:
            case Joined(junction=junction, parts=parts):
                operator = ast.And() if junction is Junction.AND else ast.Or()
                return ast.BoolOp(operator, [self.condition(part) for part in parts])
            case Negation(operand=operand):
                return ast.UnaryOp(ast.Not(), self.condition(operand))
            case Presence(operand=operand, given=given):
                if _is_number(operand):
                    return ast.Constant(given)
                return _is_none(self.value(operand), negated=given)
            case Comparison() | Between():
                return self._comparison(expression)
            case Membership() | Contained():
                return self._membership(expression)
            case Quantifier(every=every, elements=elements):
                tests, [listing] = self._given([elements.list])
                asked = self._asked(elements, listing)
                return _all_of(tests, _call("all" if every else "any", asked))
            case _:
                return _compare(self.value(expression), ast.Is(), ast.Constant(True))

    def _comparison(self, expression: Comparison | Between) -> ast.expr:
        if isinstance(expression, Comparison):
            left, right = expression.left, expression.right
            if expression.relation is Relation.EQUAL and _is_given(right):
                return _compare(self.value(left), ast.Eq(), self.value(right))
            tests, [first, second] = self._given([left, right])
            return _all_of(
                tests, _compare(first, _RELATIONS[expression.relation], second)
            )
        operands = [expression.operand, expression.low, expression.high]
        tests, [value, low, high] = self._given(operands)
        within: ast.expr = ast.Compare(low, [ast.LtE(), ast.LtE()], [value, high])
        if expression.negated:
            within = ast.UnaryOp(ast.Not(), within)
        return _all_of(tests, within)

    def _membership(self, expression: Membership | Contained) -> ast.expr:
        operator = ast.NotIn() if expression.negated else ast.In()
        if isinstance(expression, Contained):
            tests, [value, listing] = self._given([expression.operand, expression.list])
            return _all_of(tests, _compare(value, operator, listing))
        members = expression.members
        if all(isinstance(member, Constant) for member in members):
            tests, [value] = self._given([expression.operand])
            written = [self.value(member) for member in members]
            return _all_of(tests, _compare(value, operator, ast.Set(written)))
        asked = [expression.operand, *(members if expression.negated else ())]
        tests, [value, *given] = self._given(asked)
        among = given or [self.value(member) for member in members]
        return _all_of(tests, _compare(value, operator, ast.Tuple(among, ast.Load())))

    def _amount(
        self, expression: Scaled | Negative | Arithmetic | Extreme | BusinessDays
    ) -> ast.expr:
        match expression:
            case Scaled(operand=operand, by=by):
                tests, [value] = self._given([operand])
                return _unless(tests, _times(value, by))
            case Negative(operand=operand):
                tests, [value] = self._given([operand])
                return _unless(tests, ast.UnaryOp(ast.USub(), value))
            case Extreme(fold=fold, operands=operands):
                tests, values = self._given(operands)
                return _unless(tests, _call(fold.value, *values))
            case BusinessDays(start=start, end=end, calendar=calendar):
                tests, moments = self._given([start, end])
                name = f"calendar{len(self.calendars)}"
                self.calendars[name] = calendar
                return _unless(tests, _call("business_days", _name(name), *moments))
            case Arithmetic():
                return self._arithmetic(expression)

    def _arithmetic(self, expression: Arithmetic) -> ast.expr:
        tests, [left, right] = self._given([expression.left, expression.right])
        match expression.operator:
            case Operator.PLUS:
                return _unless(tests, ast.BinOp(left, ast.Add(), right))
            case Operator.MINUS:
                return _unless(tests, ast.BinOp(left, ast.Sub(), right))
            case Operator.TIMES:
                product = ast.BinOp(left, ast.Mult(), right)
                if expression.over == 1:
                    return _unless(tests, product)
                over = ast.Constant(expression.over)
                return _unless(tests, _call("divided", product, over))
            case Operator.OVER:
                tests.append(_compare(right, ast.NotEq(), ast.Constant(0)))
                scaled = _times(left, expression.times)
                return _unless(tests, _call("divided", scaled, right))

    def _of_elements(self, expression: Count | Folded) -> ast.expr:
        elements = expression.elements
        tests, [listing] = self._given([elements.list])
        if isinstance(expression, Count):
            if elements.where is None:
                return _unless(tests, _call("len", listing))
            return _unless(tests, _call("len", self._kept(elements, listing, None)))
        values = self._kept(elements, listing, expression.body)
        kept = self._temporary()
        assigned = ast.NamedExpr(_target(kept), values)
        tests.append(_compare(ast.Constant(None), ast.NotIn(), assigned))
        call = _call(expression.fold.value, _name(kept))
        if expression.fold is not Fold.SUM:
            call.keywords.append(ast.keyword("default", ast.Constant(None)))
        return _unless(tests, call)

    def _kept(
        self, elements: Elements, listing: ast.expr, body: Expression | None
    ) -> ast.expr:
        """A list of the body, or of ones, for the elements that are asked for."""
        variable = self._enter(elements)
        conditions = [] if elements.where is None else [self.condition(elements.where)]
        value = ast.Constant(1) if body is None else self.value(body)
        loop = ast.comprehension(_target(variable), listing, conditions, 0)
        del self.elements[elements.variable]
        return ast.ListComp(value, [loop])

    def _asked(self, elements: Elements, listing: ast.expr) -> ast.expr:
        """The condition for every element, one after the other."""
        variable = self._enter(elements)
        loop = ast.comprehension(_target(variable), listing, [], 0)
        where = elements.where or Constant(YES_NO, True)
        asked = ast.GeneratorExp(self.condition(where), [loop])
        del self.elements[elements.variable]
        return asked

    def _enter(self, elements: Elements) -> str:
        variable = self._temporary()
        self.elements[elements.variable] = variable
        return variable

    def _field(self, path: tuple[str, ...]) -> ast.expr:
        variable = self.elements.get(path[0])
        if variable is None:
            variable = self.roots.setdefault(path[0], f"root{len(self.roots)}")
        found: ast.expr = _name(variable)
        for index, name in enumerate(path[1:]):
            if index == 0:
                found = _get(found, name)
                continue
            held = self._temporary()
            test = _is_none(ast.NamedExpr(_target(held), found), negated=True)
            found = _unless([test], _get(_name(held), name))
        return found

    def _given(
        self, operands: Sequence[Expression]
    ) -> tuple[list[ast.expr], list[ast.expr]]:
        """Tests that the operands are given, and what stands for each after them."""
        tests: list[ast.expr] = []
        values: list[ast.expr] = []
        for operand in operands:
            value = self.value(operand)
            if not _is_given(operand):
                held = self._temporary()
                assigned = ast.NamedExpr(_target(held), value)
                tests.append(_is_none(assigned, negated=True))
                value = _name(held)
            values.append(value)
        return tests, values

    def _temporary(self) -> str:
        self.temporaries += 1
        return f"value{self.temporaries}"


def _is_given(expression: Expression) -> bool:
    """Whether it is never missing, and costs nothing to write twice."""
    return isinstance(expression, Constant | Now)


def _is_number(expression: Expression) -> bool:
    """Whether Python would fold it to one constant, and warn of a test for None."""
    match expression:
        case Scaled(operand=operand) | Negative(operand=operand):
            return _is_number(operand)
        case Arithmetic(operator=operator, left=left, right=right):
            return (
                operator is not Operator.OVER and _is_number(left) and _is_number(right)
            )
        case _:
            return _is_given(expression)


def _all_of(tests: list[ast.expr], last: ast.expr) -> ast.expr:
    return ast.BoolOp(ast.And(), [*tests, last]) if tests else last


def _unless(tests: list[ast.expr], value: ast.expr) -> ast.expr:
    """The value where all tests hold, else missing."""
    if not tests:
        return value
    held = tests[0] if len(tests) == 1 else ast.BoolOp(ast.And(), tests)
    return ast.IfExp(held, value, ast.Constant(None))


def _is_none(value: ast.expr, *, negated: bool) -> ast.expr:
    return _compare(value, ast.IsNot() if negated else ast.Is(), ast.Constant(None))


def _compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.Compare:
    return ast.Compare(left, [operator], [right])


def _times(value: ast.expr, by: int) -> ast.expr:
    return value if by == 1 else ast.BinOp(value, ast.Mult(), ast.Constant(by))


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(_name(name), list(arguments), [])


def _get(record: ast.expr, name: str) -> ast.Call:
    get = ast.Attribute(record, "get", ast.Load())
    return ast.Call(get, [ast.Constant(name)], [])


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def _target(name: str) -> ast.Name:
    return ast.Name(name, ast.Store())
