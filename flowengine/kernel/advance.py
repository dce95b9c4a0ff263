"""What happens by itself: steps become ready, decisions are taken, ends are reached."""

from flowengine.eventlog import SKIPPED, EntryKind
from flowengine.kernel import automations
from flowengine.kernel.case import CaseState, Task, changed, task_id
from flowengine.kernel.ending import Ending, end
from flowengine.kernel.events import CancelPassed, CaseClosed, IncidentRaised
from flowengine.kernel.gates import return_places
from flowengine.kernel.instances import instance_of, open_instances
from flowengine.kernel.leave import leave
from flowengine.kernel.messages import kept_for
from flowengine.kernel.opening import open_instance, open_step
from flowengine.kernel.run import Run
from flowengine.kernel.times import refuse_moment, timer_of
from flowengine.kernel.ways import chosen_way, way_of
from flowengine.language.process import Step, StepKind
from flowengine.net.net import NetStep, Transition, WayKind

#: Members looked up once: each look costs as much as reading ten fields.
_OPEN = CaseState.OPEN
_END, _ROUTE, _WAIT = StepKind.END, StepKind.ROUTE, StepKind.WAIT
#: Steps that somebody or something else ends.
_OPENED = frozenset((StepKind.TASK, StepKind.GATE, StepKind.CALL))


def advance(run: Run) -> None:
    """Enter every step that has become ready, until people or the world are awaited.

    What goes round by itself for ever (a circle of steps that are all skipped) is an
    incident: the checker takes decisions as free and cannot see it. Where the stock
    has to answer, everything else waits for that.
    """
    entered = 0
    # Each kept message may lead through the whole net once more.
    most = run.net.advance_limit * (1 + len(run.case.kept))
    while run.reached and run.case.asked is None:
        step_id = run.reached.pop(0)
        if run.case.state is not _OPEN:
            # Held: tokens rest, and resuming looks again. Closed: nothing is left.
            continue
        net_step = run.net.steps[step_id]
        if not _is_ready(run, net_step):
            continue
        entered += 1
        if entered > most:
            reason = f"it goes round by itself: {most} steps without hands or a wait"
            run.record(
                IncidentRaised(at=run.at, by=run.by, step=step_id, reason=reason)
            )
            continue
        _enter(run, net_step)
    if run.case.gates:
        return_places(run)
    if not run.case.tasks and run.case.state is _OPEN:
        _note_stuck(run)


def _note_stuck(run: Run) -> None:
    """An order whose tokens wait for others that will never come stands still."""
    case = run.case
    if run.is_waiting or case.incidents:
        return
    places = (run.net.step_of_place[bit] for bit in sorted(case.arrivals))
    step = next((step for step in places if step is not None), None)
    if step is not None:
        reason = "nothing is open, and what it waits for will not come"
        run.record(IncidentRaised(at=run.at, by=run.by, step=step, reason=reason))


def _is_ready(run: Run, net_step: NetStep) -> bool:
    """All tokens are there, and the step neither stands open nor stands still."""
    case = run.case
    step = net_step.step
    if case.marking & net_step.inputs != net_step.inputs or step.id in case.incidents:
        return False
    if step.each is not None:
        return not open_instances(run, step.id)
    return task_id(step.id) not in case.tasks


def _enter(run: Run, net_step: NetStep) -> None:
    step = net_step.step
    on_cancel = run.net.process.on_cancel
    if on_cancel is not None and step.id == on_cancel.until:
        _note_cancel_passed(run, step)
    instance = instance_of(run, net_step)
    kind = step.kind
    if step.skip_when is not None and (
        step.skip_when.evaluate(run.case.data, run.at) is True
    ):
        passed = changed(instance, kind=EntryKind.PASS)
        leave(run, passed, _skipping_way(run, net_step), outcome=SKIPPED)
    elif kind in _OPENED:
        open_step(run, net_step, instance)
    elif kind is _END:
        _finish(run, net_step, instance)
    elif kind is _ROUTE:
        end(run, instance)
    elif kind is _WAIT:
        _await(run, net_step, instance)
    else:
        automations.begin(run, net_step, instance)


def _note_cancel_passed(run: Run, step: Step) -> None:
    if not run.case.past_cancel and not run.case.cancelling:
        run.record(CancelPassed(at=run.at, by=run.by, step=step.id))


def _finish(run: Run, net_step: NetStep, instance: Task) -> None:
    """Reach an end; work still open is an incident and the case stays open."""
    step = net_step.step
    if run.case.marking & ~net_step.inputs:
        reason = f"the end {step.id} was reached with work still open"
        run.record(IncidentRaised(at=run.at, by=run.by, step=step.id, reason=reason))
        return
    name = step.end or "success"
    leave(run, instance, net_step.ways[WayKind.END, ""], outcome=name)
    last = run.case.version
    if run.case.gates:
        return_places(run)
    run.record(CaseClosed(at=run.at, by=run.by, outcome=name, last=last))


def _skipping_way(run: Run, net_step: NetStep) -> Transition:
    step = net_step.step
    if step.skip_as is None:
        return chosen_way(run, net_step, run.case.data)
    return way_of(run, net_step, WayKind.OUTCOME, step.skip_as)


def _await(run: Run, net_step: NetStep, instance: Task) -> None:
    """Begin a wait, unless a kept message or a moment already past ends it at once."""
    for message in kept_for(run, instance):
        ending = Ending(message.name, message.body, message.key, WayKind.MESSAGE)
        end(run, instance, ending)
        return
    timer = timer_of(run, net_step, instance)
    if net_step.step.wait_until is None:
        open_instance(run, net_step, instance, timer)
    elif timer is None:
        refuse_moment(run, instance)
    elif timer <= run.at:
        end(run, instance)
    else:
        open_instance(run, net_step, instance, timer)
