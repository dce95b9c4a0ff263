"""Fixed colours with fixed meanings, the same every month.

Blue to orange and the causes' hues are told apart by colour-blind eyes too, and stand
with words or numbers, never alone.
"""

from flowengine.analysis import Cause
from flowengine.diagram.picture import INK, PAPER

#: From this share of the lead time on, the fill of a box.
_FILLS = ((0.20, "#E66101"), (0.10, "#FBB267"), (0.05, "#FDE3C4"), (0.02, PAPER))
#: Under 2 % of the time and under 10 % late: works well.
WELL = "#DCEBF7"
#: SLA misses from which a box no longer counts as working well.
LATE = 0.10

WORK = "#1F78B4"
#: Causes, from what waits longest behind people to what lies outside.
CAUSES = {
    Cause.ALL_BUSY: "#5E3C99",
    Cause.OVERTAKEN: "#B2ABD2",
    Cause.CLOSED: "#BDBDBD",
    Cause.NOT_PICKED_UP: "#E8B100",
    Cause.OUTSIDE: "#35978F",
    Cause.HELD: "#C51B7D",
}
_LIGHT_INK = frozenset({"#5E3C99", "#1F78B4", "#35978F", "#C51B7D"})


def share_fill(share: float, late_share: float) -> str:
    """The fill of a box by its share of the lead time spent waiting."""
    for least, fill in _FILLS:
        if share >= least:
            return fill
    return WELL if late_share < LATE else PAPER


def ink_on(fill: str) -> str:
    """The colour of text on a fill."""
    return PAPER if fill in _LIGHT_INK else INK
