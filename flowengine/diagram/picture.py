"""The picture as plain values: what is shown, before anybody decides where or how.

A `Picture` knows no coordinates and no DOT. Placement and drawing read it; the layers
write it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flowengine.quantities import Duration

#: Dark on light, and light on dark.
INK = "#1A1A1A"
PAPER = "#FFFFFF"


class Shape(StrEnum):
    """How a node is drawn."""

    BOX = "box"  #: a task, a wait, an automation, a call or a gate
    DECISION = "decision"  #: a step that only chooses
    BAR = "bar"  #: a split or a join
    START = "start"
    END = "end"
    CANCEL = "cancel"  #: where everything that cancels the order leads


class Form(StrEnum):
    """What kind of work a box stands for, told by its outline alone."""

    PLAIN = "plain"  #: hands, or a wait: round corners
    MACHINE = "machine"  #: nobody: square, with a dark edge on the left
    CALL = "call"  #: another process: square, with double sides
    VALVE = "valve"  #: a gate: pressed from both sides


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the bar inside a box."""

    colour: str
    #: Its size; pieces share the bar's width in proportion.
    amount: int


@dataclass(frozen=True, slots=True)
class Exact:
    """The means per order behind a box's rounded text, in microseconds.

    Over all nodes of a picture they add up to its mean lead time exactly.
    """

    wait: Duration
    work: Duration


@dataclass(frozen=True, slots=True)
class Node:
    """One box, bar, decision or circle."""

    #: Stable: made from the step's name.
    id: str
    shape: Shape
    #: The id of its lane.
    lane: str
    #: The title, already wrapped.
    name: tuple[str, ...] = ()
    #: The lines above the bar, and those below it.
    lines: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    #: What happens to the goods here, each wrapped, before a small carton.
    goods: tuple[tuple[str, ...], ...] = ()
    form: Form = Form.PLAIN
    #: Once for each of several: a stack of boxes.
    is_stacked: bool = False
    #: A bar for the branches that hold, not for all.
    is_hollow: bool = False
    #: The colour of its outline.
    ink: str = INK
    segments: tuple[Segment, ...] = ()
    fill: str = PAPER
    #: The rank in black, top left; "" is none.
    badge: str = ""
    is_thick: bool = False
    is_dashed: bool = False
    tooltip: str = ""
    exact: Exact | None = None


@dataclass(frozen=True, slots=True)
class Connector:
    """An arrow from one node to another."""

    id: str
    source: str
    target: str
    #: The label, already wrapped.
    label: tuple[str, ...] = ()
    #: Pen width in points.
    width: float = 1.2
    #: Its colour; "" is black between departments and grey inside one.
    ink: str = ""
    is_dashed: bool = False
    #: It only leads from the start, a join or the cancel mark to its step.
    is_short: bool = False
    #: It goes from one department to another.
    is_handover: bool = False
    #: It leads back to a step on its own way: takes no part in the order of rows.
    is_back: bool = False
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """A department: its head and, by `Node.lane`, what stands in it."""

    id: str
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table above the drawing."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    #: Columns, from 0, whose cells stand on the right.
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Swatch:
    """A patch of colour with its meaning written on it."""

    text: str
    fill: str
    ink: str = INK


@dataclass(frozen=True, slots=True)
class Sample:
    """A small empty box that is drawn as those it explains."""

    fill: str = PAPER
    ink: str = INK
    form: Form = Form.PLAIN
    is_stacked: bool = False
    is_dashed: bool = False
    is_thick: bool = False


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One line of the legend: what is explained, and how."""

    title: str
    text: str = ""
    swatches: tuple[Swatch, ...] = ()
    #: A small box beside the text, in place of a title.
    sample: Sample | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that one page shows."""

    name: str
    lang: str
    title: str
    #: The lines under the title.
    subtitle: tuple[str, ...]
    #: What a screen reader says about the whole.
    description: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    connectors: tuple[Connector, ...]
    table: Table | None = None
    legend: tuple[LegendRow, ...] = ()
    #: Numbers for machines that belong to the whole, by the name of an attribute.
    facts: Mapping[str, int] = field(default_factory=dict)
