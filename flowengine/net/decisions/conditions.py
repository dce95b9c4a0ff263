"""Conditions that stand alone: `skip_when`, `where` of `each`, values that are set."""

from collections.abc import Iterator

from flowengine.language.data import field_type
from flowengine.language.process import Process, Step
from flowengine.language.rules import Rule
from flowengine.language.types import DataType
from flowengine.net.decisions.branches import Warned, missing_warned, not_decided
from flowengine.net.decisions.decision import Decision, is_always_missing
from flowengine.net.decisions.search import CellLimitError

_SKIPPED = "Take the step out, or the `skip_when`: one of them says nothing."


def condition_faults(process: Process, step: Step) -> Iterator[Warned]:
    """F310, F311 and F312 for the rules of a step that are no branches."""
    if step.skip_when is not None:
        yield from _bounded(step, step.skip_when, _skip_faults(process, step))
    if step.each is not None and step.each.where is not None:
        rule = step.each.where
        yield from _bounded(step, rule, _where_faults(process, step, rule))
    for path, rule in step.sets.items():
        what = f"What `{step.id}` sets `{'.'.join(path)}` to"
        yield from _value_faults(process, rule, what)
    if step.wait_until is not None:
        what = f"The time that `{step.id}` waits for"
        yield from _value_faults(process, step.wait_until, what)


def head_faults(process: Process) -> Iterator[Warned]:
    """F312 for the rules of the head."""
    if isinstance(process.promise, Rule):
        yield from _value_faults(process, process.promise, "`promise`")
    if process.priority is not None:
        yield from _value_faults(process, process.priority, "`priority`")


def _bounded(step: Step, rule: Rule, faults: Iterator[Warned]) -> Iterator[Warned]:
    try:
        yield from faults
    except CellLimitError:
        yield not_decided(step, rule)


def _skip_faults(process: Process, step: Step) -> Iterator[Warned]:
    rule = step.skip_when
    if rule is None:
        return
    decision = Decision(process, [rule])
    if decision.never_holds(0):
        message = f"`skip_when` of `{step.id}` never holds: no order skips it."
        yield Warned(rule.at, "F311", message, "Change the rule, or take it out.")
    elif decision.always_holds(0):
        message = f"`skip_when` of `{step.id}` always holds: nobody ever does it."
        yield Warned(rule.at, "F311", message, _SKIPPED)
    for found in decision.missing_decides([[0], [1]]):
        is_skipped = decision.taken(found.order) == 0
        goes = "skips it" if is_skipped else "does not skip it"
        yield missing_warned(decision, found, f"whether `{step.id}` is skipped", goes)


def _where_faults(process: Process, step: Step, rule: Rule) -> Iterator[Warned]:
    element = _element(process, step)
    if element is None:
        return
    decision = Decision(process, [rule], element)
    if decision.never_holds(0):
        message = f"`where` of `{step.id}` never holds: nothing is ever done there."
        yield Warned(rule.at, "F311", message, "Change the rule, or take it out.")
    elif decision.always_holds(0):
        message = f"`where` of `{step.id}` always holds: it leaves no element out."
        yield Warned(rule.at, "F311", message, "Change the rule, or take it out.")


def _element(process: Process, step: Step) -> tuple[str, DataType] | None:
    if step.each is None:
        return None
    element = field_type(process, step.each.items).element
    return None if element is None else (step.each.name, element)


def _value_faults(process: Process, rule: Rule, what: str) -> Iterator[Warned]:
    try:
        is_missing = is_always_missing(process, rule.expression)
    except CellLimitError:
        return  # a value that so much can be said of is not always missing
    if is_missing:
        message = f"{what} is missing for every order."
        advice = "A division by 0 has no value, and nothing that is made of it."
        yield Warned(rule.at, "F312", message, advice)
