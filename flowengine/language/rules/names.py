"""Names in a rule: fields by their path, elements, and values of a `one of`."""

from dataclasses import replace

from lark import Token

from flowengine.language.rules.environment import Environment
from flowengine.language.rules.expressions import (
    TIME,
    YES_NO,
    Constant,
    Expression,
    Field,
    Now,
)
from flowengine.language.rules.kinds import described, with_article
from flowengine.language.rules.literals import chosen
from flowengine.language.rules.refusals import (
    TOO_LARGE,
    TYPES,
    UNKNOWN_FIELD,
    Node,
    RuleError,
    meant,
    refusal,
)
from flowengine.language.rules.rule import RuleProblem
from flowengine.language.types import DataType, Kind

#: Lists inside one another: of a thousand elements each, two take a moment, three would
#: take minutes.
MOST_LISTS = 2

_CHOSEN = frozenset({Kind.ONE_OF, Kind.COUNTRY, Kind.YES_NO})


def now(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """The moment of the command."""
    return Now(TIME)


def path(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """A field, by the names that lead to it."""
    return field(node, env)


def field(node: Node, env: Environment) -> Field:
    """The field a path leads to.

    Raises:
        RuleError: The path leads nowhere.
    """
    token = node.children[0]
    names = tuple(str(token).split("."))
    offset = node.meta.start_pos
    current = _root(names[0], offset, env)
    personal = False
    for index, name in enumerate(names[1:], 1):
        offset += len(names[index - 1]) + 1
        before = ".".join(names[:index])
        current = _field_of(current, name, before, offset, env)
        personal = personal or current.personal
    env.reads.add(env.read_path(names))
    if current.currency == env.scope.currency:
        current = replace(current, currency=None)
    return Field(replace(current, personal=personal), names)


def name(node: Node, env: Environment, expected: DataType | None) -> Expression:
    """A bare name: an element, or a value of the type that its neighbour has."""
    written = str(node.children[0])
    element = env.elements.get(written)
    if element is not None:
        env.reads.add(element.list)
        return Field(element.type, (written,))
    variable = env.scope.variables.get(written)
    if variable is not None:
        env.reads.add((written,))
        return Field(variable, (written,))
    if expected is not None and expected.kind in _CHOSEN:
        return chosen(node, written, expected)
    if written in {"yes", "no"}:
        return Constant(YES_NO, written == "yes")
    if expected is not None and expected.kind is Kind.TEXT:
        help_text = f'A text stands between quotes: "{written}".'
        raise refusal(node, TYPES, f"expected a text, but found `{written}`", help_text)
    raise refusal(
        node, UNKNOWN_FIELD, f"there is no `{written}` here", _help(written, env)
    )


def elements(node: Node, env: Environment) -> tuple[str, Field, Environment]:
    """`x in order.lines`: the name, the list, and the place where `x` is known.

    Raises:
        RuleError: It is not a list, or the name means something already.
    """
    variable, listing = node.children
    if not isinstance(variable, Token) or isinstance(listing, Token):
        raise RuleError
    if variable in {env.scope.subject, *env.elements, *env.scope.variables}:
        message = f"`{variable}` has a meaning here already"
        raise refusal(variable, TYPES, message, "Give the element another name.")
    of = list_field(listing, env)
    inside = env.with_element(str(variable), of)
    if _independent(inside) > MOST_LISTS:
        message = f"a rule that goes through more than {MOST_LISTS} lists at once"
        help_text = "Set a field in a step before, and ask that."
        raise refusal(listing, TOO_LARGE, message, help_text)
    return str(variable), of, inside


def _independent(env: Environment) -> int:
    """How many lists are gone through for each element of one another.

    A list of the element just named (`line in parcel.lines`) is gone through once in
    all, and does not count.
    """
    count = 0
    before: tuple[str, ...] | None = None
    for element in env.elements.values():
        is_inside = before is not None and element.list[: len(before)] == before
        count += element.list == before or not is_inside
        before = element.list
    return count


def list_field(node: Node, env: Environment) -> Field:
    """A field that is a list, and not personal.

    Raises:
        RuleError: It is something else.
    """
    found = field(node, env)
    if found.type.kind is Kind.LIST and not found.type.personal:
        return found
    message = f"expected a list, but `{env.written(node)}` is {described(found.type)}"
    raise refusal(node, TYPES, message)


def _root(name: str, offset: int, env: Environment) -> DataType:
    element = env.elements.get(name)
    if element is not None:
        return element.type
    if name == env.scope.subject:
        return DataType(Kind.RECORD, record=name)
    if name in env.scope.variables:
        return env.scope.variables[name]
    known = (env.scope.subject, *env.elements, *env.scope.variables)
    help_text = meant(name, known) or f"Fields begin with `{env.scope.subject}.`."
    raise RuleError(
        RuleProblem(
            UNKNOWN_FIELD, offset, len(name), f"there is no `{name}` here", help_text
        )
    )


def _field_of(
    of: DataType, name: str, before: str, offset: int, env: Environment
) -> DataType:
    record = env.scope.records.get(of.record or "")
    if of.kind is Kind.RECORD and record is not None:
        found = record.fields.get(name)
        if found is not None:
            return found if not of.personal else replace(found, personal=True)
        message = f"{with_article(record.name)} has no field `{name}`"
        help_text = meant(name, record.fields) or f"It has {_some(record.fields)}."
        problem = RuleProblem(UNKNOWN_FIELD, offset, len(name), message, help_text)
        raise RuleError(problem)
    use = None
    if of.kind is Kind.LIST:
        use = f"Ask about its elements: `any x in {before} where x.{name} …`."
    message = f"`{before}` is {described(of)} and has no field `{name}`"
    raise RuleError(RuleProblem(TYPES, offset, len(name), message, use))


def _some(names: object) -> str:
    shown = [f"`{name}`" for name in names] if isinstance(names, dict) else []
    return ", ".join(shown[:12]) or "no fields"


def _help(written: str, env: Environment) -> str:
    subject = env.scope.subject
    record = env.scope.records.get(subject)
    paths = [f"{subject}.{name}" for name in record.fields] if record else []
    if f"{subject}.{written}" in paths:
        return f"did you mean `{subject}.{written}`?"
    return (
        meant(f"{subject}.{written}", paths)
        or f"Fields begin with `{subject}.`; a text stands between quotes."
    )
