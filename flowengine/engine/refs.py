"""Tasks as people name them: `1001/pick`, `1001/pack#2`, `1001/pick/3`."""

from typing import NamedTuple

from flowengine.errors import NotFound
from flowengine.language.process import StepId


class TaskRef(NamedTuple):
    """What "NUMBER/step#element/visit" names; element and visit may be left out."""

    number: str
    step: StepId
    #: None is the visit that is open.
    visit: int | None = None
    #: None is the only one that is open.
    element: str | None = None

    def text(self) -> str:
        """The name as people write it."""
        element = "" if self.element is None else f"#{self.element}"
        visit = "" if self.visit is None else f"/{self.visit}"
        return f"{self.number}/{self.step}{element}{visit}"


def task_ref(text: str) -> TaskRef:
    """Read a task's name; the order's number may hold slashes of its own.

    Raises:
        NotFound: It names no task.
    """
    number, _, step = text.rpartition("/")
    visit = None
    if step.isdecimal() and "/" in number:
        visit = int(step)
        number, _, step = number.rpartition("/")
    step, hash_sign, element = step.partition("#")
    if not number or not step or (hash_sign and not element):
        raise NotFound(
            f"Expected a task such as 1001/pick, but got {text!r}: "
            "see `flowengine task list`."
        )
    return TaskRef(number, StepId(step), visit, element or None)


def no_order(number: str) -> NotFound:
    """The error for a number that no order has."""
    return NotFound(
        f"Expected an order with number {number}, but there is none: "
        "see `flowengine order list`."
    )
