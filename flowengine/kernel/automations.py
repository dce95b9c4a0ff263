"""What `do` begins: stock asked in this transaction, machines asked outside it."""

from flowengine.eventlog import EntryKind
from flowengine.kernel.case import Task, changed
from flowengine.kernel.ending import BY_ITSELF, Ending, end
from flowengine.kernel.events import AutomationAsked, IncidentRaised, Notified
from flowengine.kernel.opening import open_step
from flowengine.kernel.run import Run
from flowengine.kernel.stock import (
    ALL,
    ask,
    is_answered,
    lines_of,
    needed,
    reserved_share,
)
from flowengine.language.parts import AutomationKind, StockEffect, StockVerb
from flowengine.net.net import NetStep, WayKind


def begin(run: Run, net_step: NetStep, instance: Task) -> None:
    """Do what `do` says, or ask for it."""
    do = net_step.step.do
    if do is None:
        raise ValueError(f"Step {instance.step} is no automation.")
    if do.stock is not None:
        _move_stock(run, net_step, instance, do.stock)
    elif do.kind is AutomationKind.NOTIFY:
        run.record(
            Notified(
                at=run.at,
                by=run.by,
                step=instance.step,
                visit=instance.visit,
                who=do.target,
            )
        )
        end(run, instance)
    else:
        open_step(run, net_step, changed(instance, kind=EntryKind.WAIT))
        run.record(
            AutomationAsked(
                at=run.at,
                by=run.by,
                step=instance.step,
                visit=instance.visit,
                text=do.text,
            )
        )


def _move_stock(
    run: Run, net_step: NetStep, instance: Task, effect: StockEffect
) -> None:
    step = net_step.step
    lines = lines_of(run.case.data, None, None, effect.items)
    is_reserving = effect.verb is StockVerb.RESERVE
    if not is_answered(run, instance):
        items = needed(run.case, effect.verb, lines)
        if ask(run, instance, effect, items, partly=is_reserving):
            return
    if not is_reserving:
        end(run, instance)
        return
    share = reserved_share(run.case, lines)
    if step.outcomes:
        end(run, instance, Ending(outcome=share, way=WayKind.OUTCOME))
    elif share == ALL:
        end(run, instance, BY_ITSELF)
    else:
        reason = f"{step.id} has reserved {share} of what the order needs"
        run.record(IncidentRaised(at=run.at, by=run.by, step=step.id, reason=reason))
