"""How tasks end in the demo: how long they take, their outcomes and their answers.

Every draw is keyed by seed, order, step and visit, so one order's luck does not hang
on what happens to another.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from flowengine.demo.floor import OpenStep
from flowengine.language.process import WorkTime
from flowengine.quantities import SECOND, Duration, parse_weight

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a task ends: its outcome, and typed answers by dotted path."""

    outcome: str | None = None
    answers: Mapping[str, object] = field(default_factory=dict)


def chance_of(seed: int, number: str, *more: object) -> random.Random:
    """The random numbers of one order, for one purpose."""
    key = "/".join(str(part) for part in (seed, number, *more))
    return random.Random(key)  # noqa: S311 (play, no secret)


def drawn(chance: random.Random, shares: Sequence[tuple[int, _Value]]) -> _Value:
    """One of the values, by their shares."""
    values = [value for _, value in shares]
    return chance.choices(values, [share for share, _ in shares])[0]


def service_of(task: OpenStep, seed: int) -> Duration:
    """Drawn from the `work` of the step, once per element that it counts."""
    chance = chance_of(seed, task.order.number, task.step.id, task.visit, "work")
    work = task.step.work
    if work is None:
        return Duration(60 * SECOND)
    times = _count(task, work)
    drawn_time = sum(
        chance.triangular(work.least, work.most, work.mode) for _ in range(times)
    )
    return Duration(max(1, round(drawn_time / SECOND)) * SECOND)


def ending_of(task: OpenStep, seed: int) -> Ending:
    """How a task ends."""
    chance = chance_of(seed, task.order.number, task.step.id, task.visit, "ending")
    habit = _HABITS.get(task.step.id)
    return Ending() if habit is None else habit(task, chance)


def _count(task: OpenStep, work: WorkTime) -> int:
    if work.per is None:
        return 1
    value: object = task.order.fields
    for name in work.per[1:]:
        value = value.get(name) if isinstance(value, Mapping) else None
    return len(value) if isinstance(value, Sequence) else 1


def _lists(task: OpenStep, name: str) -> list[Mapping[str, object]]:
    value = task.order.fields.get(name)
    found = value if isinstance(value, Sequence) else ()
    return [element for element in found if isinstance(element, Mapping)]


_Habit = Callable[[OpenStep, random.Random], Ending]


def _answers(path: str, *shares: tuple[int, object]) -> _Habit:
    """The task answers one field."""
    return lambda _, chance: Ending(answers={path: drawn(chance, shares)})


def _outcomes(*shares: tuple[int, str]) -> _Habit:
    """The task ends with one of its outcomes."""
    return lambda _, chance: Ending(outcome=drawn(chance, shares))


def _reserve(task: OpenStep, chance: random.Random) -> Ending:
    """What had to be waited for is there the next time, mostly."""
    shares = ((91, "all"), (5, "some"), (4, "none"))
    if task.visit > 1:
        shares = ((90, "all"), (7, "some"), (3, "none"))
    return Ending(answers={"order.stock": drawn(chance, shares)})


def _pick(task: OpenStep, chance: random.Random) -> Ending:
    is_short = chance.random() < (0.04 if task.visit == 1 else 0.1)
    units = sum(int(str(line.get("quantity", 1))) for line in _lists(task, "lines"))
    picked = chance.randrange(units) if is_short else units
    return Ending("short" if is_short else "ok", {"order.picked": picked})


def _pack(task: OpenStep, chance: random.Random) -> Ending:
    """What was ordered, and the cartons."""
    weight = sum(
        parse_weight(str(parcel["weight"])) + chance.randint(90_000, 400_000)
        for parcel in _lists(task, "parcels")
    )
    return Ending(answers={"order.shipped_weight": weight})


def _check(task: OpenStep, chance: random.Random) -> Ending:
    """What was wrong once is wrong again more often."""
    fails = chance.random() < (0.1 if task.visit == 1 else 0.4)
    return Ending("fail" if fails else "ok")


def _dispatch(task: OpenStep, chance: random.Random) -> Ending:
    country = task.order.fields.get("country", "LV")
    return Ending(answers={"order.tracking": f"{country}{chance.randrange(10**9):09}"})


_HABITS: Mapping[str, _Habit] = {
    "check-credit": _answers("order.credit", (90, "ok"), (7, "prepay"), (3, "refused")),
    "reserve": _reserve,
    "ask-customer": _outcomes(
        (40, "wait"), (25, "substitute"), (25, "partial"), (10, "give_up")
    ),
    "pick": _pick,
    "count-again": _outcomes((65, "found"), (35, "missing")),
    "pack": _pack,
    "check-quality": _check,
    "decide-quality": _outcomes((80, "accept"), (20, "reject")),
    "dispatch": _dispatch,
    "trace": _outcomes((75, "found"), (25, "lost")),
    "check-right": _answers("rma.eligible", (80, True), (20, False)),
    "receive": _answers("rma.match", (90, "complete"), (6, "missing"), (4, "wrong")),
    "clarify": _outcomes((75, "accept"), (25, "reject")),
    "inspect": _answers(
        "rma.grade", (50, "A"), (22, "B"), (12, "C"), (6, "D"), (10, "E")
    ),
    "record-cause": _answers(
        "rma.cause", (30, "us"), (25, "carrier"), (15, "supplier"), (30, "customer")
    ),
}
