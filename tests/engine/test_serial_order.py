"""Threads that write at once do what one after the other could have done."""

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from threading import Barrier

from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.engine import Engine, Receipt
from flowengine.engine.opening import open_case
from flowengine.errors import CommandRejected, FlowError
from flowengine.kernel.case import CaseId, UserId
from flowengine.kernel.commands import (
    AddNote,
    CancelCase,
    ClaimTask,
    Command,
    CompleteTask,
    DeliverMessage,
    HoldCase,
    OpenCase,
    ReleaseTask,
    ResumeCase,
)
from flowengine.language.process import RoleId, StepId
from flowengine.store.batch import Batch
from tests.builders import MONDAY
from tests.engine.world import World

THREADS = 6
CASES = [CaseId(f"{number:032x}") for number in range(3)]
ROLES = frozenset({RoleId("clerk"), RoleId("picker")})
STEPS = ("enter", "approve", "book", "pick", "recount", "hand-over")
#: What a command was answered with: what happened, or why it was refused.
Told = tuple[object, ...]


def commands(chance: Random, digest: str) -> list[Command]:
    """What one thread says, in order."""
    return [_command(chance, digest, position) for position in range(12)]


def _command(chance: Random, digest: str, position: int) -> Command:
    case_id = chance.choice(CASES)
    number = str(CASES.index(case_id))
    step = StepId(chance.choice(STEPS))

    def say(kind: Callable[..., Command], **details: object) -> Command:
        return kind(
            case_id=case_id,
            at=MONDAY,
            by=UserId(chance.choice(["anna", "berta", "olga"])),
            key=chance.choice([None, None, f"k{chance.randrange(6)}"]),
            **details,
        )

    match chance.randrange(9):
        case 0 | 1:
            data = {"order": {"number": number, "priority": 0}}
            return say(OpenCase, number=number, process=digest, data=data)
        case 2:
            return say(ClaimTask, step=step, roles=ROLES)
        case 3 | 4:
            outcome = {"approve": "ok", "pick": chance.choice(["ok", "short"])}
            return say(CompleteTask, step=step, roles=ROLES, outcome=outcome.get(step))
        case 5:
            return say(ReleaseTask, step=step, roles=ROLES)
        case 6:
            return say(DeliverMessage, name="payment")
        case 7:
            return say(chance.choice([HoldCase, CancelCase]), reason="because")
        case _:
            text = f"note {position}"
            return chance.choice([say(ResumeCase), say(AddNote, text=text)])


def said(engine: Engine, order: list[int], place: int, command: Command) -> Told:
    """Say a command, and note in which order they were decided last."""
    transactor = engine._transactor

    def work(batch: Batch) -> Receipt:
        order.append(place)
        if isinstance(command, OpenCase):
            receipt = open_case(transactor, batch, command)
        else:
            receipt = transactor.execute(batch, command)
        if isinstance(command, AddNote) and command.text.endswith("7"):
            raise CommandRejected("Expected no seven, but there it is.")
        return receipt

    try:
        receipt = transactor.run(work)
    except FlowError as error:
        return type(error).__name__, str(error)
    return receipt.events, receipt.version, receipt.repeated


def at_once(engine: Engine, threads: Sequence[list[Command]]) -> list[tuple[int, Told]]:
    """Say it in threads; what each was told, in the order in which it was decided."""
    order: list[int] = []
    ready = Barrier(len(threads))

    def speak(thread: int) -> list[tuple[int, Told]]:
        ready.wait(10)
        told = []
        for position, command in enumerate(threads[thread]):
            place = thread * 100 + position
            told.append((place, said(engine, order, place, command)))
        return told

    with ThreadPoolExecutor(len(threads)) as pool:
        told = dict(
            answer
            for answers in pool.map(speak, range(len(threads)))
            for answer in answers
        )
    # What was decided more than once counts where it was decided last.
    last = {place: position for position, place in enumerate(order)}
    return [(place, told[place]) for place in sorted(told, key=last.__getitem__)]


@settings(max_examples=max(5, settings().max_examples // 5))
@given(seed=st.integers(0, 2**32))
def test_what_threads_do_at_once_one_could_have_done_alone(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - an example, no secret
    with tempfile.TemporaryDirectory() as folder:
        world, alone = (World(Path(folder) / name) for name in ("a.db", "b.db"))
        digest = world.engine.net("sale").process.digest
        threads = [commands(chance, digest) for _ in range(THREADS)]

        told = at_once(world.engine, threads)

        one_by_one = [
            (place, said(alone.engine, [], place, threads[place // 100][place % 100]))
            for place, _ in told
        ]
        assert told == one_by_one
        assert world.engine.upkeep.check() == ()
        assert _histories(world) == _histories(alone)
        world.close()
        alone.close()


def _histories(world: World) -> list[object]:
    """Every order's history, and who stands in the worklist."""
    rows = sorted(row.number for row in world.engine.orders(limit=None))
    histories: list[object] = [world.engine.order(number).history for number in rows]
    return [*histories, world.engine.tasks(limit=999)]
