"""What the names in a rule stand for, and how its parts are read there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from lark import Tree

from flowengine.language.rules.expressions import Expression, Field
from flowengine.language.rules.kinds import described
from flowengine.language.rules.refusals import PERSONAL, TYPES, Node, refusal, span
from flowengine.language.rules.rule import Scope
from flowengine.language.types import DataType, Kind


@dataclass(frozen=True, slots=True)
class Element:
    """What a quantifier's name stands for."""

    type: DataType
    #: The path of its list, as the rule's `reads` tell it.
    list: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Environment:
    """One place in a rule: the names that are known there."""

    text: str
    scope: Scope
    #: How each form of the grammar is read.
    forms: "Mapping[str, Form]"
    elements: Mapping[str, Element] = field(default_factory=dict)
    #: All paths read so far; shared by all places of one rule.
    reads: set[tuple[str, ...]] = field(default_factory=set)

    def anything(self, node: Node, expected: DataType | None = None) -> Expression:
        """What a part says, be it personal, a list or a record.

        Raises:
            RuleError: It has no meaning here.
        """
        return self.forms[str(node.data)](node, self, expected)

    def value(self, node: Node, expected: DataType | None = None) -> Expression:
        """A part that is one value which a rule may use.

        `expected` is the type that a bare name is looked up in.

        Raises:
            RuleError: It has no meaning here, is personal, or is a list or a record.
        """
        expression = self.anything(node, expected)
        if expression.type.personal:
            raise refusal(
                node,
                PERSONAL,
                f"`{self.written(node)}` is personal",
                "A rule may only ask whether it `is given` or `is missing`.",
            )
        if expression.type.kind in {Kind.LIST, Kind.RECORD}:
            what = described(expression.type)
            raise refusal(
                node,
                TYPES,
                f"expected one value, but `{self.written(node)}` is {what}",
                _use_of(self.written(node), expression.type),
            )
        return expression

    def condition(self, node: Node) -> Expression:
        """A part that holds or does not.

        Raises:
            RuleError: It is something else.
        """
        expression = self.value(node)
        if expression.type.kind is not Kind.YES_NO:
            written = self.written(node)
            raise refusal(
                node,
                TYPES,
                f"expected a condition, but `{written}` is "
                f"{described(expression.type)}",
                f"Compare it: `{written} == …`, or ask `{written} is given`.",
            )
        return expression

    def with_element(self, name: str, of: Field) -> "Environment":
        """The same place inside a quantifier over a list."""
        element = Element(of.type.element or of.type, self.read_path(of.path))
        return replace(self, elements={**self.elements, name: element})

    def read_path(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """A path of this rule as seen from the subject."""
        element = self.elements.get(path[0])
        return path if element is None else element.list + path[1:]

    def written(self, node: Node) -> str:
        """The text of a part, shortened."""
        start, end = span(node)
        text = " ".join(self.text[start:end].split())
        return text if len(text) <= 40 else f"{text[:39]}…"

    def is_name(self, node: Node) -> bool:
        """Whether a part is a bare name whose meaning depends on its neighbour."""
        known = {**self.elements, **self.scope.variables}
        return node.data == "name" and str(node.children[0]) not in known


#: Reads one form of the grammar, given the type a bare name is looked up in.
Form: TypeAlias = Callable[[Node, Environment, DataType | None], Expression]


def parts(node: Node) -> list[Node]:
    """The children that are trees themselves."""
    return [child for child in node.children if isinstance(child, Tree)]


def _use_of(written: str, data_type: DataType) -> str:
    if data_type.kind is Kind.LIST:
        return f"Write `count of {written}`, or `any x in {written} where …`."
    return f"Name one of its fields: `{written}.…`."
