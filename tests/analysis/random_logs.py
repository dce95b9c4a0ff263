"""Random histories: splits that join, loops, timeouts, messages, claims and holds."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from flowengine.eventlog import TIMED_OUT, Entry, EntryKind, EventLog, Hold, Trace
from flowengine.net.net import Net
from flowengine.quantities import Duration, Instant
from tests.analysis.builders import at, plain_net

#: Its arrows do not matter to the histories; its roles, people and hours do.
NET = plain_net(
    "enter:clerk > pick:picker > pack:picker > check:clerk > paid:wait > split > done",
    roles={"clerk": ("sales", 1), "picker": ("warehouse", 2)},
)
_ROLES = {"enter": "clerk", "check": "clerk", "pick": "picker", "pack": "picker"}
_PEOPLE = {"clerk": ("ann", "cid", None), "picker": ("ann", "bob", None)}
_DEPARTMENTS = {"clerk": "sales", "picker": "warehouse"}


def random_log(seed: int, orders: int = 6) -> EventLog:
    """So many orders, most of them closed, in order of opening."""
    chance = Random(seed)  # noqa: S311 - draws histories, guards no secret
    traces = [_random_order(chance, str(number)) for number in range(1, orders + 1)]
    return EventLog("shop", tuple(sorted(traces, key=lambda trace: trace.opened)))


def net() -> Net:
    """The net that random logs belong to."""
    return NET


@dataclass
class _Writer:
    """Writes entries in the order they were drawn; `ordered` numbers them by time."""

    chance: Random
    entries: list[Entry] = field(default_factory=list)

    def add(self, step: str, pred: int | None, enabled: int, longest: int) -> int:
        """Draw one instance of a step; gives its place in `entries`."""
        chance = self.chance
        role = _ROLES.get(step)
        started = enabled + chance.choice((0, chance.randrange(longest)))
        ended = started + chance.choice((0, chance.randrange(longest)))
        timed_out = role is not None and chance.random() < 0.1
        if role is None or timed_out:
            ended = started
        who = chance.choice(_PEOPLE[role]) if role and not timed_out else None
        claimed = chance.randint(enabled, started) if who else None
        visit = 1 + sum(entry.step == step for entry in self.entries)
        self.entries.append(
            Entry(
                seq=len(self.entries),
                step=step,
                visit=visit,
                kind=_kind(step),
                pred=pred,
                enabled=Instant(enabled),
                claimed=None if claimed is None else Instant(claimed),
                started=Instant(started),
                ended=Instant(ended),
                role=role,
                department=_DEPARTMENTS.get(role or ""),
                who=who,
                outcome=TIMED_OUT if timed_out else None,
                paused=Duration(chance.randint(0, ended - started)),
                due=Instant(enabled + longest // 2) if role else None,
            )
        )
        return len(self.entries) - 1

    def ordered(self, last: int) -> tuple[tuple[Entry, ...], int]:
        """The entries by time of their ends, as a store numbers them; and the last."""
        order = sorted(
            range(len(self.entries)), key=lambda i: (self.entries[i].ended, i)
        )
        number = {place: seq for seq, place in enumerate(order, start=2)}
        entries = [
            replace(
                self.entries[place],
                seq=number[place],
                pred=None if pred is None else number[pred],
            )
            for place in order
            for pred in [self.entries[place].pred]
        ]
        return tuple(entries), number[last]


def _kind(step: str) -> EntryKind:
    if step in _ROLES:
        return EntryKind.TASK
    return EntryKind.WAIT if step == "paid" else EntryKind.PASS


def _random_order(chance: Random, number: str) -> Trace:
    opened = at("06:00", day=chance.randrange(3)) + chance.randrange(10**10)
    writer = _Writer(chance)
    last: int | None = None
    for _ in range(chance.randint(1, 4)):
        last = _block(writer, last, opened, depth=2)
    assert last is not None
    entries, closing = writer.ordered(last)
    closed = writer.entries[last].ended
    trace = Trace(
        case=f"case-{number}",
        number=number,
        opened=Instant(opened),
        closed=closed,
        outcome="success",
        entries=entries,
        last=closing,
        holds=_holds(chance, opened, closed),
        promised=Instant(opened + chance.randrange(10**11)),
    )
    if chance.random() < 0.2:
        return replace(trace, closed=None, outcome=None, last=None)
    return trace


def _block(writer: _Writer, pred: int | None, opened: int, depth: int) -> int:
    """Draw a part of a history after an entry; gives the entry that ended it."""
    shapes: list[Callable[..., int]] = [_single]
    if depth:
        shapes += [_parallel, _loop]
    return writer.chance.choice(shapes)(writer, pred, opened, depth)


def _single(writer: _Writer, pred: int | None, opened: int, depth: int) -> int:
    step = writer.chance.choice((*_ROLES, "paid", "elsewhere"))
    return writer.add(step, pred, _end(writer, pred, opened), 10**10 * (3 - depth))


def _parallel(writer: _Writer, pred: int | None, opened: int, depth: int) -> int:
    split = writer.add("split", pred, _end(writer, pred, opened), 1)
    branches = [
        _block(writer, split, opened, depth - 1)
        for _ in range(writer.chance.randint(2, 3))
    ]
    binding = max(branches, key=lambda place: (writer.entries[place].ended, place))
    return writer.add("check", binding, writer.entries[binding].ended, 10**10)


def _loop(writer: _Writer, pred: int | None, opened: int, depth: int) -> int:
    for _ in range(writer.chance.randint(2, 3)):
        pred = _block(writer, pred, opened, depth - 1)
    assert pred is not None
    return pred


def _end(writer: _Writer, pred: int | None, opened: int) -> int:
    return opened if pred is None else writer.entries[pred].ended


def _holds(chance: Random, opened: int, closed: int) -> tuple[Hold, ...]:
    moments = sorted(
        chance.randint(opened, closed) for _ in range(2 * chance.randint(0, 2))
    )
    return tuple(
        Hold(Instant(start), Instant(end), "address unclear")
        for start, end in zip(moments[::2], moments[1::2], strict=True)
    )
