"""What people do with tasks, and answers as they write them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from flowengine.engine.batching import claim_with_mates
from flowengine.engine.fields import read_field
from flowengine.engine.refs import TaskRef, no_order
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Receipt, Said
from flowengine.errors import CommandRejected, InvalidInput, NotFound
from flowengine.kernel.case import CaseId, UserId
from flowengine.kernel.commands import (
    ClaimTask,
    Command,
    CompleteTask,
    PauseTask,
    ReassignTask,
    ReleaseTask,
    ResumeTask,
    StartTask,
)
from flowengine.language.process import RoleId
from flowengine.locale import instant_text
from flowengine.quantities import Instant
from flowengine.store.away import away_until
from flowengine.store.batch import Batch

Asked = TypeVar("Asked", bound=Command)
#: Commands on a task of somebody who has it, or wants it; made with what they all say.
OfTask = Callable[..., ClaimTask | ReleaseTask | StartTask | PauseTask | ResumeTask]


def case_of(batch: Batch, number: str) -> CaseId:
    """The case of an order's number. Raises NotFound."""
    found = batch.number(number)
    if found is None:
        raise no_order(number)
    return found[0]


def roles_of(batch: Batch, name: str) -> frozenset[RoleId]:
    """Roles of a person who acts. Raises NotFound."""
    roles = batch.roles_of(name)
    if roles is None:
        raise NotFound(
            f"Expected a known person, but nobody is called {name}: "
            f"add them with `flowengine user add {name} --role ROLE`."
        )
    return frozenset(RoleId(role) for role in roles)


def refuse_away(batch: Batch, name: str, at: Instant) -> None:
    """Refuse somebody who is away at a moment. Raises CommandRejected."""
    until = away_until(batch.link, name, at)
    if until is not None:
        back = instant_text(Instant(until), "UTC", "en")
        raise CommandRejected(
            f"Expected {name} to be here, but they are away until {back} UTC: "
            f"`flowengine user away {name} --back` says that they are back."
        )


def refuse_empty(reason: str) -> None:
    """Refuse a reason that says nothing. Raises InvalidInput."""
    if not reason.strip():
        raise InvalidInput("Expected a reason that history keeps, but it is empty.")


def reasoned(kind: Callable[..., Asked], reason: str) -> Callable[..., Asked]:
    """A command that is said with a reason. Raises InvalidInput: it is empty."""
    refuse_empty(reason)
    return partial(kind, reason=reason)


def ask_of_order(
    transactor: Transactor,
    kind: Callable[..., Command],
    number: str,
    said: Said,
) -> Receipt:
    """Ask something of a whole order. Raises NotFound."""

    def work(batch: Batch) -> Receipt:
        batch.prefetch(number, None, said.key)
        case_id = case_of(batch, number)
        command = kind(case_id=case_id, **said._asdict())
        return transactor.execute(batch, command)

    return transactor.run(work)


def ask_of_task(
    transactor: Transactor,
    kind: OfTask,
    ref: TaskRef,
    said: Said,
) -> Receipt:
    """Claim, release, start, pause or resume a task.

    Raises:
        NotFound: No such order or task, or an unknown person.
    """

    def work(batch: Batch) -> Receipt:
        batch.prefetch(ref.number, said.by, said.key)
        command = kind(
            case_id=case_of(batch, ref.number),
            at=said.at,
            by=said.by,
            key=said.key,
            step=ref.step,
            visit=ref.visit,
            element=ref.element,
            roles=roles_of(batch, said.by),
        )
        if isinstance(command, ClaimTask):
            return claim_with_mates(transactor, batch, command)
        return transactor.execute(batch, command)

    return transactor.run(work)


def assign_task(transactor: Transactor, ref: TaskRef, to: str, said: Said) -> Receipt:
    """Give a task to somebody, whoever has it now.

    Raises:
        NotFound: No such order or task, or an unknown person.
        CommandRejected: They are away, or may not do it.
    """

    def work(batch: Batch) -> Receipt:
        roles_of(batch, said.by)
        has = roles_of(batch, to)
        refuse_away(batch, to, said.at)
        command = ReassignTask(
            case_id=case_of(batch, ref.number),
            at=said.at,
            by=said.by,
            key=said.key,
            step=ref.step,
            visit=ref.visit,
            element=ref.element,
            to=UserId(to),
            to_roles=has,
        )
        return transactor.execute(batch, command)

    return transactor.run(work)


def complete_task(
    transactor: Transactor,
    ref: TaskRef,
    said: Said,
    outcome: str | None,
    answers: Mapping[str, object],
) -> Receipt:
    """Complete a task with written answers.

    Raises:
        NotFound: No such order or task, or an unknown person.
        InvalidInput: An answer names no field of the order, or is of the wrong form.
    """

    def work(batch: Batch) -> Receipt:
        batch.prefetch(ref.number, said.by, said.key)
        command = CompleteTask(
            case_id=case_of(batch, ref.number),
            at=said.at,
            by=said.by,
            key=said.key,
            step=ref.step,
            visit=ref.visit,
            element=ref.element,
            roles=roles_of(batch, said.by),
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
    net = transactor.registry.net(held.after.process)
    net_step = net.steps.get(command.step)
    step = net_step.step if net_step is not None else None
    typed = {
        name: read_field(net.process, name, raw, step) for name, raw in answers.items()
    }
    return transactor.execute(batch, replace(command, answers=typed))
