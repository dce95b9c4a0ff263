"""Graphviz's HTML-like labels: boxes, heads, the table and the legend."""

from collections.abc import Iterable
from html import escape

from flowengine.diagram.picture import (
    INK,
    Lane,
    LegendRow,
    Node,
    Picture,
    Segment,
    Table,
)

#: Type sizes in points, before the page is fitted to A4.
TITLE_SIZE = 24
SUBTITLE_SIZE = 13
NAME_SIZE = 14
LINE_SIZE = 12
FOOT_SIZE = 11
LABEL_SIZE = 11
TABLE_SIZE = 12
#: The least width of a box, and the width of the bar in it, in points.
BOX_WIDTH = 136
BAR_WIDTH = 124
_BAR_HEIGHT = 8
#: Width of the strip beside a label in which its arrow passes.
STRIP = 13
HEAD_FILL = "#2F3A45"
HEAD_INK = "#FFFFFF"
_SPACE = "\N{NO-BREAK SPACE}"
_RULE = "#8C8C8C"
_TABLE_HEAD = "#EDEDED"
#: A table without lines, on which everything here is built.
_BARE = 'BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="{padding}"'


def box_label(node: Node) -> str:
    """The label of a task or a wait."""
    style = "ROUNDED,DASHED" if node.is_dashed else "ROUNDED"
    border = 3 if node.is_thick else 1
    rows = [_row(_name(node), width=BOX_WIDTH - 4)]
    rows += [_row(_text(_aired(line), LINE_SIZE)) for line in node.lines]
    if any(piece.amount > 0 for piece in node.segments):
        rows.append(_row(_why_bar(node.segments)))
    rows += [_row(_text(_aired(line), FOOT_SIZE)) for line in node.foot]
    return (
        f'<<TABLE BORDER="{border}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"'
        f' STYLE="{style}" COLOR="{INK}" BGCOLOR="{node.fill}">'
        f"{_air(2)}{''.join(rows)}{_air(3)}</TABLE>>"
    )


def name_label(node: Node) -> str:
    """The label of an end, a decision or the cancel mark: its name."""
    return f"<{_lines(node.name, LINE_SIZE, bold=False)}>"


def connector_label(lines: Iterable[str]) -> str:
    """The label of an arrow, to stand on the right of its line; it has lines."""
    rows = "".join(_row(_text(line, LABEL_SIZE), "LEFT") for line in lines)
    return f"<<TABLE {_BARE.format(padding=0)}>{rows}</TABLE>>"


def passing_label(lines: tuple[str, ...]) -> str:
    """The same with a strip on its left, the port `line`, where the arrow passes."""
    text = f"<TD>{connector_label(lines)[1:-1]}</TD>" if lines else ""
    return (
        f"<<TABLE {_BARE.format(padding=0)}><TR>"
        f'<TD PORT="line" FIXEDSIZE="TRUE" WIDTH="{STRIP}" HEIGHT="10"></TD>'
        f"{text}</TR></TABLE>>"
    )


def head_label(lane: Lane, width: int) -> str:
    """The coloured head of a lane, at least `width` points wide."""
    title = _text(lane.title, NAME_SIZE + 1, ink=HEAD_INK, bold=True)
    rows = [_row(title, width=width)]
    rows += [_row(_text(line, FOOT_SIZE, ink=HEAD_INK)) for line in lane.lines]
    return f"<<TABLE {_BARE.format(padding=2)}>{''.join(rows)}</TABLE>>"


def title_label(picture: Picture) -> str:
    """The title and the lines under it."""
    rows = [_row(_text(picture.title, TITLE_SIZE, bold=True))]
    rows += [_row(_text(line, SUBTITLE_SIZE)) for line in picture.subtitle]
    return f"<<TABLE {_BARE.format(padding=2)}>{''.join(rows)}</TABLE>>"


def _name(node: Node) -> str:
    name = _lines(node.name, NAME_SIZE, bold=True)
    if not node.badge:
        return name
    badge = _text(node.badge, NAME_SIZE, ink=HEAD_INK, bold=True)
    width = 12 + 8 * len(node.badge)
    return (
        f"<TABLE {_BARE.format(padding=1)}><TR>"
        f'<TD BGCOLOR="{INK}" FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="20">{badge}</TD>'
        f"<TD> {name}</TD></TR></TABLE>"
    )


def _why_bar(segments: Iterable[Segment]) -> str:
    pieces = "".join(
        f'<TD FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{_BAR_HEIGHT}"'
        f' BGCOLOR="{colour}"></TD>'
        for colour, width in bar_widths(tuple(segments))
    )
    return (
        f'<TABLE {_BARE.format(padding=0)} FIXEDSIZE="TRUE"'
        f' WIDTH="{BAR_WIDTH}" HEIGHT="{_BAR_HEIGHT}"><TR>{pieces}</TR></TABLE>'
    )


def bar_widths(segments: tuple[Segment, ...]) -> tuple[tuple[str, int], ...]:
    """Whole points for each piece that is not nothing; they add up to `BAR_WIDTH`.

    A piece that would be too thin to see gets one point from the largest.
    """
    shown = [piece for piece in segments if piece.amount > 0]
    total = sum(piece.amount for piece in shown)
    widths = [max(1, piece.amount * BAR_WIDTH // total) for piece in shown]
    if widths:
        widths[widths.index(max(widths))] += BAR_WIDTH - sum(widths)
    return tuple(
        (piece.colour, width) for piece, width in zip(shown, widths, strict=True)
    )


def table_label(table: Table) -> str:
    """The table above the drawing."""
    head = "".join(
        f'<TD BGCOLOR="{_TABLE_HEAD}" ALIGN="LEFT">'
        f"{_text(cell, TABLE_SIZE, bold=True)}</TD>"
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
        f' COLOR="{_RULE}"><TR>{head}</TR>{rows}</TABLE>>'
    )


def _cell(text: str, on_right: bool) -> str:
    side = "RIGHT" if on_right else "LEFT"
    return f'<TD ALIGN="{side}">{_text(text, TABLE_SIZE)}</TD>'


def legend_label(rows: Iterable[LegendRow]) -> str:
    """What colours, lines and shapes mean."""
    return (
        f"<<TABLE {_BARE.format(padding=2)}>"
        + "".join(_legend_row(row) for row in rows)
        + "</TABLE>>"
    )


def _legend_row(row: LegendRow) -> str:
    title = _title(row)
    text = _text(row.text, TABLE_SIZE) if row.text else ""
    rows = _row(title + text, "LEFT") if title or text else ""
    if row.swatches:
        cells = "".join(
            f'<TD BORDER="1" COLOR="{_RULE}" BGCOLOR="{swatch.fill}">'
            f"{_text(swatch.text, TABLE_SIZE, ink=swatch.ink)}</TD>"
            for swatch in row.swatches
        )
        table = (
            '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="2" CELLPADDING="3">'
            f"<TR>{cells}</TR></TABLE>"
        )
        rows += _row(table, "LEFT")
    return rows


def _aired(line: str) -> str:
    """A line that keeps off the sides of its box."""
    return f"{_SPACE}{line}{_SPACE}"


def _air(height: int) -> str:
    """An empty row; without a cell in it, Graphviz would break."""
    return f'<TR><TD FIXEDSIZE="TRUE" WIDTH="1" HEIGHT="{height}"></TD></TR>'


def _title(row: LegendRow) -> str:
    if not row.title:
        return ""
    return _text(f"{row.title}: " if row.text else row.title, TABLE_SIZE, bold=True)


def _row(content: str, side: str = "CENTER", width: int = 0) -> str:
    """A row of one cell. A table's own WIDTH would not widen the cell in it."""
    size = f' WIDTH="{width}"' if width else ""
    return f'<TR><TD ALIGN="{side}"{size}>{content}</TD></TR>'


def _lines(lines: Iterable[str], size: int, *, bold: bool) -> str:
    return "<BR/>".join(_text(line, size, bold=bold) for line in lines)


def _text(text: str, size: int, *, ink: str = INK, bold: bool = False) -> str:
    """Text of people, made harmless; an empty one would break Graphviz."""
    safe = escape(text).replace("\\", "\\\\") or " "
    marked = f"<B>{safe}</B>" if bold else safe
    return f'<FONT POINT-SIZE="{size}" COLOR="{ink}">{marked}</FONT>'
