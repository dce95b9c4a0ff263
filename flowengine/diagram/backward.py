"""Which arrows lead back to a node that is still on the way: depth first.

The order of the arrows decides, never numbers, so that new numbers move no box.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol


class Arrow(Protocol):
    """Whatever leads from a node to a node."""

    @property
    def id(self) -> str:
        """Unique among the arrows."""

    @property
    def source(self) -> str:
        """The node it leaves."""

    @property
    def target(self) -> str:
        """The node it leads to."""


def backward(arrows: Iterable[Arrow], roots: Iterable[str]) -> frozenset[str]:
    """Ids of the arrows that lead back, seen from `roots`, one after the other.

    Without them no arrow closes a circle, where every node is reached from a root.
    """
    out: dict[str, list[Arrow]] = {}
    for arrow in arrows:
        out.setdefault(arrow.source, []).append(arrow)
    back: set[str] = set()
    done: set[str] = set()
    for root in roots:
        if root not in done:
            _descend(root, out, done, back)
    return frozenset(back)


def _descend(
    root: str, out: Mapping[str, list[Arrow]], done: set[str], back: set[str]
) -> None:
    done.add(root)
    stack: list[tuple[str, Iterator[Arrow]]] = [(root, iter(out.get(root, ())))]
    open_nodes = {root}
    while stack:
        node, rest = stack[-1]
        arrow = next(rest, None)
        if arrow is None:
            open_nodes.discard(node)
            stack.pop()
        elif arrow.target in open_nodes:
            back.add(arrow.id)
        elif arrow.target not in done:
            done.add(arrow.target)
            open_nodes.add(arrow.target)
            stack.append((arrow.target, iter(out.get(arrow.target, ()))))
