"""What people did where the process alone went no further, one line an event."""

from collections.abc import Iterator
from typing import assert_never

from flowengine.cli.order_data import HIDDEN
from flowengine.cli.words import moment
from flowengine.engine.fields import type_of
from flowengine.errors import InvalidInput
from flowengine.kernel.events import (
    DataChanged,
    IncidentRaised,
    IncidentResolved,
    PersonalForgotten,
    StepRetimed,
    TokenMoved,
)
from flowengine.kernel.times import BY_DATA, BY_VERSION
from flowengine.language.data import show_value
from flowengine.language.process import Process, step_title
from flowengine.language.types import Kind
from flowengine.locale import translator

#: They are about the whole order.
OrderRepair = DataChanged | TokenMoved | PersonalForgotten
#: They are about one step.
StepRepair = IncidentRaised | IncidentResolved | StepRetimed


def order_repair_text(event: OrderRepair, process: Process, lang: str) -> str:
    """What was done to the order, and why."""
    _ = translator(lang)
    match event:
        case TokenMoved():
            told = _("Moved from {step} to {other}: {reason}")
            return told.format(
                step=step_title(process, event.from_step, lang),
                other=step_title(process, event.to_step, lang),
                reason=event.reason,
            )
        case PersonalForgotten():
            return _("Personal values erased: {reason}").format(reason=event.reason)
        case DataChanged():
            told = _("Changed {fields}: {reason}")
            changed = ", ".join(_changed(event, process, lang))
            return told.format(fields=changed, reason=event.reason)
        case _:
            assert_never(event)


def step_repair_text(event: StepRepair, process: Process, lang: str) -> str:
    """What was done at the step, and why."""
    _ = translator(lang)
    match event:
        case IncidentRaised():
            return _("stands still: {reason}").format(reason=event.reason)
        case IncidentResolved(again=True):
            return _("goes on, tried again: {reason}").format(reason=event.reason)
        case IncidentResolved():
            return _("goes on: {reason}").format(reason=event.reason)
        case StepRetimed():
            return f"{_times(event, process, lang)} ({_mover(event, lang)})"
        case _:
            assert_never(event)


def _changed(event: DataChanged, process: Process, lang: str) -> Iterator[str]:
    """Each field with its new value; lists and personal values are not told."""
    for path, value in event.values.items():
        name = path.removeprefix(f"{process.subject}.")
        try:
            data_type = type_of(process, tuple(path.split(".")))
        except InvalidInput:
            yield name  # by a version that has it no more
            continue
        if data_type.personal:
            yield f"{name} = {HIDDEN}"
        elif data_type.kind in {Kind.LIST, Kind.RECORD}:
            yield name
        else:
            shown = show_value(data_type, value, lang, process)
            yield f"{name} = {shown or translator(lang)('nothing')}"


def _times(event: StepRetimed, process: Process, lang: str) -> str:
    _ = translator(lang)
    if event.due is not None:
        return _("now due {time}").format(time=moment(event.due, process, lang))
    if event.timer is not None:
        return _("now until {time}").format(time=moment(event.timer, process, lang))
    return _("no longer has a time")


def _mover(event: StepRetimed, lang: str) -> str:
    _ = translator(lang)
    return {
        BY_DATA: _("the order has changed"),
        BY_VERSION: _("another version of the process"),
    }.get(event.reason, _("tried again"))
