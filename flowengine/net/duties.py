"""F7xx: whether there are people for every step, and enough to keep duties apart."""

from calendar import month_name
from collections.abc import Callable, Iterator
from itertools import chain

from flowengine.language.problems import Problem, Severity, problem_at
from flowengine.language.process import Role, Step, StepId, people_in
from flowengine.net.fault import named
from flowengine.net.flow import Flow, cancel_flow, order_flow
from flowengine.net.net import Net, WayKind
from flowengine.net.plain import Move, bits

_YEAR = range(1, 13)
#: Markings that are searched for a run on which a separation of duties counts.
SEARCH_LIMIT = 5_000


def duty_problems(net: Net, path: str) -> tuple[Problem, ...]:
    """What is wrong with who does what; `path` is only named in the problems."""
    process = net.process
    problems: list[Problem] = []
    for role in process.roles.values():
        steps = [step.id for step in process.steps.values() if step.role == role.id]
        if steps:
            problems += _staffing(role, steps, path)
    separated = [step for step in process.steps.values() if step.not_same_person_as]
    if separated:
        flows = tuple(filter(None, (order_flow(net), cancel_flow(net))))
        for step in separated:
            problems += _separation(net, flows, step, path)
    return tuple(problems)


def _staffing(role: Role, steps: list[StepId], path: str) -> Iterator[Problem]:
    """F701 and F702: a role that steps need, with nobody in it."""
    without = _months(role, lambda people: people == 0)
    if not without or role.external:
        return
    verb = "needs" if len(steps) == 1 else "need"
    if len(without) == len(_YEAR):
        message = f"Expected people for `{role.id}`, but there are none in any month."
        advice = f"{named(steps)} {verb} them: write `people:` with 1 or more."
        yield problem_at(path, role.at, "F701", message, advice)
        return
    message = (
        f"Expected people for `{role.id}` all the year, but there are none in "
        f"{_listed(without)}."
    )
    advice = (
        f"{named(steps)} {verb} them: write 1 or more for these months under `season`."
    )
    yield problem_at(path, role.at, "F702", message, advice, Severity.WARNING)


def _separation(
    net: Net, flows: tuple[Flow, ...], step: Step, path: str
) -> Iterator[Problem]:
    """F703 to F705: `not_same_person_as` against the people and the ways there are."""
    other = net.process.steps.get(step.not_same_person_as or step.id)
    if other is None:
        return
    if not _can_count(flows, other.id, step.id):
        message = (
            f"Expected `{other.id}` to be done before `{step.id}` on some way, but on "
            "none it is: that another person does it never counts."
        )
        advice = (
            f"Take `not_same_person_as: {other.id}` out, or name a step that orders "
            f"pass before `{step.id}`."
        )
        yield problem_at(path, step.at, "F705", message, advice, Severity.WARNING)
    elif step.role is not None and step.role == other.role:
        yield from _enough(net.process.roles[step.role], step, other, path)


def _enough(role: Role, step: Step, other: Step, path: str) -> Iterator[Problem]:
    """Two people are enough: only the last one who did the other step is kept out."""
    alone = _months(role, lambda people: people == 1)
    if not alone or role.external:
        return
    always = len(alone) == len(_YEAR)
    when = "" if always else f" in {_listed(alone)}"
    message = (
        f"Expected two people for `{role.id}`{when}, since `{step.id}` may not be done "
        f"by who did `{other.id}`, but there is one."
    )
    advice = "Give the role a second person, or one of the two steps another role."
    if always:
        yield problem_at(path, step.at, "F703", message, advice)
    else:
        yield problem_at(path, step.at, "F704", message, advice, Severity.WARNING)


def _can_count(flows: tuple[Flow, ...], other: StepId, step: StepId) -> bool:
    """Whether somebody can have done `other` while `step` is open.

    True also where the search meets its limit: nothing is claimed then.
    """
    order, *cancelling = flows
    if any(step in flow.edges and other in order.edges for flow in cancelling):
        return True
    return any(
        other in flow.edges and step in flow.edges and _meets(flow, other, step)
        for flow in flows
    )


def _meets(flow: Flow, other: StepId, step: StepId) -> bool:
    inputs = flow.net.steps[step].inputs
    # By the lowest place that each takes from; with whether it does the other step.
    moves: dict[int, list[tuple[Move, bool]]] = {}
    for move, deed in zip(flow.plain.moves, flow.deeds, strict=True):
        does = deed.way.step == other and deed.way.kind is not WayKind.TIMEOUT
        moves.setdefault(move.consumes & -move.consumes, []).append((move, does))
    begin = flow.plain.initial, False
    seen = {begin}
    for marking, was_done in (queue := [begin]):
        if was_done and marking & inputs == inputs:
            return True
        if len(queue) > SEARCH_LIMIT:
            return True
        for move, does in chain.from_iterable(
            moves.get(place, ()) for place in bits(marking)
        ):
            if marking & move.consumes == move.consumes:
                kept = 0 if move.resets else marking ^ move.consumes
                after = kept | move.produces, was_done or does
                if after not in seen:
                    seen.add(after)
                    queue.append(after)
    return False


def _months(role: Role, is_meant: Callable[[int], bool]) -> tuple[int, ...]:
    return tuple(month for month in _YEAR if is_meant(people_in(role, month)))


def _listed(months: tuple[int, ...]) -> str:
    """Months in a sentence: `July`, `November and December`."""
    *first, last = [month_name[month] for month in months]
    return f"{', '.join(first)} and {last}" if first else last
