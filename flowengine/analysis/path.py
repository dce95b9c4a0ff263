"""The critical path of an order: the step instances that its lead time consists of."""

from flowengine.eventlog import Entry, Trace


def critical_path(trace: Trace) -> tuple[Entry, ...]:
    """The entries that decided when a closed order was done, first to last.

    Walks back from the entry that closed the order, each time to the binding
    predecessor: the entry whose end enabled it. Each begins where the one before it
    ended, so waiting, paused time and service tile the lead time exactly:

        closed - opened = sum of (waiting + paused + service)

    Raises:
        ValueError: The order is open, or its history is broken: it does not tile.
    """
    if trace.closed is None:
        raise ValueError(f"Expected order {trace.number} to be closed, but it is open.")
    by_seq = {entry.seq: entry for entry in trace.entries}
    path: list[Entry] = []
    seq = trace.last
    while seq is not None:
        entry = by_seq.get(seq)
        if entry is None or (path and entry.seq >= path[-1].seq):
            raise ValueError(
                f"Expected order {trace.number} to have an entry {seq} before the one "
                f"it enabled, but its history is broken."
            )
        path.append(entry)
        seq = entry.pred
    path.reverse()
    _check_tiling(trace, path)
    return tuple(path)


def _check_tiling(trace: Trace, path: list[Entry]) -> None:
    reached = trace.opened
    for entry in path:
        if entry.enabled != reached:
            raise ValueError(
                f"Expected {entry.step} of order {trace.number} to be enabled at "
                f"{reached}, when its predecessor ended, but it was at "
                f"{entry.enabled}."
            )
        if min(entry.waiting, entry.paused, entry.service) < 0:
            raise ValueError(
                f"Expected {entry.step} of order {trace.number} to be enabled, started "
                f"and ended in this order, but it was not (entry {entry.seq})."
            )
        reached = entry.ended
    if reached != trace.closed:
        raise ValueError(
            f"Expected order {trace.number} to close at {reached}, when its last step "
            f"ended, but it closed at {trace.closed}."
        )
