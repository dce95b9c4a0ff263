"""Two versions of a process on one plan: what is new, gone and changed.

Every mark is told three ways, so that it stands in grey too: by a sign, by the outline
and by a colour.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from flowengine.diagram.backward import backward
from flowengine.diagram.frame import (
    FOOT_WIDTH,
    LABEL_WIDTH,
    shortened,
    wrapped,
)
from flowengine.diagram.legends import without_arrows
from flowengine.diagram.outline import CANCEL_NODE, START_NODE, step_node
from flowengine.diagram.picture import (
    Connector,
    Lane,
    LegendRow,
    Node,
    Picture,
    Sample,
    Shape,
)
from flowengine.diagram.plan import ABOUT_WIDTH, plan_picture
from flowengine.language.difference import (
    Change,
    Difference,
    Part,
    What,
    change_text,
    edit_text,
)
from flowengine.language.difference.renaming import process_renamed
from flowengine.language.process import RoleId
from flowengine.locale import number_text, translator
from flowengine.net import compile_net

#: Sign, outline and fill of each mark; dark enough to be told apart from plain grey.
_SIGNS = {What.ADDED: "+", What.REMOVED: "\N{EN DASH}", What.CHANGED: "~"}
_INKS = {What.ADDED: "#1B7F3B", What.REMOVED: "#B00020", What.CHANGED: "#B26A00"}
_FILLS = {What.ADDED: "#DDF2E3", What.REMOVED: "#FBE6E8", What.CHANGED: "#FFEFCF"}
_TO = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
#: Lines of changes in a box or a head, and under the title.
_IN_BOX, _IN_TITLE = 6, 8


def difference_picture(found: Difference, lang: str) -> Picture:
    """The plan of the new version with all that the old one had beside it."""
    before = compile_net(process_renamed(found.old, found.renamed))
    old = plan_picture(before, lang)
    new = plan_picture(compile_net(found.new), lang)
    marks = _marks(old.nodes, new.nodes, found)
    told = tuple(_subtitle(found, lang))
    nodes = (*new.nodes, *_only_in(old.nodes, new.nodes))
    return replace(
        new,
        title=f"{new.title}: {found.old.version} {_TO} {found.new.version}",
        subtitle=told,
        description=" ".join(told),
        lanes=tuple(_lanes(old.lanes, new.lanes, found, lang)),
        nodes=tuple(_node(node, marks.get(node.id), found, lang) for node in nodes),
        connectors=_connectors(old, new),
        legend=(*_legend(marks, lang), *without_arrows(new.legend, lang)),
    )


#: A mark of a node: what became of it, and the change that says more.
_Mark = tuple[What, Change | None]


def _only_in(these: Iterable[Node], those: Iterable[Node]) -> Iterator[Node]:
    known = {node.id for node in those}
    return (node for node in these if node.id not in known)


def _marks(
    old: tuple[Node, ...], new: tuple[Node, ...], found: Difference
) -> Mapping[str, _Mark]:
    marks: dict[str, _Mark] = {
        node.id: (What.REMOVED, None) for node in _only_in(old, new)
    }
    marks |= {node.id: (What.ADDED, None) for node in _only_in(new, old)}
    for change in found.changes:
        if (change.part is Part.STEP and change.edits) or change.what is What.RENAMED:
            marks[step_node(change.name)] = What.CHANGED, change
    return marks


def _node(node: Node, mark: _Mark | None, found: Difference, lang: str) -> Node:
    if mark is None:
        return node
    what, change = mark
    sign = _SIGNS[what]
    marked = replace(
        node,
        ink=_INKS[what],
        fill=_FILLS[what],
        is_thick=what is not What.REMOVED,
        is_dashed=what is What.REMOVED,
    )
    told = () if change is None else tuple(_told(found, change, lang))
    marked = replace(marked, tooltip="\n".join((node.tooltip, *told)))
    if node.shape is Shape.BOX:
        foot = tuple(line for text in told for line in wrapped(text, FOOT_WIDTH))
        return replace(marked, badge=sign, foot=_at_most(foot, _IN_BOX))
    if node.name:
        first, *rest = node.name
        return replace(marked, name=(f"{sign} {first}", *rest))
    return marked


def _told(found: Difference, change: Change, lang: str) -> Iterator[str]:
    if change.what is What.RENAMED:
        _ = translator(lang)
        yield _("was called {name}").format(name=change.before)
    for edit in change.edits:
        yield edit_text(found, edit, lang)


def _at_most(lines: tuple[str, ...], count: int) -> tuple[str, ...]:
    return lines if len(lines) <= count else (*lines[: count - 1], "…")


def _connectors(old: Picture, new: Picture) -> tuple[Connector, ...]:
    """The arrows of both, each once; which lead back is found anew for all of them."""
    before = {line.id: line for line in old.connectors}
    after = {line.id: line for line in new.connectors}
    lines = [
        *(_line(line, before.get(line.id)) for line in new.connectors),
        *(_gone(line) for line in old.connectors if line.id not in after),
    ]
    nodes = (node.id for node in (*new.nodes, *old.nodes))
    back = backward(lines, (START_NODE, CANCEL_NODE, *nodes))
    return tuple(replace(line, is_back=line.id in back) for line in lines)


def _line(line: Connector, before: Connector | None) -> Connector:
    if before is None:
        return _marked(line, What.ADDED)
    if before.tooltip != line.tooltip:
        was = replace(line, tooltip=f"{line.tooltip}\n({before.tooltip})")
        return _marked(was, What.CHANGED)
    return line


def _gone(line: Connector) -> Connector:
    return replace(_marked(line, What.REMOVED), is_dashed=True)


def _marked(line: Connector, what: What) -> Connector:
    if line.is_short:
        return replace(line, ink=_INKS[what], width=2.4)
    label = " ".join((_SIGNS[what], *line.label))
    return replace(
        line,
        ink=_INKS[what],
        width=2.4,
        label=shortened(wrapped(label, LABEL_WIDTH)),
    )


def _lanes(
    old: tuple[Lane, ...], new: tuple[Lane, ...], found: Difference, lang: str
) -> Iterator[Lane]:
    """The lanes of both; the heads say how roles changed."""
    told: dict[str, list[str]] = {}
    for change in found.changes:
        if change.part is Part.ROLE:
            process = found.old if change.what is What.REMOVED else found.new
            lane = str(process.roles[RoleId(change.name)].department)
            told.setdefault(lane, []).extend(_role_lines(found, change, lang))
    known = {lane.id for lane in new}
    for each in (*new, *(lane for lane in old if lane.id not in known)):
        lines = tuple(
            line for text in told.get(each.id, ()) for line in wrapped(text, FOOT_WIDTH)
        )
        yield replace(each, lines=(*each.lines, *_at_most(lines, _IN_BOX)))


def _role_lines(found: Difference, change: Change, lang: str) -> Iterator[str]:
    if change.what is not What.CHANGED:
        yield change_text(found, change, lang)
        return
    title = found.new.roles[RoleId(change.name)].title.in_language(lang)
    for edit in change.edits:
        yield f"{_SIGNS[What.CHANGED]} {title}: {edit_text(found, edit, lang)}"


def _subtitle(found: Difference, lang: str) -> Iterator[str]:
    """How many steps changed, and what changed that no box or head shows."""
    _ = translator(lang)
    if found.is_empty:
        yield _("Nothing changed.")
        return
    steps = [change.what for change in found.changes if change.part is Part.STEP]
    counts = {
        What.ADDED: _("steps added: {number}"),
        What.REMOVED: _("removed: {number}"),
        What.RENAMED: _("renamed: {number}"),
        What.CHANGED: _("changed: {number}"),
    }
    yield " · ".join(
        text.format(number=number_text(steps.count(what), lang))
        for what, text in counts.items()
    )
    shown = (Part.STEP, Part.ROLE)
    others = (change for change in found.changes if change.part not in shown)
    lines = (
        line
        for change in others
        for text in _other_texts(found, change, lang)
        for line in wrapped(text, ABOUT_WIDTH)
    )
    yield from _at_most(tuple(lines), _IN_TITLE)


def _other_texts(found: Difference, change: Change, lang: str) -> Iterator[str]:
    if change.what is not What.CHANGED:
        yield change_text(found, change, lang)
    name = "" if change.part is Part.HEAD else f"{change.name}: "
    for edit in change.edits:
        yield f"{_SIGNS[What.CHANGED]} {name}{edit_text(found, edit, lang)}"


def _legend(marks: Mapping[str, _Mark], lang: str) -> Iterator[LegendRow]:
    _ = translator(lang)
    words = {
        What.ADDED: _("added"),
        What.REMOVED: _("removed"),
        What.CHANGED: _("changed"),
    }
    present = {what for what, _change in marks.values()}
    for what, word in words.items():
        if what in present:
            sample = Sample(
                _FILLS[what],
                ink=_INKS[what],
                is_thick=what is not What.REMOVED,
                is_dashed=what is What.REMOVED,
            )
            yield LegendRow("", f"{_SIGNS[what]} {word}", sample=sample)
