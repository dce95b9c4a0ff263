"""A program that works on orders without a pause and says what it was acknowledged.

    python -m tests.acceptance.crash.hammer ADDRESS NAME SEED

A line of JSON for each command once its answer is there: [what, subject, key]. Where
the database refuses, it says the same again with the same key, as a caller should.
"""

import json
import random
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from flowengine.engine import Engine, Receipt
from flowengine.engine.automations import AutomationCall
from flowengine.errors import CommandRejected, ConcurrentChange, Conflict, StoreRefused
from flowengine.kernel.case import UserId
from flowengine.kernel.commands import AddNote, Command

#: Seconds that a database may be away before a program gives up.
PATIENCE = 60.0
ROLE = "clerk"
OUTCOMES = {"pick": "ok"}

Answer = TypeVar("Answer")


def book(call: AutomationCall) -> str:
    """The automation of the process: it takes a moment, in which it may be killed."""
    time.sleep(0.01)
    return "ok" if call.number else "none"


class Hammer:
    """One program with a name of its own, which is also the person who works."""

    def __init__(self, engine: Engine, name: str, seed: int) -> None:
        self._engine = engine
        self._name = name
        self._chance = random.Random(seed)  # noqa: S311 - draws deeds, no secret
        self._orders: list[Receipt] = []
        self._count = 0
        #: No other start of this program has it: keys and numbers are new.
        self._start = f"{name}-{time.time_ns()}"

    def run(self) -> None:
        """Finish what was in hand before, then work until killed."""
        for row in self._patiently(lambda: self._engine.tasks(user=self._name)):
            if row.owner == self._name:
                self._complete(row.ref)
        deeds = [self._open, self._claim, self._note, self._notes, self._deliver]
        weights = [20, 60, 8, 4, 8]
        while True:
            self._chance.choices(deeds, weights)[0]()

    def _open(self) -> None:
        number = self._key()
        fields = {"number": number, "total": "12 EUR"}
        receipt = self._patiently(
            lambda: self._engine.open_order(
                "crash", fields, by=self._name, key=f"open-{number}"
            )
        )
        self._orders.append(receipt)
        _say("open", number, f"open-{number}")

    def _claim(self) -> None:
        start = self._chance.random() < 0.5
        receipt = self._patiently(
            lambda: self._engine.claim_next(ROLE, by=self._name, start=start)
        )
        if receipt is None or receipt.task is None:
            self._open()
            return
        self._complete(receipt.task)

    def _complete(self, ref: str) -> None:
        key = self._key()
        step = ref.partition("/")[2].partition("/")[0]
        receipt = self._patiently(
            lambda: self._engine.complete(
                ref, by=self._name, outcome=OUTCOMES.get(step), key=key
            )
        )
        if receipt.events:
            _say("complete", ref, key)

    def _note(self) -> None:
        if self._orders:
            number, key = self._chance.choice(self._orders).number, self._key()
            self._patiently(
                lambda: self._engine.note(number, key, by=self._name, key=key)
            )
            _say("note", number, key)

    def _notes(self) -> None:
        chosen = self._chance.sample(self._orders, min(5, len(self._orders)))
        commands: list[Command] = [
            AddNote(
                case_id=receipt.case_id,
                at=self._engine.now(),
                by=UserId(self._name),
                key=(key := self._key()),
                text=key,
            )
            for receipt in chosen
        ]
        answers = self._patiently(lambda: self._engine.submit(commands))
        for command, answer in zip(commands, answers, strict=True):
            if isinstance(answer, Receipt):
                _say("note", answer.number, str(command.key))

    def _deliver(self) -> None:
        if self._orders:
            number, key = self._chance.choice(self._orders).number, self._key()
            self._patiently(lambda: self._engine.deliver("paid", match=number, key=key))

    def _key(self) -> str:
        self._count += 1
        return f"{self._start}-{self._count}"

    def _patiently(self, work: Callable[[], Answer]) -> Answer:
        """Say the same again while the database is away or others are faster."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return work()
            except (StoreRefused, ConcurrentChange):
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)


def _say(what: str, subject: str, key: str) -> None:
    print(json.dumps([what, subject, key]), flush=True)  # noqa: T201 - it is read


def main(address: str, name: str, seed: int) -> None:
    """Open the database, however long that takes, and work."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            engine = Engine(address, automations={"book": book})
            break
        except StoreRefused:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
    with engine:
        hammer = Hammer(engine, name, seed)
        while True:
            try:
                hammer.run()
            except (CommandRejected, Conflict) as refused:
                print(refused, file=sys.stderr, flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
