"""How the rarer events fold into a case: stock, children, cancelling, migration."""

from collections.abc import Mapping
from typing import TypeVar

from flowengine.kernel.case import (
    Cancellation,
    Case,
    CaseState,
    Effect,
    StockAsk,
    StockItem,
    Task,
    TaskId,
    changed,
    task_id,
)
from flowengine.kernel.elements import with_values
from flowengine.kernel.events import (
    CancelBegun,
    CaseMigrated,
    ChildAnswered,
    ChildAsked,
    DataChanged,
    EffectUndone,
    Escalated,
    IncidentRaised,
    IncidentResolved,
    StepEnded,
    StockAnswered,
    StockAsked,
)
from flowengine.language.parts import StockVerb
from flowengine.language.process import StepId

_Value = TypeVar("_Value")
#: What takes goods that were reserved, or lets them go.
_ENDS_RESERVATION = frozenset(
    {
        StockVerb.RELEASE,
        StockVerb.PICK,
        StockVerb.SHIP,
        StockVerb.TRANSFORM,
        StockVerb.SCRAP,
    }
)

#: What the name of a way begins with where branches of `choose_all` were opened.
_TOGETHER = "all:"


def counted(uses: Mapping[str, int], step: StepId, way: str) -> Mapping[str, int]:
    """One more use of a way; of branches opened together, of each ("all:0,2")."""
    names = [way]
    if way.startswith(_TOGETHER):
        labels = way.removeprefix(_TOGETHER).split(",")
        names = [f"{_TOGETHER}{label}" for label in labels]
    more = {f"{step}/{name}": uses.get(f"{step}/{name}", 0) + 1 for name in names}
    return {**uses, **more}


def marked(case: Case, event: StepEnded) -> Case:
    """What the end of some instances leaves behind, beside tokens and fields."""
    incidents = case.incidents
    if event.way is not None and event.step in incidents:
        incidents = {
            step: reason for step, reason in incidents.items() if step != event.step
        }
    doers = case.doers
    if event.remembered and event.who is not None:
        doers = {**doers, event.step: event.who}
    effects = case.effects
    if event.reversible:
        effects = (*effects, Effect(event.step, event.visit, event.element))
    cancellation = case.cancellation
    if cancellation is not None:
        # What `on_cancel` follows is the instance that ended last.
        cancellation = Cancellation(cancellation.reason, case.version)
    return changed(
        case,
        priority=case.priority if event.priority is None else event.priority,
        incidents=incidents,
        doers=doers,
        effects=effects,
        gates=(*case.gates, event.step) if event.gated else case.gates,
        cancellation=cancellation,
    )


def stock_asked(case: Case, event: StockAsked, version: int) -> Case:
    """The question stands until it is answered."""
    asked = StockAsk(
        step=event.step,
        visit=event.visit,
        element=event.element,
        verb=event.verb,
        items=event.items,
        undo=event.undo,
        turn=event.turn,
    )
    return changed(case, version=version, at=event.at, asked=asked)


def stock_answered(case: Case, event: StockAnswered, version: int) -> Case:
    """Reservations follow what was given; a reversible effect is remembered."""
    asked = case.asked
    if asked is None:
        raise TypeError(f"Case {case.id} has asked for no stock.")
    given = tuple(
        StockItem(item.line, item.sku, event.given[item.line])
        for item in asked.items
        if event.given.get(item.line, 0)
    )
    effects = case.effects
    if event.reversible and given:
        effects = (*effects, Effect(event.step, event.visit, event.element, given))
    return changed(
        case,
        version=version,
        at=event.at,
        asked=None,
        effects=effects,
        reserved=_reserved(case.reserved, asked.verb, given),
        tasks=_without_past_timer(case, event) if event.refused else case.tasks,
    )


def effect_undone(case: Case, event: EffectUndone, version: int) -> Case:
    """The latest effect of that instance is gone; one that stays is an incident."""
    undone = (event.step, event.visit, event.element)
    kept = list(case.effects)
    for effect in reversed(case.effects):
        if (effect.step, effect.visit, effect.element) == undone:
            kept.remove(effect)
            break
    incidents = case.incidents
    if event.refused is not None:
        reason = f"it could not be undone: {event.refused}"
        incidents = {**incidents, event.step: reason}
    return changed(
        case, version=version, at=event.at, effects=tuple(kept), incidents=incidents
    )


def child_asked(case: Case, event: ChildAsked, version: int) -> Case:
    """The open instance knows its child."""
    name = task_id(event.step, event.element)
    task = changed(case.tasks[name], child=event.child)
    tasks = {**case.tasks, name: task}
    return changed(case, version=version, at=event.at, tasks=tasks)


def child_answered(case: Case, event: ChildAnswered, version: int) -> Case:
    """Nobody waits for that child any more, also not a cancel."""
    tasks = case.tasks
    for name, task in case.tasks.items():
        if task.child == event.child:
            tasks = {**tasks, name: changed(task, child=None)}
    return changed(case, version=version, at=event.at, tasks=tasks)


def escalated(case: Case, event: Escalated, version: int) -> Case:
    """The first alarm has gone off."""
    name = task_id(event.step, event.element)
    task = case.tasks[name]
    tasks = {**case.tasks, name: changed(task, alarms=task.alarms[1:])}
    return changed(case, version=version, at=event.at, tasks=tasks)


def incident_raised(case: Case, event: IncidentRaised, version: int) -> Case:
    """The case stands still at a step."""
    incidents = {**case.incidents, event.step: event.reason}
    return changed(case, version=version, at=event.at, incidents=incidents)


def incident_resolved(case: Case, event: IncidentResolved, version: int) -> Case:
    """The step stands still no longer."""
    incidents = {
        step: reason for step, reason in case.incidents.items() if step != event.step
    }
    return changed(case, version=version, at=event.at, incidents=incidents)


def data_changed(case: Case, event: DataChanged, version: int) -> Case:
    """Fields are as somebody has corrected them."""
    return changed(
        case,
        version=version,
        at=event.at,
        data=with_values(case.data, event.values),
        priority=case.priority if event.priority is None else event.priority,
    )


def cancel_begun(case: Case, event: CancelBegun, version: int) -> Case:
    """Nothing goes on but what the cancel waits for."""
    return changed(
        case,
        state=CaseState.CANCELLING,
        version=version,
        at=event.at,
        held_since=None,
        hold_reason=None,
        cancellation=Cancellation(event.reason, event.pred),
        incidents={},
    )


def migrated(case: Case, event: CaseMigrated, version: int) -> Case:
    """Tokens lie in the places of the new net; everything goes by the new names."""
    names = event.steps
    arrivals = {event.bits[bit]: came for bit, came in case.arrivals.items()}
    tasks = {}
    for task in case.tasks.values():
        step = names.get(task.step, task.step)
        moved = changed(task, step=step)
        if step in event.untimed:
            moved = changed(moved, timer=None)
        tasks[moved.id] = moved
    return changed(
        case,
        version=version,
        at=event.at,
        process=event.process,
        marking=sum(1 << bit for bit in arrivals),
        arrivals=arrivals,
        tasks=tasks,
        visits=_renamed(case.visits, names),
        uses={_renamed_way(way, names): used for way, used in case.uses.items()},
        incidents=_renamed(case.incidents, names),
        doers=_renamed(case.doers, names),
        effects=tuple(_renamed_effect(effect, names) for effect in case.effects),
        gates=tuple(names.get(gate, gate) for gate in case.gates),
    )


def _reserved(
    reserved: Mapping[str, int], verb: StockVerb, given: tuple[StockItem, ...]
) -> Mapping[str, int]:
    sign = 1 if verb is StockVerb.RESERVE else -1 if verb in _ENDS_RESERVATION else 0
    if not sign or not given:
        return reserved
    left = dict(reserved)
    for item in given:
        quantity = max(left.pop(item.line, 0) + sign * item.quantity, 0)
        if quantity:
            left[item.line] = quantity
    return left


def _without_past_timer(case: Case, event: StockAnswered) -> Mapping[TaskId, Task]:
    """A wait whose time came but whose goods were short rests: an incident."""
    name = task_id(event.step, event.element)
    task = case.tasks.get(name)
    if task is None or task.timer is None or task.timer > event.at:
        return case.tasks
    return {**case.tasks, name: changed(task, timer=None)}


def _renamed(
    values: Mapping[StepId, _Value], names: Mapping[StepId, StepId]
) -> Mapping[StepId, _Value]:
    return {names.get(step, step): value for step, value in values.items()}


def _renamed_way(way: str, names: Mapping[StepId, StepId]) -> str:
    step, _, label = way.partition("/")
    return f"{names.get(StepId(step), step)}/{label}"


def _renamed_effect(effect: Effect, names: Mapping[StepId, StepId]) -> Effect:
    step = names.get(effect.step, effect.step)
    return Effect(step, effect.visit, effect.element, effect.items)
