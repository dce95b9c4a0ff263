"""What is wrong with the branches of a decision, told by orders that show it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flowengine.language.position import Position
from flowengine.language.process import Arrow, Branch, Process, Step
from flowengine.language.rules import Rule
from flowengine.net.decisions.decision import Decision, MissingDecides
from flowengine.net.decisions.search import CellLimitError
from flowengine.net.fault import named


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing that somebody should look at."""

    at: Position
    code: str
    message: str
    help: str


def branch_faults(process: Process, step: Step) -> Iterator[Warned]:
    """F307, F308, F309 and F310 for the branches of a step; F314 beyond the limit."""
    for branches, is_all in ((step.choose, False), (step.choose_all, True)):
        rules = [branch.rule for branch in branches if branch.rule is not None]
        if rules:
            try:
                yield from _faults(process, step, branches, rules, is_all)
            except CellLimitError:
                yield not_decided(step, rules[0])


def not_decided(step: Step, rule: Rule) -> Warned:
    """That the limit was met at a step."""
    return Warned(
        rule.at,
        "F314",
        f"Not decided whether every branch of `{step.id}` can be taken: its rules tell "
        "too many cases apart.",
        "Decide in two steps one after the other, or set a field that both can ask.",
    )


def missing_warned(
    decision: Decision, found: MissingDecides, what: str, goes: str
) -> Warned:
    """F310: what a missing value decides, and where the order that shows it goes."""
    path = ".".join(found.path)
    return Warned(
        decision.rules[found.rule].at,
        "F310",
        f"A missing `{path}` decides {what}: an order with {found.order.text} {goes}.",
        "A comparison with a missing value is false. Say what is meant: "
        f"`{path} is given and …`, or `{path} is missing or …`.",
    )


def _faults(
    process: Process,
    step: Step,
    branches: Sequence[Branch],
    rules: Sequence[Rule],
    is_all: bool,
) -> Iterator[Warned]:
    decision = Decision(process, rules)
    for number, rule in enumerate(rules):
        if is_all and decision.never_holds(number):
            yield _never(step, branches[number], rule)
        elif not is_all and not decision.is_reached(number):
            yield _not_reached(step, branches, rule, decision, number)
    last = branches[-1]
    if last.rule is None and not decision.leaves_out():
        yield Warned(
            last.arrow.at,
            "F309",
            f"`else` of `{step.id}` can never be taken: the branches above leave no "
            "order out.",
            "Let `else` stand in place of the last `when`, which is then the rest.",
        )
    if is_all:
        yield from _missing_of_each(process, step, branches, rules)
        return
    for found in decision.missing_decides(_ways(branches)):
        taken = decision.taken(found.order)
        goes = f"goes to {_target(branches[-1 if taken is None else taken])}"
        yield missing_warned(decision, found, f"the way at `{step.id}`", goes)


def _never(step: Step, branch: Branch, rule: Rule) -> Warned:
    return Warned(
        rule.at,
        "F307",
        f"The branch of `{step.id}` to {_target(branch)} can never be taken: its rule "
        "holds for no order.",
        "What it asks cannot all be so at once. Change the rule, or take the branch "
        "out.",
    )


def _not_reached(
    step: Step,
    branches: Sequence[Branch],
    rule: Rule,
    decision: Decision,
    number: int,
) -> Warned:
    takers = decision.takers(number)
    if not takers:
        return _never(step, branches[number], rule)
    targets = dict.fromkeys(_target(branches[taker]) for taker in takers)
    message = (
        f"The branch of `{step.id}` to {_target(branches[number])} can never be taken: "
        f"{_listed(targets)} above {'takes' if len(takers) == 1 else 'take'} all its "
        "cases."
    )
    advice = "Put the narrower rule first, or take this branch out."
    for taker in takers:
        order = decision.case_of(number, taker)
        if order is not None and order.told:
            target = _target(branches[taker])
            advice = f"An order with {order.text} goes to {target}. {advice}"
            break
    return Warned(rule.at, "F308", message, advice)


def _missing_of_each(
    process: Process, step: Step, branches: Sequence[Branch], rules: Sequence[Rule]
) -> Iterator[Warned]:
    """F310 for `choose_all`: each of its branches is a decision of its own."""
    for branch, rule in zip(branches, rules, strict=False):
        decision = Decision(process, [rule])
        for found in decision.missing_decides([[0], [1]]):
            is_taken = decision.taken(found.order) == 0
            goes = f"{'goes' if is_taken else 'does not go'} to {_target(branch)}"
            yield missing_warned(decision, found, f"the way at `{step.id}`", goes)


def _ways(branches: Sequence[Branch]) -> list[list[int]]:
    """Branches that lead the same way, by position; one with a bound is its own."""
    ways: dict[Arrow | int, list[int]] = {}
    for number, branch in enumerate(branches):
        key = branch.arrow if branch.arrow.at_most is None else number
        ways.setdefault(key, []).append(number)
    return list(ways.values())


def _target(branch: Branch) -> str:
    return named(branch.arrow.targets)


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
