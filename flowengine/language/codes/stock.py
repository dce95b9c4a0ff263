"""F5xx: what is reserved, and whether it is taken or let go again."""

from flowengine.language.codes.code import Code
from flowengine.language.problems import Severity

STOCK_CODES = (
    Code(
        "F501",
        "stock that stays reserved at the end",
        """
        There is a run on which the order ends and goods are still reserved for it, so
        nobody else can have them. What is reserved is to be taken (`pick`, `ship`,
        `transform`, `scrap` of the same list) or let go (`release`) on every way to an
        end. The message tells the shortest way that does neither. Outcomes and
        decisions count as free; a timeout and a skipped step have no effect on stock.

        `some` is an outcome that has reserved something. To release where nothing is
        reserved does nothing, so a release can stand on any way.
        """,
        """
        reserve:
          do: stock.reserve order.lines
          outcomes: {all: pick, some: refuse, none: refuse}   # some stays reserved
        pick: {role: picker, stock: pick order.lines, next: done}
        refuse: {role: clerk, next: refused}
        """,
        """
        reserve:
          do: stock.reserve order.lines
          outcomes: {all: pick, some: let-go, none: refuse}
        let-go: {do: stock.release order.lines, next: refuse}
        pick: {role: picker, stock: pick order.lines, next: done}
        refuse: {role: clerk, next: refused}
        """,
    ),
    Code(
        "F502",
        "stock that stays reserved when the order is cancelled",
        """
        An order can be cancelled until it enters the `until` of `on_cancel`, and where
        an arrow leads to `cancel`. What it has reserved then is let go by the `undo` of
        the step that reserved it, or on every way of `on_cancel`. The message tells the
        shortest run, up to where it is cancelled and on from there.
        """,
        """
        reserve:
          do: stock.reserve order.lines
          outcomes: {all: pick, some: pick, none: refused}
        """,
        """
        reserve:
          do: stock.reserve order.lines
          undo: stock.release order.lines
          outcomes: {all: pick, some: pick, none: refused}
        """,
    ),
    Code(
        "F503",
        "stock that is taken or let go before it is reserved",
        """
        The process reserves this list, but no way comes to this step after that; or it
        releases a list that nothing reserves. Perhaps another list is meant, or the
        steps stand in the wrong order.
        """,
        """
        pick: {role: picker, stock: pick order.lines, next: reserve}
        reserve:
          do: stock.reserve order.lines
          outcomes: {all: ship, some: ship, none: refused}
        """,
        """
        reserve:
          do: stock.reserve order.lines
          outcomes: {all: pick, some: pick, none: refused}
        pick: {role: picker, stock: pick order.lines, next: ship}
        """,
        Severity.WARNING,
    ),
    Code(
        "F504",
        "stock of which only a part is taken",
        """
        The step takes or lets go the goods of those elements of `each` only for which
        `where` holds. Nothing ends the reservation of the others, unless a rule makes
        sure that there are none: check does not know.
        """,
        """
        pack:
          role: packer
          each: parcel in order.parcels where not parcel.damaged
          stock: pick parcel.lines
          next: done
        """,
        """
        pack:
          role: packer
          each: parcel in order.parcels
          stock: pick parcel.lines
          next: done
        """,
        Severity.WARNING,
    ),
    Code(
        "F505",
        "not decided whether stock stays reserved",
        """
        So much can be open at once, or in so many orders, that not all runs could be
        searched within the limit. None of those that were searched leaves anything
        reserved, unless another problem says so.
        """,
        "reserve: # one of ten branches that are open at once, each of several steps\n"
        "  do: stock.reserve order.lines\n"
        "  outcomes: {all: pick, some: pick, none: refuse}",
        "ready: {join: all, next: reserve} # the branches have met\n"
        "reserve:\n"
        "  do: stock.reserve order.lines\n"
        "  outcomes: {all: pick, some: pick, none: refuse}",
        Severity.WARNING,
    ),
)
