"""Boxes as HTML-like labels of Graphviz, whose outline says what kind of work it is.

An outline is made of table cells alone, so that a box of any form takes part in the
arrangement like every other.
"""

from collections.abc import Iterable

from flowengine.diagram.markup import (
    BARE,
    FOOT_SIZE,
    HEAD_INK,
    LINE_SIZE,
    NAME_SIZE,
    lines_of,
    name_label,
    row_of,
    text_of,
)
from flowengine.diagram.picture import Form, Node, Sample, Segment

#: The least width of a box, and the width of the bar in it, in points.
BOX_WIDTH = 136
BAR_WIDTH = 124
_BAR_HEIGHT = 8
_SPACE = "\N{NO-BREAK SPACE}"
#: How far the last box of a stack stands out behind the first, in points.
STACK = 8
#: Signs beside a gate; their size in a box and in the legend.
_PRESSED = (
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
)
_PRESSED_SIZE, _SMALL_SIZE = 30, 12
_CARTON, _TAPE = "#D9B37C", "#8A5A1F"


def box_label(node: Node) -> str:
    """The label of a task, a wait, an automation, a call or a gate."""
    rows = [row_of(_name(node), width=BOX_WIDTH - 4)]
    rows += [row_of(text_of(_aired(line), LINE_SIZE)) for line in node.lines]
    rows += [row_of(_carton(lines)) for lines in node.goods]
    if any(piece.amount > 0 for piece in node.segments):
        rows.append(row_of(_why_bar(node.segments)))
    rows += [row_of(text_of(_aired(line), FOOT_SIZE)) for line in node.foot]
    return f"<{framed(rows, node)}>"


def sign_label(node: Node) -> str:
    """The label of an end, a decision or the cancel mark: its name, and its goods."""
    if not node.goods:
        return name_label(node)
    rows = row_of(lines_of(node.name, LINE_SIZE, bold=False))
    rows += "".join(row_of(_carton(lines)) for lines in node.goods)
    return f"<<TABLE {BARE.format(padding=0)}>{rows}</TABLE>>"


def framed(rows: Iterable[str], look: Node | Sample) -> str:
    """Rows within the outline of their kind of work."""
    ink, fill, border = look.ink, look.fill, 3 if look.is_thick else 1
    content = f"{_air(2)}{''.join(rows)}{_air(3)}"
    if look.form is Form.PLAIN:
        style = "ROUNDED,DASHED" if look.is_dashed else "ROUNDED"
    else:
        style = "DASHED" if look.is_dashed else "SOLID"
        inside = f"<TD><TABLE {BARE.format(padding=0)}>{content}</TABLE></TD>"
        size = _PRESSED_SIZE if isinstance(look, Node) else _SMALL_SIZE
        content = f"<TR>{_between_sides(inside, look.form, ink, size)}</TR>"
    box = (
        f'<TABLE BORDER="{border}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"'
        f' STYLE="{style}" COLOR="{ink}" BGCOLOR="{fill}">{content}</TABLE>'
    )
    return _stacked(box) if look.is_stacked else box


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


def _between_sides(inside: str, form: Form, ink: str, size: int) -> str:
    """The cells of a square box: what stands on its left, the inside, on its right."""
    match form:
        case Form.MACHINE:
            return f'<TD BGCOLOR="{ink}" WIDTH="7"></TD>{inside}'
        case Form.CALL:
            side = f'<TD WIDTH="6" BORDER="1" COLOR="{ink}" SIDES='
            return f'{side}"R"></TD>{inside}{side}"L"></TD>'
        case Form.VALVE:
            left, right = (
                f"<TD>{text_of(sign, size, ink=ink, bold=True)}</TD>"
                for sign in _PRESSED
            )
            return left + inside + right
        case Form.PLAIN:
            return inside


def _stacked(box: str) -> str:
    """A box with room on its right and below for the others of its stack."""
    room = f'<TD FIXEDSIZE="TRUE" WIDTH="{STACK}" HEIGHT="{STACK}"></TD>'
    return (
        f"<TABLE {BARE.format(padding=0)}>"
        f"<TR><TD>{box}</TD>{room}</TR><TR>{room}{room}</TR></TABLE>"
    )


def _name(node: Node) -> str:
    name = lines_of(node.name, NAME_SIZE, bold=True)
    if not node.badge:
        return name
    badge = text_of(node.badge, NAME_SIZE, ink=HEAD_INK, bold=True)
    width = 12 + 8 * len(node.badge)
    return (
        f"<TABLE {BARE.format(padding=1)}><TR>"
        f'<TD BGCOLOR="{node.ink}" FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="20">'
        f"{badge}</TD><TD> {name}</TD></TR></TABLE>"
    )


def _carton(lines: tuple[str, ...]) -> str:
    """What happens to the goods, and a small carton.

    The sign stands behind: Graphviz moves a fixed table to the right wrongly.
    """
    parts = "".join(
        f'<TD FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="8" BGCOLOR="{fill}"></TD>'
        for width, fill in ((4, _CARTON), (2, _TAPE), (4, _CARTON))
    )
    sign = (
        f'<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"'
        f' FIXEDSIZE="TRUE" WIDTH="12" HEIGHT="10" ALIGN="LEFT" COLOR="{_TAPE}">'
        f"<TR>{parts}</TR></TABLE>"
    )
    told = lines_of((_aired(line) for line in lines), LINE_SIZE, bold=False)
    text = f'<TD ALIGN="RIGHT">{told}</TD>'
    return (
        f"<TABLE {BARE.format(padding=0)}><TR>"
        f'{text}<TD ALIGN="LEFT" CELLPADDING="2">{sign}</TD><TD> </TD></TR></TABLE>'
    )


def _why_bar(segments: Iterable[Segment]) -> str:
    pieces = "".join(
        f'<TD FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{_BAR_HEIGHT}"'
        f' BGCOLOR="{colour}"></TD>'
        for colour, width in bar_widths(tuple(segments))
    )
    return (
        f'<TABLE {BARE.format(padding=0)} FIXEDSIZE="TRUE"'
        f' WIDTH="{BAR_WIDTH}" HEIGHT="{_BAR_HEIGHT}"><TR>{pieces}</TR></TABLE>'
    )


def _aired(line: str) -> str:
    """A line that keeps off the sides of its box."""
    return f"{_SPACE * 2}{line}{_SPACE * 2}"


def _air(height: int) -> str:
    """An empty row; without a cell in it, Graphviz would break."""
    return f'<TR><TD FIXEDSIZE="TRUE" WIDTH="1" HEIGHT="{height}"></TD></TR>'
