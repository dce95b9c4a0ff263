"""What an automation is asked, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: No reason that is kept is longer.
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class AutomationCall:
    """One automation of one order, as it is asked."""

    number: str
    process: str
    version: int
    step: str
    visit: int
    #: The same each time that this is asked: whoever has done it answers as before.
    key: str
    #: Counted from 1.
    attempt: int
    #: The fields of the order as people write them, amounts with their units:
    #: `{"total": "450 EUR", "lines": [{"sku": "A1", "quantity": 2}]}`. A copy.
    data: Mapping[str, object] = field(default_factory=dict, repr=False)
    #: Which element of the step's `each`.
    element: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """It is done."""

    outcome: str | None = None
    #: Values of the fields that the step asks for, as people write them.
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed:
    """It is not done."""

    #: For people; holds no secret and nothing personal.
    reason: str
    #: Whether trying again may help.
    again: bool = True


Answer = Done | Failed


def answer_from(said: object) -> Answer:
    """The answer that an outcome, a mapping or nothing stands for."""
    match said:
        case None:
            return Done()
        case str():
            return Done(said)
        case {**named} if not named.keys() - {"outcome", "answers"}:
            return _named(named)
        case _:
            return _no_answer(said)


def _named(said: Mapping[object, object]) -> Answer:
    outcome, answers = said.get("outcome"), said.get("answers") or {}
    if not (outcome is None or isinstance(outcome, str)):
        return _no_answer(outcome)
    if not isinstance(answers, Mapping):
        return _no_answer(answers)
    return Done(outcome, {str(name): value for name, value in answers.items()})


def _no_answer(said: object) -> Failed:
    """What is no answer; its values are not shown, as they may be personal."""
    found = type(said).__name__
    if isinstance(said, Mapping):
        found = f"a mapping of {', '.join(sorted(map(str, said))) or 'nothing'}"
    return Failed(
        f"Expected an outcome, or outcome and answers, but got {found:.120}",
        again=False,
    )
