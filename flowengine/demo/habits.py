"""How tasks end in the demo: how long they take, their outcomes and their answers.

Every draw is keyed by seed, order, step, visit and element, so one order's luck does
not hang on what happens to another.
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


def chance_at(step: OpenStep, seed: int, purpose: str) -> random.Random:
    """The random numbers of one open step, for one purpose."""
    named = (step.step.id, step.visit, *([step.element] if step.element else ()))
    return chance_of(seed, step.order.number, *named, purpose)


def drawn(chance: random.Random, shares: Sequence[tuple[int, _Value]]) -> _Value:
    """One of the values, by their shares."""
    values = [value for _, value in shares]
    return chance.choices(values, [share for share, _ in shares])[0]


def service_of(task: OpenStep, seed: int) -> Duration:
    """Drawn from the `work` of the step, once per element that it counts."""
    chance = chance_at(task, seed, "work")
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
    habits = _HABITS.get(task.order.net.process.name, {})
    habit = habits.get(task.step.id)
    return Ending() if habit is None else habit(task, chance_at(task, seed, "ending"))


def fields_of(step: OpenStep, name: str) -> list[Mapping[str, object]]:
    """The elements of a list of the order."""
    value = step.order.fields.get(name)
    found = value if isinstance(value, Sequence) else ()
    return [element for element in found if isinstance(element, Mapping)]


def _count(task: OpenStep, work: WorkTime) -> int:
    if work.per is None:
        return 1
    value: object = task.order.fields
    for name in work.per[1:]:
        value = value.get(name) if isinstance(value, Mapping) else None
    return len(value) if isinstance(value, Sequence) else 1


_Habit = Callable[[OpenStep, random.Random], Ending]


def _answers(path: str, *shares: tuple[int, object]) -> _Habit:
    """The task answers one field."""
    return lambda _, chance: Ending(answers={path: drawn(chance, shares)})


def _outcomes(*shares: tuple[int, str]) -> _Habit:
    """The task ends with one of its outcomes."""
    return lambda _, chance: Ending(outcome=drawn(chance, shares))


def _pick(task: OpenStep, chance: random.Random) -> Ending:
    is_short = chance.random() < (0.04 if task.visit == 1 else 0.1)
    return Ending("short" if is_short else "ok")


def _pack(task: OpenStep, chance: random.Random) -> Ending:
    """What was ordered and the carton; now and then something breaks."""
    parcel = fields_of(task, "parcels")[int(task.element or 1) - 1]
    packed = _grams(parcel["weight"]) + chance.randint(90_000, 400_000)
    is_damaged = chance.random() < 0.01
    return Ending(
        answers={"parcel.packed_weight": packed, "parcel.damaged": is_damaged}
    )


def _pack_lines(task: OpenStep, chance: random.Random) -> Ending:
    """The goods of a shipment, and a carton."""
    goods = sum(_grams(line["weight"]) for line in fields_of(task, "lines"))
    return Ending(answers={"shipment.weight": goods + chance.randint(90_000, 400_000)})


def _grams(weight: object) -> int:
    """A weight as it is written, or as a rule has given it."""
    return weight if isinstance(weight, int) else parse_weight(str(weight))


def _check(task: OpenStep, chance: random.Random) -> Ending:
    """What was wrong once is wrong again more often."""
    fails = chance.random() < (0.1 if task.visit == 1 else 0.4)
    return Ending("fail" if fails else "ok")


def _dispatch(task: OpenStep, chance: random.Random) -> Ending:
    country = task.order.fields.get("country", "LV")
    path = ".".join(task.step.asks[0])
    return Ending(answers={path: f"{country}{chance.randrange(10**9):09}"})


_HABITS: Mapping[str, Mapping[str, _Habit]] = {
    "order-to-delivery": {
        "check-credit": _answers(
            "order.credit", (90, "ok"), (7, "prepay"), (3, "refused")
        ),
        "ask-customer": _outcomes(
            (40, "wait"), (25, "substitute"), (25, "partial"), (10, "give_up")
        ),
        "pick": _pick,
        "count-again": _outcomes((65, "found"), (35, "missing")),
        "pack": _pack,
        "check-quality": _check,
        "decide-quality": _outcomes((80, "accept"), (20, "reject")),
        "dispatch": _dispatch,
        "dispatch-late": _dispatch,
        "trace": _outcomes((75, "found"), (25, "lost")),
        "claim": _outcomes((60, "replace"), (40, "refund")),
    },
    "shipment": {
        "offer-refund": _outcomes((40, "wait"), (60, "refund")),
        "pick": _pick,
        "pack": _pack_lines,
        "dispatch": _dispatch,
        "trace": _outcomes((75, "found"), (25, "lost")),
    },
    "return": {
        "check-right": _answers("rma.eligible", (80, True), (20, False)),
        "receive": _answers(
            "rma.match", (90, "complete"), (6, "missing"), (4, "wrong")
        ),
        "clarify": _outcomes((75, "accept"), (25, "reject")),
        "inspect": _answers(
            "line.grade", (50, "A"), (22, "B"), (12, "C"), (6, "D"), (10, "E")
        ),
        "record-cause": _answers(
            "rma.cause", (30, "us"), (25, "carrier"), (15, "supplier"), (30, "customer")
        ),
    },
}
