"""What the steps of a net do to the reservation of one list of goods."""

from collections.abc import Iterator
from dataclasses import dataclass

from flowengine.language.parts import StockEffect, StockVerb
from flowengine.language.process import Process, Step, StepId, StepKind
from flowengine.net.net import Net, Transition, WayKind

#: A list of goods: its path from the record that moves through the process.
Goods = tuple[str, ...]

#: What takes goods that were reserved, or lets them go.
ENDING = frozenset(
    {
        StockVerb.RELEASE,
        StockVerb.PICK,
        StockVerb.SHIP,
        StockVerb.TRANSFORM,
        StockVerb.SCRAP,
    }
)


@dataclass(frozen=True, slots=True)
class Act:
    """What leaving a step by a way does to the reservation; all False is nothing."""

    #: Something of the list is reserved; in full where `whole`.
    reserves: bool = False
    whole: bool = False
    #: Tried, but nothing of the list could be reserved.
    fails: bool = False
    #: All that is reserved is taken or let go; with `partly` perhaps not all.
    ends: bool = False
    partly: bool = False
    #: From now on cancelling lets go whatever is reserved of the list.
    frees_on_cancel: bool = False
    #: From now on cancelling reserves again what this has ended.
    takes_back_on_cancel: bool = False


#: Nothing.
IDLE = Act()


def effect_of(step: Step) -> StockEffect | None:
    """What a step does with stock as it ends, or as a machine."""
    return step.stock or (step.do.stock if step.do is not None else None)


def goods_of(step: Step, effect: StockEffect) -> Goods:
    """The list of an effect, of all elements where it begins at one of `each`."""
    each = step.each
    if each is not None and effect.items[0] == each.name:
        return (*each.items, *effect.items[1:])
    return effect.items


def goods_with(process: Process, verbs: frozenset[StockVerb]) -> dict[Goods, None]:
    """The lists that some step does one of these things with, in file order."""
    return {
        goods_of(step, effect): None
        for step in process.steps.values()
        if (effect := effect_of(step)) is not None and effect.verb in verbs
    }


def verb_of(step: Step, goods: Goods) -> StockVerb | None:
    """What a step does with this list, if anything."""
    effect = effect_of(step)
    if effect is None or goods_of(step, effect) != goods:
        return None
    return effect.verb


def is_freed_by_undo(step: Step, goods: Goods) -> bool:
    """Whether cancelling after a step lets go what it has reserved."""
    undo = step.undo.stock if step.undo is not None else None
    return undo is not None and undo.verb in ENDING and goods_of(step, undo) == goods


def is_changed(process: Process, goods: Goods) -> bool:
    """Whether the lines of a list can become others on the way."""
    written = [message.sets for message in process.messages.values()]
    for step in process.steps.values():
        written += [step.asks, tuple(step.sets)]
        written += [tuple(step.call.takes)] if step.call is not None else []
    return any(_meet(path, goods) for paths in written for path in paths)


def acts(net: Net, way: Transition, goods: Goods) -> tuple[Act, ...]:
    """What leaving by a way may do: two things where the step may be skipped."""
    step = net.steps[way.step].step
    if way.kind is WayKind.TIMEOUT or step.kind is StepKind.END:
        return (IDLE,)
    done = _done(step, way, goods)
    if step.skip_when is None or done == IDLE:
        return (done,)
    can_skip = way.kind is not WayKind.OUTCOME or way.label == step.skip_as
    return (done, IDLE) if can_skip else (done,)


def _done(step: Step, way: Transition, goods: Goods) -> Act:
    verb = verb_of(step, goods)
    if verb is StockVerb.RESERVE:
        return _reserved(step, way)
    undo = step.undo.stock if step.undo is not None else None
    undoes = undo is not None and goods_of(step, undo) == goods
    ends = verb in ENDING
    return Act(
        ends=ends,
        partly=ends and is_filtered(step),
        frees_on_cancel=undo is not None and undoes and undo.verb in ENDING,
        takes_back_on_cancel=undo is not None
        and undoes
        and undo.verb is StockVerb.RESERVE,
    )


def _reserved(step: Step, way: Transition) -> Act:
    """`some` and `none` are outcomes of a machine; a person's task needs it all."""
    if step.do is not None and way.kind is WayKind.OUTCOME:
        if way.label == "none":
            return Act(fails=True)
        return Act(reserves=True, whole=way.label == "all")
    return Act(reserves=True, whole=not is_filtered(step))


def is_filtered(step: Step) -> bool:
    """Whether only some elements of `each` have the step's effect."""
    effect, each = effect_of(step), step.each
    if effect is None or each is None or each.where is None:
        return False
    return effect.items[0] == each.name


def _meet(path: Goods, goods: Goods) -> bool:
    shorter = min(len(path), len(goods))
    return path[:shorter] == goods[:shorter]


def reserving_steps(process: Process, goods: Goods) -> Iterator[StepId]:
    """The steps that reserve a list, in file order."""
    for step in process.steps.values():
        if verb_of(step, goods) is StockVerb.RESERVE:
            yield step.id
