"""What must be true after whatever was killed."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from flowengine.engine import Engine, Order
from flowengine.kernel.events import CaseOpened, NoteAdded, StepEnded
from tests.acceptance.crash.crowd import HAMMERS, STEPS, Said
from tests.acceptance.crash.hammer import OUTCOMES, ROLE, book


def assert_all_is_right(address: str, acknowledged: Sequence[Said]) -> None:
    """The acknowledged is there, once; tables equal replay; all orders can end."""
    with Engine(address) as engine:
        assert engine.upkeep.check() == ()
        orders = [
            engine.order(row.number) for row in engine.orders(limit=None, state=None)
        ]
    done = sum((deeds(order) for order in orders), Counter[tuple[str, str]]())
    missing = [said for said in acknowledged if (said.what, _subject(said)) not in done]
    assert missing == []
    assert {deed for deed, count in done.items() if count > 1} == set()
    bring_to_an_end(address)


def _subject(said: Said) -> str:
    return f"{said.subject}: {said.key}" if said.what == "note" else said.subject


def deeds(order: Order) -> Counter[tuple[str, str]]:
    """What was done to an order, as programs say it, and how often."""
    done: Counter[tuple[str, str]] = Counter()
    for _, event in order.history:
        match event:
            case CaseOpened():
                done["open", order.case.number] += 1
            case NoteAdded(text=text):
                done["note", f"{order.case.number}: {text}"] += 1
            case StepEnded(step=step):
                done["complete", f"{order.case.number}/{step}"] += 1
            case _:
                pass
    return done


class Later:
    """A clock that goes ahead: leases of the killed run out, waits come to an end."""

    def __init__(self) -> None:
        self._ahead = timedelta(minutes=10)

    def __call__(self) -> datetime:
        """The moment it shows."""
        return datetime.now(UTC) + self._ahead

    def go_on(self) -> None:
        """Let ten minutes pass."""
        self._ahead += timedelta(minutes=10)


def bring_to_an_end(address: str) -> None:
    """Work on until nothing is left: each order has done each step once."""
    clock = Later()
    with Engine(address, clock=clock, automations={"book": book}) as engine:
        for name in HAMMERS:
            _complete_own(engine, name)
        while _work(engine) or engine.machines.next_timer() is not None:
            clock.go_on()
        assert engine.upkeep.check() == ()
        rows = engine.orders(limit=None)
        left = [row.number for row in rows if row.outcome != "success"]
        assert left == []
        for row in rows:
            order = engine.order(row.number)
            ended = Counter(
                event.step
                for _, event in order.history
                if isinstance(event, StepEnded) and event.step in STEPS
            )
            assert ended == Counter(STEPS), row.number
        assert engine.machines.outbox() == ()


def _work(engine: Engine) -> bool:
    """One round of people and machines; whether anything was done."""
    done = bool(engine.machines.work().done)
    while (receipt := engine.claim_next(ROLE, by=HAMMERS[0])) is not None:
        _complete(engine, str(receipt.task), HAMMERS[0])
        done = True
    return done


def _complete_own(engine: Engine, name: str) -> None:
    for row in engine.tasks(user=name, limit=1000):
        if row.owner == name:
            _complete(engine, row.ref, name)


def _complete(engine: Engine, ref: str, name: str) -> None:
    step = ref.partition("/")[2].partition("/")[0]
    engine.complete(ref, by=name, outcome=OUTCOMES.get(step))
