"""Whether what an order reserves is taken or let go again, on every way (F5xx).

    effects    what the steps of a net do to the reservation of one list of goods
    search     every run of an order, with what is reserved on it
    check      the problems, each with its shortest run

Decisions are free here as in F4xx: a way counts although no data may ever take it. A
release of nothing does nothing, so it can always stand before an end.
"""

from flowengine.net.reservations.check import reservation_problems, stock_faults

__all__ = ["reservation_problems", "stock_faults"]
