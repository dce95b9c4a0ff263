"""What comes from outside the kernel: machines, gates, children, and the stock."""

from collections.abc import Mapping
from random import Random

from flowengine.kernel import Case, Task, UserId, act
from flowengine.kernel.commands import (
    AnswerAutomation,
    AnswerStock,
    ChildClosed,
    Command,
    LeaveGate,
)
from flowengine.kernel.decide import Decision
from flowengine.language.parts import StockVerb
from flowengine.language.process import StepKind
from flowengine.net.net import Net
from flowengine.quantities import Instant

#: Kinds of steps that wait for something that is neither a person nor a message.
ANSWERED = (StepKind.AUTOMATION, StepKind.GATE, StepKind.CALL)


def settled(
    net: Net, case: Case | None, command: Command, chance: Random
) -> tuple[Decision, ...]:
    """Decide a command, and answer for the stock until nothing is asked of it."""
    decisions = [act(net, case, command)]
    while (asked := decisions[-1].case.asked) is not None:
        share = 1.0
        if asked.verb is StockVerb.RESERVE:
            share = chance.choice([0, 0.5, 1])
        answer = AnswerStock(
            case_id=command.case_id,
            at=command.at,
            by=command.by,
            step=asked.step,
            visit=asked.visit,
            element=asked.element,
            given={item.line: int(item.quantity * share) for item in asked.items},
            of=command,
        )
        decisions.append(act(net, decisions[-1].case, answer))
    return tuple(decisions)


def answer_for(
    net: Net,
    case: Case,
    task: Task,
    at: Instant,
    outcome: str | None,
    answers: Mapping[str, object],
) -> Command:
    """What the machine, the gate or the child says that a task waits for."""
    by = UserId("worker")
    step = net.steps[task.step].step
    if step.kind is StepKind.GATE:
        return LeaveGate(case_id=case.id, at=at, by=by, step=step.id, visit=task.visit)
    if step.kind is StepKind.CALL and task.child is not None:
        return ChildClosed(
            case_id=case.id,
            at=at,
            by=by,
            step=step.id,
            visit=task.visit,
            element=task.element,
            child=task.child,
            outcome=outcome or "success",
        )
    return AnswerAutomation(
        case_id=case.id,
        at=at,
        by=by,
        step=step.id,
        visit=task.visit,
        element=task.element,
        outcome=outcome,
        answers=answers,
    )
