"""What staff do with a task: take it, give it back, begin it, end it."""

from collections.abc import Mapping

from flowengine.errors import CommandRejected
from flowengine.kernel.case import Task, TaskState, changed
from flowengine.kernel.commands import ClaimTask, CompleteTask, ReleaseTask, StartTask
from flowengine.kernel.duties import ref, refuse_foreign, refuse_held, task_for
from flowengine.kernel.elements import address
from flowengine.kernel.ending import Ending, check_answers, end
from flowengine.kernel.events import TaskClaimed, TaskReleased, TaskStarted
from flowengine.kernel.run import Run
from flowengine.language.parts import Each
from flowengine.language.process import Step
from flowengine.net.net import WayKind

#: A member looked up once, see `advance`.
_OUTCOME = WayKind.OUTCOME


def claim(run: Run, command: ClaimTask) -> None:
    """Take an offered task; taking one's own again changes nothing."""
    task = task_for(run, command)
    refuse_held(run, task, command)
    refuse_foreign(run, task, command)
    if task.state is TaskState.OFFERED:
        run.record(
            TaskClaimed(
                at=run.at,
                by=run.by,
                step=task.step,
                visit=task.visit,
                element=task.element,
                group=command.group,
            )
        )


def release(run: Run, command: ReleaseTask) -> None:
    """Give a claimed task back."""
    task = task_for(run, command)
    refuse_foreign(run, task, command)
    if task.state is not TaskState.CLAIMED:
        raise CommandRejected(
            f"Expected {ref(run, task)} to be claimed and not yet started, "
            f"but it is {task.state.value}."
        )
    run.record(
        TaskReleased(
            at=run.at,
            by=run.by,
            step=task.step,
            visit=task.visit,
            element=task.element,
        )
    )


def start(run: Run, command: StartTask) -> None:
    """Begin work; starting one's own started task again changes nothing."""
    task = task_for(run, command)
    refuse_foreign(run, task, command)
    if task.state is TaskState.STARTED:
        return
    if task.state is TaskState.PAUSED:
        raise CommandRejected(
            f"Expected {ref(run, task)} not to have been started, but it is paused: "
            f"resume it."
        )
    refuse_held(run, task, command)
    run.record(
        TaskStarted(
            at=run.at,
            by=run.by,
            step=task.step,
            visit=task.visit,
            element=task.element,
        )
    )


def complete(run: Run, command: CompleteTask) -> None:
    """Finish a task and hand the order on."""
    task = task_for(run, command)
    refuse_foreign(run, task, command)
    if task.started is None:
        refuse_held(run, task, command)
        # Claimed and started in the same breath: one event says all of it.
        task = changed(
            task,
            owner=run.by,
            claimed=run.at if task.claimed is None else task.claimed,
            started=run.at,
        )
    step = run.net.steps[task.step].step
    check_answers(run, task, command.answers)
    _check_outcome(run, task, step, command.outcome)
    answers = command.answers
    if step.each is not None and answers:
        answers = _of_element(step.each, task, answers)
    end(run, task, Ending(command.outcome, answers, way=_OUTCOME))


def _of_element(
    each: Each, task: Task, answers: Mapping[str, object]
) -> Mapping[str, object]:
    """Answers by their place in the data: those of an element go to it."""
    root = f"{each.name}."
    return {
        address(each.items, task.element or "", name[len(root) :].split("."))
        if name.startswith(root)
        else name: value
        for name, value in answers.items()
    }


def _check_outcome(run: Run, task: Task, step: Step, outcome: str | None) -> None:
    if outcome is None and not step.outcomes:
        return
    if outcome is not None and outcome in step.outcomes:
        return
    if not step.outcomes:
        raise CommandRejected(
            f"Expected {ref(run, task)} to be done without an outcome, "
            f"but got {outcome!r}."
        )
    choices = ", ".join(step.outcomes)
    got = "none was given" if outcome is None else f"got {outcome!r}"
    raise CommandRejected(
        f"Expected an outcome of {ref(run, task)} ({choices}), but {got}."
    )
