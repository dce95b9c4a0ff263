"""The legend as an HTML-like label of Graphviz."""

from collections.abc import Iterable, Iterator

from flowengine.diagram.boxes import framed
from flowengine.diagram.markup import BARE, RULE, TABLE_SIZE, row_of, text_of
from flowengine.diagram.picture import Form, LegendRow, Sample

#: Width inside the outline of a sample, so that all are of one width, and its height.
_INSIDE = {Form.PLAIN: 40, Form.MACHINE: 33, Form.CALL: 28, Form.VALVE: 32}
_HEIGHT = 7


def legend_label(rows: Iterable[LegendRow]) -> str:
    """What colours, lines and shapes mean: samples first, words and swatches below."""
    told = tuple(rows)
    samples = [row for row in told if row.sample is not None]
    content = row_of(_samples(samples), "LEFT") if samples else ""
    content += "".join(_row(row) for row in told if row.sample is None)
    return f"<<TABLE {BARE.format(padding=2)}>{content}</TABLE>>"


def _samples(rows: list[LegendRow]) -> str:
    """Samples with their texts, two beside each other."""
    half = (len(rows) + 1) // 2
    lines = []
    for number in range(half):
        pair = rows[number::half]
        cells = "".join(cell for row in pair for cell in _cells(row))
        cells += "<TD></TD><TD></TD>" * (2 - len(pair) if half > 1 else 0)
        lines.append(f"<TR>{cells}</TR>")
    return f"<TABLE {BARE.format(padding=2)}>{''.join(lines)}</TABLE>"


def _cells(row: LegendRow) -> Iterator[str]:
    """A sample, and what it means."""
    sample = row.sample or Sample()
    width = _INSIDE[sample.form] - (4 if sample.is_thick else 0)
    size = f'FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{_HEIGHT}"'
    yield f"<TD>{framed([f'<TR><TD {size}></TD></TR>'], sample)}</TD>"
    yield f'<TD ALIGN="LEFT">{text_of(row.text, TABLE_SIZE)}</TD>'


def _row(row: LegendRow) -> str:
    title = _title(row)
    text = text_of(row.text, TABLE_SIZE) if row.text else ""
    rows = row_of(title + text, "LEFT") if title or text else ""
    if row.swatches:
        cells = "".join(
            f'<TD BORDER="1" COLOR="{RULE}" BGCOLOR="{swatch.fill}">'
            f"{text_of(swatch.text, TABLE_SIZE, ink=swatch.ink)}</TD>"
            for swatch in row.swatches
        )
        table = (
            '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="2" CELLPADDING="3">'
            f"<TR>{cells}</TR></TABLE>"
        )
        rows += row_of(table, "LEFT")
    return rows


def _title(row: LegendRow) -> str:
    if not row.title:
        return ""
    return text_of(f"{row.title}: " if row.text else row.title, TABLE_SIZE, bold=True)
