"""Decisions without `else` (F135): the help tells an order that no branch is for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from flowengine.language.problems import Problem, Severity
from flowengine.language.process import Process, Step
from flowengine.language.rules import Rule
from flowengine.net.decisions.decision import Decision
from flowengine.net.decisions.search import CellLimitError

_NO_ELSE = "F135"


def with_left_out(
    draft: Process | None, problems: Sequence[Problem]
) -> tuple[Problem, ...]:
    """The same problems; those of a missing `else` name an order that it is for.

    Only where nothing else is wrong: a branch that could not be read may be the one.
    """
    errors = {each.code for each in problems if each.severity is Severity.ERROR}
    if draft is None or errors != {_NO_ELSE}:
        return tuple(problems)
    return tuple(
        replace(each, help=f"{each.help}\n{told}")
        if each.code == _NO_ELSE and (told := _told(draft, each))
        else each
        for each in problems
    )


def _told(draft: Process, problem: Problem) -> str:
    for step in draft.steps.values():
        decision = _decision_at(draft, step, problem.line)
        if decision is not None:
            return _left_out_text(decision)
    return ""


def _decision_at(draft: Process, step: Step, line: int) -> Decision | None:
    """The decision of a step that the line lies in, where it has no `else`."""
    for branches in (step.choose, step.choose_all):
        rules = [each.rule for each in branches if each.rule is not None]
        if len(rules) == len(branches) and _lies(line, step, rules):
            return Decision(draft, rules)
    return None


def _lies(line: int, step: Step, rules: Iterable[Rule]) -> bool:
    first = next(iter(rules), None)
    return first is not None and step.at.line <= line <= first.at.line


def _left_out_text(decision: Decision) -> str:
    try:
        if not decision.leaves_out():
            return "The branches leave no order out: let `else` stand for the last one."
        order = decision.left_out()
    except CellLimitError:
        return ""
    if order is None or not order.told:
        return ""
    return f"No branch is for an order with {order.text}."
