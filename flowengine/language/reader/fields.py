"""The keys of a map: known ones are handed out, others are told of."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flowengine.language.nodes import MapNode, Node, TextNode
from flowengine.language.position import Position
from flowengine.language.reader.page import Page, listed, near_miss


@dataclass(frozen=True, slots=True)
class Fields:
    """The entries of one map, by key."""

    page: Page
    #: What the map stands for, as it is named in messages: "step `pick`".
    owner: str
    #: Where to point when a key is missing.
    at: Position
    entries: dict[str, tuple[TextNode, Node]]

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def __getitem__(self, key: str) -> Node:
        return self.entries[key][1]

    def get(self, key: str) -> Node | None:
        """The value of a key, or None when it is not written."""
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def key(self, key: str) -> TextNode:
        """The key as it is written, to point at it."""
        return self.entries[key][0]

    def required(self, key: str, example: str) -> Node | None:
        """The value of a key that must be there; its absence is told of."""
        if key not in self.entries:
            self.page.error(
                self.at,
                "F122",
                f"{self.owner} has no `{key}`",
                f"Add a line such as `{key}: {example}`.",
            )
        return self.get(key)

    def refuse(
        self, keys: Collection[str], code: str, why: str, help_text: str
    ) -> None:
        """Tell of each of `keys` that is written although it does not belong."""
        for key in keys:
            if key in self.entries:
                message = f"`{key}` {why}"
                self.page.error(self.key(key), code, message, help_text)


def fields_of(
    page: Page,
    node: Node | None,
    owner: str,
    at: Position,
    known: Collection[str],
    example: str | None = None,
) -> Fields:
    """The known keys of a map; a value that is no map is a problem and has none.

    Its help shows the `example`, the first key where there is none.
    """
    entries: dict[str, tuple[TextNode, Node]] = {}
    unknown: list[tuple[TextNode, Node]] = []
    shown = example or f"{next(iter(known))}: …"
    for key, value in entries_of(page, node, owner, shown):
        if key.value in known:
            entries[key.value] = (key, value)
        else:
            unknown.append((key, value))
    fields = Fields(page, owner, at, entries)
    for key, value in unknown:
        _tell_unknown(fields, key, value, known)
    return fields


def _tell_unknown(
    fields: Fields, key: TextNode, value: Node, known: Collection[str]
) -> None:
    """Tell of an unknown key; one that is almost known is read as what was meant."""
    meant = near_miss(key.value, known)
    otherwise = "`flowengine process schema` explains every key."
    if len(known) <= 8:
        otherwise = f"It may have {listed(known)}."
    fields.page.error(
        key,
        "F120",
        f"{fields.owner} has no key `{key.value}`",
        f"did you mean `{meant}`?" if meant else otherwise,
    )
    if meant and meant not in fields:
        fields.entries[meant] = (key, value)


def entries_of(
    page: Page, node: Node | None, owner: str, example: str
) -> Iterator[tuple[TextNode, Node]]:
    """The entries of a map whose keys are free; anything else is a problem."""
    match node:
        case MapNode():
            yield from node.entries
        case None:
            return
        case TextNode(is_empty=True):
            under = "" if "{" in example else " under it"
            page.error(node, "F123", f"{owner} is empty", f"Write `{example}`{under}.")
        case _:
            page.error(
                node,
                "F123",
                f"expected keys and values for {owner}, but found {kind_of(node)}",
                _map_help(node, example),
            )


def kind_of(node: Node) -> str:
    """What a node is, in words."""
    match node:
        case TextNode(is_empty=True):
            return "nothing"
        case TextNode():
            return f"`{shortened(node.value)}`"
        case MapNode():
            return "a group of keys"
        case _:
            return "a list"


def shortened(text: str) -> str:
    """A text that fits into a message."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 60 else f"{one_line[:59]}…"


def _map_help(node: Node, example: str) -> str:
    if isinstance(node, TextNode) and ":" in node.value:
        return f"Is a space missing after the colon? Write `{example}`."
    return f"Write `{example}`."
