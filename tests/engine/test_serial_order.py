"""Threads that write at once do what one after the other could have done."""

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from threading import Barrier
from typing import cast

import pytest
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
from tests.engine.threads import together
from tests.engine.world import World

THREADS = 6
CASES = [CaseId(f"{number:032x}") for number in range(3)]
ROLES = frozenset({RoleId("clerk"), RoleId("picker")})
STEPS = ("enter", "approve", "book", "pick", "recount", "hand-over")
#: What a command was answered with: what happened, or why it was refused.
Told = tuple[object, ...]
#: The version of a sale that has just been opened.
OPENED = 2


def commands(chance: Random, digest: str) -> list[Command]:
    """What one thread says, in order."""
    return [_command(chance, digest) for _ in range(8)]


def openings(digest: str) -> list[Command]:
    """All orders but the last are open when the threads begin."""
    return [_opening(case_id, digest, None) for case_id in CASES[:-1]]


def _opening(case_id: CaseId, digest: str, key: str | None) -> OpenCase:
    number = str(CASES.index(case_id))
    return OpenCase(
        case_id=case_id,
        at=MONDAY,
        by=UserId("anna"),
        key=key,
        number=number,
        process=digest,
        data={"order": {"number": number, "priority": 0}},
    )


def _command(chance: Random, digest: str) -> Command:
    case_id = chance.choice(CASES)
    step = StepId(chance.choice(STEPS))

    def say(kind: Callable[..., Command], **details: object) -> Command:
        return kind(
            case_id=case_id,
            at=MONDAY,
            by=UserId(chance.choice(["anna", "berta", "olga"])),
            key=chance.choice([None, None, f"k{chance.randrange(6)}"]),
            **details,
        )

    kind = chance.randrange(13)
    if kind > 10:
        return _opening(case_id, digest, chance.choice([None, "k1"]))
    return _of_case(say, kind, step, chance)


def _of_case(
    say: Callable[..., Command], kind: int, step: StepId, chance: Random
) -> Command:
    match kind:
        case 0 | 1 | 2:
            return say(ClaimTask, step=step, roles=ROLES)
        case 3 | 4:
            outcome = {"approve": "ok", "pick": chance.choice(["ok", "short"])}
            return say(CompleteTask, step=step, roles=ROLES, outcome=outcome.get(step))
        case 5:
            return say(ReleaseTask, step=step, roles=ROLES)
        case 6:
            return say(DeliverMessage, name="payment")
        case 7:
            return say(HoldCase, reason="because")
        case 8:
            return say(CancelCase, reason="because")
        case 9:
            return say(ResumeCase)
        case _:
            return say(AddNote, text="fragile")


def said(engine: Engine, order: list[int], place: int, command: Command) -> Told:
    """Say a command, and note in which order they were decided last."""
    transactor = engine._transactor

    def work(batch: Batch) -> Receipt:
        order.append(place)
        if isinstance(command, OpenCase):
            receipt = open_case(transactor, batch, command)
        else:
            receipt = transactor.execute(batch, command)
        if place % 5 == 0:
            raise CommandRejected("Expected another place, once all was done.")
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
        return [
            (place, said(engine, order, place, command))
            for place, command in enumerate(threads[thread], thread * 100)
        ]

    with ThreadPoolExecutor(len(threads)) as pool:
        answers = dict(chain(*pool.map(speak, range(len(threads)))))
    return _as_decided(answers, order)


def in_groups(
    engine: Engine, threads: Sequence[list[Command]]
) -> list[tuple[int, Told]]:
    """Say one command of each thread in one transaction, then the next of each."""
    order: list[int] = []
    answers: dict[int, Told] = {}
    for position in range(len(threads[0])):
        deeds = {
            thread * 100 + position: partial(
                said, engine, order, thread * 100 + position, commands[position]
            )
            for thread, commands in enumerate(threads)
        }
        done = together(engine, *deeds.values())
        answers |= {
            place: cast("Told", each.result(10))
            for place, each in zip(deeds, done, strict=True)
        }
    return _as_decided(answers, order)


def _as_decided(
    answers: dict[int, Told], order: Sequence[int]
) -> list[tuple[int, Told]]:
    """Answers in the order in which they were decided last."""
    last = {place: position for position, place in enumerate(order)}
    return [(place, answers[place]) for place in sorted(answers, key=last.__getitem__)]


@pytest.mark.parametrize("say", [at_once, in_groups])
@settings(max_examples=max(5, settings().max_examples // 10))
@given(seed=st.integers(0, 2**32))
def test_what_threads_do_at_once_one_could_have_done_alone(
    say: Callable[[Engine, Sequence[list[Command]]], list[tuple[int, Told]]], seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - an example, no secret
    with tempfile.TemporaryDirectory() as folder:
        world, alone = (World(Path(folder) / name) for name in ("a.db", "b.db"))
        # Here each command has a transaction that is given up where it is refused.
        alone.engine._transactor._writer = None
        digest = world.engine.net("sale").process.digest
        for each in (world, alone):
            for command in openings(digest):
                assert said(each.engine, [], 1, command)[1] == OPENED
        threads = [commands(chance, digest) for _ in range(THREADS)]

        told = say(world.engine, threads)

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
