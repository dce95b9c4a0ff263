"""Answers of machines: how an automation ended, or that it failed for good."""

from collections.abc import Mapping

from flowengine.engine.fields import read_field
from flowengine.engine.refs import TaskRef
from flowengine.engine.transact import Transactor
from flowengine.engine.values import Receipt, Said
from flowengine.engine.working import case_of
from flowengine.errors import NotFound
from flowengine.kernel.commands import AnswerAutomation
from flowengine.language.process import StepKind
from flowengine.store.batch import Batch


def answer_automation(
    transactor: Transactor,
    ref: TaskRef,
    said: Said,
    outcome: str | None,
    failed: str | None,
    answers: Mapping[str, object],
) -> Receipt:
    """Say how an automation ended; an answer that comes too late changes nothing.

    Raises:
        NotFound: No such order or automation.
        CommandRejected: The step has no such outcome.
        InvalidInput: An answer names no field of the order, or is of the wrong form.
    """

    def work(batch: Batch) -> Receipt:
        case_id = case_of(batch, ref.number)
        held = batch.load(case_id)
        if held is None or held.after is None:
            raise ValueError(f"Case {case_id} has a number but no row.")
        case = held.after
        net = transactor.registry.net(case.process)
        net_step = net.steps.get(ref.step)
        if net_step is None or net_step.step.kind is not StepKind.AUTOMATION:
            raise NotFound(
                f"Expected an automation, but order {ref.number} has none called "
                f"{ref.step}: see `flowengine order show {ref.number}`."
            )
        command = AnswerAutomation(
            case_id=case_id,
            at=said.at,
            by=said.by,
            key=said.key,
            step=ref.step,
            visit=ref.visit or case.visits.get(ref.step, 0),
            element=ref.element,
            outcome=outcome,
            answers={
                name: read_field(net.process, name, raw, net_step.step)
                for name, raw in answers.items()
            },
            failed=failed,
        )
        return transactor.execute(batch, command)

    return transactor.run(work)
