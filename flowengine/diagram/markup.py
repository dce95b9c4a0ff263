"""Graphviz's HTML-like labels: texts, heads, the title and the table."""

from collections.abc import Iterable
from html import escape

from flowengine.diagram.picture import INK, Lane, Node, Picture, Table

#: Type sizes in points, before the page is fitted to A4.
TITLE_SIZE = 24
SUBTITLE_SIZE = 13
NAME_SIZE = 14
LINE_SIZE = 12
FOOT_SIZE = 11
LABEL_SIZE = 11
TABLE_SIZE = 12
#: Width of the strip beside a label in which its arrow passes.
STRIP = 13
HEAD_FILL = "#2F3A45"
HEAD_INK = "#FFFFFF"
RULE = "#8C8C8C"
_TABLE_HEAD = "#EDEDED"
#: A table without lines, on which everything here is built.
BARE = 'BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="{padding}"'


def name_label(node: Node) -> str:
    """The label of an end, a decision or the cancel mark: its name."""
    return f"<{lines_of(node.name, LINE_SIZE, bold=False)}>"


def connector_label(lines: Iterable[str]) -> str:
    """The label of an arrow, to stand on the right of its line; it has lines."""
    rows = "".join(row_of(text_of(line, LABEL_SIZE), "LEFT") for line in lines)
    return f"<<TABLE {BARE.format(padding=0)}>{rows}</TABLE>>"


def passing_label(lines: tuple[str, ...]) -> str:
    """The same with a strip on its left, the port `line`, where the arrow passes."""
    text = f"<TD>{connector_label(lines)[1:-1]}</TD>" if lines else ""
    return (
        f"<<TABLE {BARE.format(padding=0)}><TR>"
        f'<TD PORT="line" FIXEDSIZE="TRUE" WIDTH="{STRIP}" HEIGHT="10"></TD>'
        f"{text}</TR></TABLE>>"
    )


def head_label(lane: Lane, width: int) -> str:
    """The coloured head of a lane, at least `width` points wide."""
    title = text_of(lane.title, NAME_SIZE + 1, ink=HEAD_INK, bold=True)
    rows = [row_of(title, width=width)]
    rows += [row_of(text_of(line, FOOT_SIZE, ink=HEAD_INK)) for line in lane.lines]
    return f"<<TABLE {BARE.format(padding=2)}>{''.join(rows)}</TABLE>>"


def title_label(picture: Picture) -> str:
    """The title and the lines under it."""
    rows = [row_of(text_of(picture.title, TITLE_SIZE, bold=True))]
    rows += [row_of(text_of(line, SUBTITLE_SIZE)) for line in picture.subtitle]
    return f"<<TABLE {BARE.format(padding=2)}>{''.join(rows)}</TABLE>>"


def table_label(table: Table) -> str:
    """The table above the drawing."""
    head = "".join(
        f'<TD BGCOLOR="{_TABLE_HEAD}" ALIGN="LEFT">'
        f"{text_of(cell, TABLE_SIZE, bold=True)}</TD>"
        for cell in table.head
    )
    rows = "".join(
        "<TR>"
        + "".join(_cell(row[n], n in table.right) for n in range(len(row)))
        + "</TR>"
        for row in table.rows
    )
    return (
        f'<<TABLE BORDER="0" CELLBORDER="1" CELLSPACING="0" CELLPADDING="4"'
        f' COLOR="{RULE}"><TR>{head}</TR>{rows}</TABLE>>'
    )


def _cell(text: str, on_right: bool) -> str:
    side = "RIGHT" if on_right else "LEFT"
    return f'<TD ALIGN="{side}">{text_of(text, TABLE_SIZE)}</TD>'


def row_of(content: str, side: str = "CENTER", width: int = 0) -> str:
    """A row of one cell. A table's own WIDTH would not widen the cell in it."""
    size = f' WIDTH="{width}"' if width else ""
    return f'<TR><TD ALIGN="{side}"{size}>{content}</TD></TR>'


def lines_of(lines: Iterable[str], size: int, *, bold: bool) -> str:
    """Lines of text under each other."""
    return "<BR/>".join(text_of(line, size, bold=bold) for line in lines)


def text_of(text: str, size: int, *, ink: str = INK, bold: bool = False) -> str:
    """Text of people, made harmless; an empty one would break Graphviz."""
    safe = escape(text).replace("\\", "\\\\") or " "
    marked = f"<B>{safe}</B>" if bold else safe
    return f'<FONT POINT-SIZE="{size}" COLOR="{ink}">{marked}</FONT>'
