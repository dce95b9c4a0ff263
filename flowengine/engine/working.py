"""Tasks as people name them, and answers as people write them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from flowengine.engine.fields import read_field
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Receipt
from flowengine.errors import NotFound
from flowengine.kernel.case import CaseId, UserId
from flowengine.kernel.commands import (
    ClaimTask,
    CompleteTask,
    ReleaseTask,
    StartTask,
)
from flowengine.language.process import RoleId, StepId
from flowengine.quantities import Instant
from flowengine.store.batch import Batch

#: Commands on a task that say nothing but whose it is.
Simple = type[ClaimTask] | type[ReleaseTask] | type[StartTask]


class TaskRef(NamedTuple):
    """What "NUMBER/step" or "NUMBER/step/visit" names."""

    number: str
    step: StepId
    #: None is the visit that is open.
    visit: int | None = None


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
    if not number or not step:
        raise NotFound(
            f"Expected a task such as 1001/pick, but got {text!r}: "
            "see `flowengine task list`."
        )
    return TaskRef(number, StepId(step), visit)


def case_of(batch: Batch, number: str) -> CaseId:
    """The case of an order's number. Raises NotFound."""
    found = batch.number(number)
    if found is None:
        raise no_order(number)
    return found[0]


def no_order(number: str) -> NotFound:
    """The error for a number that no order has."""
    return NotFound(
        f"Expected an order with number {number}, but there is none: "
        "see `flowengine order list`."
    )


def roles_of(batch: Batch, name: str) -> frozenset[RoleId]:
    """Roles of a person who acts. Raises NotFound."""
    roles = batch.roles_of(name)
    if roles is None:
        raise NotFound(
            f"Expected a known person, but nobody is called {name}: "
            f"add them with `flowengine user add {name} --role ROLE`."
        )
    return frozenset(RoleId(role) for role in roles)


def ask_of_task(
    transactor: Transactor,
    kind: Simple,
    ref: TaskRef,
    *,
    at: Instant,
    by: str,
    key: str | None,
) -> Receipt:
    """Claim, release or start a task.

    Raises:
        NotFound: No such order or task, or an unknown person.
    """

    def work(batch: Batch) -> Receipt:
        command = kind(
            case_id=case_of(batch, ref.number),
            at=at,
            by=UserId(by),
            key=key,
            step=ref.step,
            visit=ref.visit,
            roles=roles_of(batch, by),
        )
        return transactor.execute(batch, command)

    return transactor.run(work)


def complete_task(
    transactor: Transactor,
    ref: TaskRef,
    *,
    at: Instant,
    by: str,
    outcome: str | None,
    answers: Mapping[str, object],
    key: str | None,
) -> Receipt:
    """Complete a task with written answers.

    Raises:
        NotFound: No such order or task, or an unknown person.
        InvalidInput: An answer names no field of the order, or is of the wrong form.
    """

    def work(batch: Batch) -> Receipt:
        command = CompleteTask(
            case_id=case_of(batch, ref.number),
            at=at,
            by=UserId(by),
            key=key,
            step=ref.step,
            visit=ref.visit,
            roles=roles_of(batch, by),
            outcome=outcome,
        )
        return _complete(transactor, batch, command, answers)

    return transactor.run(work)


def _complete(
    transactor: Transactor,
    batch: Batch,
    command: CompleteTask,
    answers: Mapping[str, object],
) -> Receipt:
    held = batch.load(command.case_id)
    if not answers or held is None or held.after is None:
        return transactor.execute(batch, command)
    process = transactor.registry.net(held.after.process).process
    typed = {name: read_field(process, name, raw) for name, raw in answers.items()}
    return transactor.execute(batch, replace(command, answers=typed))
