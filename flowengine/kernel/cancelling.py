"""Cancelling: withdraw what is open, wait for children, undo, then `on_cancel`.

What can be said at once is said at once. Children and stock have to answer first: the
case is CANCELLING until they have.
"""

from flowengine.eventlog import WITHDRAWN, EntryKind
from flowengine.kernel.case import Effect, StockAsk, StockItem, Task, TaskState
from flowengine.kernel.events import (
    CancelBegun,
    CaseCancelled,
    CaseClosed,
    EffectUndone,
)
from flowengine.kernel.gates import return_places
from flowengine.kernel.instances import ended, resting, stranded
from flowengine.kernel.run import Run
from flowengine.kernel.stock import ask, lines_of
from flowengine.language.parts import Automation, StockEffect, StockVerb
from flowengine.language.process import Step
from flowengine.quantities import Instant

#: Outcome of a case that was cancelled and has no `on_cancel` to follow.
CANCELLED = "cancelled"


def cancel(run: Run, reason: str, pred: int | None = None) -> None:
    """Withdraw what is open, then follow `on_cancel` or close.

    `pred` is the entry that led here; else the withdrawn instance enabled last.
    """
    latest: Instant | None = None
    for task in (*run.case.tasks.values(), *resting(run)) or stranded(run):
        if task.child is not None:
            continue
        run.record(ended(run, task, outcome=WITHDRAWN))
        if latest is None or task.enabled >= latest:
            latest = task.enabled
            withdrawn = run.case.version
    if pred is None and latest is not None:
        pred = withdrawn
    run.reached.clear()
    if not run.case.tasks and not run.case.effects:
        _finish(run, reason, pred)
        return
    run.record(CancelBegun(at=run.at, by=run.by, reason=reason, pred=pred))
    proceed(run)


def proceed(run: Run) -> None:
    """Go on with a cancel as far as children and stock have answered."""
    cancellation = run.case.cancellation
    if cancellation is None or run.case.tasks:
        return
    while run.case.effects:
        _undo(run, run.case.effects[-1])
        if run.is_waiting:
            return
    cancellation = run.case.cancellation or cancellation
    _finish(run, cancellation.reason, cancellation.pred)


def undone(run: Run, asked: StockAsk, refused: str | None) -> None:
    """The stock has answered: that effect is reversed, or somebody must look."""
    undo = run.net.steps[asked.step].step.undo
    _record_undone(run, asked, undo, refused)
    proceed(run)


def child_ended(run: Run, task: Task) -> None:
    """A child that the cancel waited for has ended, in whatever way."""
    run.record(ended(run, task, outcome=WITHDRAWN))
    proceed(run)


def _undo(run: Run, effect: Effect) -> None:
    """Reverse one effect, or ask the stock to."""
    net_step = run.net.steps.get(effect.step)
    undo = None if net_step is None else net_step.step.undo
    if net_step is not None and undo is not None and undo.stock is not None:
        items = _reversed_items(run, net_step.step, undo.stock, effect)
        instance = _instance(effect)
        if ask(run, instance, undo.stock, items, undo=True) and run.is_waiting:
            return
    _record_undone(run, effect, undo, None)


def _instance(effect: Effect) -> Task:
    """The instance that an effect was booked by, as far as it is still known."""
    return Task(
        step=effect.step,
        visit=effect.visit,
        kind=EntryKind.PASS,
        state=TaskState.WAITING,
        enabled=Instant(0),
        pred=None,
        element=effect.element,
    )


def _reversed_items(
    run: Run, step: Step, undo: StockEffect, effect: Effect
) -> tuple[StockItem, ...]:
    """What was booked; of a reservation no more than is still reserved."""
    items = effect.items or lines_of(
        run.case.data, step.each, effect.element, undo.items
    )
    if undo.verb is not StockVerb.RELEASE:
        return items
    reserved = run.case.reserved
    return tuple(
        StockItem(item.line, item.sku, min(item.quantity, reserved[item.line]))
        for item in items
        if item.line in reserved
    )


def _record_undone(
    run: Run, of: Effect | StockAsk, undo: Automation | None, refused: str | None
) -> None:
    run.record(
        EffectUndone(
            at=run.at,
            by=run.by,
            step=of.step,
            visit=of.visit,
            element=of.element,
            text="" if undo is None else undo.text,
            refused=refused,
        )
    )


def _finish(run: Run, reason: str, pred: int | None) -> None:
    follows = run.net.cancelled != run.net.final
    marking = run.net.cancelled if follows else 0
    run.record(
        CaseCancelled(at=run.at, by=run.by, reason=reason, marking=marking, pred=pred)
    )
    return_places(run)
    on_cancel = run.net.process.on_cancel
    if follows and on_cancel is not None:
        run.reached.extend(on_cancel.arrow.targets)
    else:
        run.record(CaseClosed(at=run.at, by=run.by, outcome=CANCELLED, last=pred))
