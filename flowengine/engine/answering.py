"""Answers of machines: how an automation ended, or that it failed for good."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flowengine.engine.fencing import check_lease
from flowengine.engine.fields import asked_type, read_field
from flowengine.engine.refs import TaskRef
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Receipt, Said
from flowengine.engine.working import case_of
from flowengine.errors import InvalidInput, NotFound
from flowengine.kernel.case import CaseId
from flowengine.kernel.commands import AnswerAutomation
from flowengine.language.process import Process, Step, StepId, StepKind
from flowengine.store.batch import Batch
from flowengine.store.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class Reply:
    """How an automation ended."""

    outcome: str | None = None
    #: Values of the fields that the step asks for, as people write them.
    answers: Mapping[str, object] = field(default_factory=dict)
    #: Why it failed for good.
    failed: str | None = None


def answer_automation(
    transactor: Transactor,
    ref: TaskRef,
    said: Said,
    reply: Reply,
    fence: int | None = None,
) -> Receipt:
    """Say how an automation ended; an answer that comes too late changes nothing.

    Raises:
        NotFound: No such order or automation.
        CommandRejected: The step has no such outcome.
        LeaseLost: Another worker has taken it since, and has another fence.
        InvalidInput: An answer names no field of the order, or is of the wrong form.
    """

    def work(batch: Batch) -> Receipt:
        case_id = case_of(batch, ref.number)
        command = _command(transactor, batch, case_id, ref, said, reply)
        return transactor.execute(batch, replace(command, fence=fence))

    return transactor.run(work, locking=fence is not None)


def answer_errand(
    transactor: Transactor, row: OutboxRow, said: Said, reply: Reply
) -> Receipt:
    """Say how an errand ended that was taken under a lease.

    Raises:
        CommandRejected: The step has no such outcome.
        LeaseLost: The lease was lost, or nobody waits for the answer any more.
        InvalidInput: An answer names no field of the order, or is of the wrong form.
    """
    body = row.body
    element = body.get("element")
    ref = TaskRef(
        number="",
        step=StepId(str(body["step"])),
        visit=int(str(body["visit"])),
        element=None if element is None else str(element),
    )

    def work(batch: Batch) -> Receipt:
        check_lease(batch, row)
        case_id = CaseId(row.case_id.hex())
        command = _command(transactor, batch, case_id, ref, said, reply)
        return transactor.execute(batch, command)

    return transactor.run(work, locking=True)


def _command(
    transactor: Transactor,
    batch: Batch,
    case_id: CaseId,
    ref: TaskRef,
    said: Said,
    reply: Reply,
) -> AnswerAutomation:
    """The command that an answer is."""
    held = batch.load(case_id)
    if held is None or held.after is None:
        raise ValueError(f"Case {case_id} has a number but no row.")
    case = held.after
    process = transactor.registry.net(case.process).process
    step = process.steps.get(ref.step)
    if step is None or step.kind is not StepKind.AUTOMATION:
        raise NotFound(
            f"Expected an automation, but order {case.number} has none called "
            f"{ref.step}: see `flowengine order show {case.number}`."
        )
    return AnswerAutomation(
        case_id=case_id,
        at=said.at,
        by=said.by,
        key=said.key,
        step=ref.step,
        visit=ref.visit or case.visits.get(ref.step, 0),
        element=ref.element,
        outcome=reply.outcome,
        answers={
            name: _typed(process, name, raw, step)
            for name, raw in reply.answers.items()
        },
        failed=reply.failed,
    )


def _typed(process: Process, name: str, raw: object, step: Step) -> object:
    """The value of an answer; what is personal is shown in no error."""
    try:
        return read_field(process, name, raw, step)
    except InvalidInput:
        if asked_type(process, tuple(name.split(".")), step).personal:
            raise InvalidInput(
                f"{name}: Expected another value, but the one that came is of the "
                "wrong form; it is personal and not shown."
            ) from None
        raise
