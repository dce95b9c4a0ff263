"""F603 to F608: times of single steps that cannot go together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from flowengine.language.problems import Problem, Severity, problem_at
from flowengine.language.process import Step, StepId, TimeSpan
from flowengine.net.feasibility.lapses import (
    Lapse,
    Pace,
    hours_of,
    sla_lapse,
    span_lapse,
)
from flowengine.net.feasibility.promise import (
    Promise,
    moment_text,
    sla_text,
    span_text,
    work_text,
)
from flowengine.net.feasibility.reach import (
    Ways,
    earliest,
    earliest_end,
    latest,
    ways_of,
)
from flowengine.net.feasibility.weeks import ELAPSED, Week
from flowengine.net.net import Net

_DAYS = 7


def step_problems(net: Net, path: str) -> Iterator[Problem]:
    """F603, F606 and F608: what a step's own times say against each other."""
    for each in net.steps.values():
        yield from _against_work(net, each.step, path)
        yield from _never_told(net, each.step, path)


def role_problems(net: Net, path: str) -> Iterator[Problem]:
    """F607: people without hours, in a file that knows calendars."""
    process = net.process
    if not process.calendars or process.calendar is not None:
        return
    needed = {step.role for step in process.steps.values()}
    for role in process.roles.values():
        if role.calendar is None and not role.external and role.id in needed:
            message = (
                f"Expected hours for `{role.id}`, but neither the role nor the head "
                "names a calendar: its people count as working day and night."
            )
            first = next(iter(process.calendars))
            advice = (
                f"Give the role `calendar: {first}`, the head a `calendar` for all, "
                "or the role `external: yes` if it is not your people."
            )
            at = role.at
            yield problem_at(path, at, "F607", message, advice, Severity.WARNING)


def level_problems(ways: Ways, promise: Promise, path: str) -> Iterator[Problem]:
    """F604 and F605: service levels that the promise does not leave room for.

    Told only where they are too long for orders of every weekday: at midnight, and as
    the hours of the first step begin.
    """
    process = ways.net.process
    arrivals = [promise.week.midnight(day) for day in range(_DAYS)]
    arrivals += hours_of(ways.net, process.steps[process.start]).openings()
    lacking = _lacking(ways, promise, arrivals)
    tell = partial(moment_text, process)
    for step, (sla, lack) in lacking.items():
        message = (
            f"Expected `{step}` to leave time for the promise, but an order that "
            f"arrives {tell(lack.arrival)} comes there {tell(lack.begun)} at best and "
            f"must go on by {tell(lack.due)}, while the SLA of {sla_text(sla)} lasts "
            f"until {tell(lack.ended)}."
        )
        advice = "Make the SLA of the step shorter, or the promise longer."
        yield problem_at(path, sla.at, "F604", message, advice, Severity.WARNING)
    if not lacking:
        yield from _all_levels(ways, promise, arrivals, path)


@dataclass(frozen=True, slots=True)
class _Lack:
    """An order for which a service level is longer than what is left."""

    arrival: int
    begun: int
    #: When the level ends, and when the step would have to.
    ended: int
    due: int


def _lacking(
    ways: Ways, promise: Promise, arrivals: list[int]
) -> dict[StepId, tuple[TimeSpan, _Lack]]:
    """Steps whose level is too long for every arrival, each as it lacks least."""
    net = ways.net
    levels = {step: sla for step in net.steps if (sla := net.steps[step].step.sla)}
    lapses = {
        step: sla_lapse(net, net.steps[step].step, sla) for step, sla in levels.items()
    }
    found: dict[StepId, list[_Lack]] = {step: [] for step in levels}
    for arrival in arrivals:
        lacks = _lacks(ways, promise, lapses, arrival)
        found = {step: [*found[step], lacks[step]] for step in found if step in lacks}
        if not found:
            break
        lapses = {step: lapses[step] for step in found}
    return {
        step: (levels[step], min(lacks, key=lambda lack: lack.ended - lack.due))
        for step, lacks in found.items()
    }


def _lacks(
    ways: Ways, promise: Promise, lapses: Mapping[StepId, Lapse], arrival: int
) -> dict[StepId, _Lack]:
    """The steps that an order can come to in time, but not stay at for their level."""
    begun = earliest(ways, arrival)
    until = latest(ways, promise.due(arrival))
    found = {}
    for step, lapse in lapses.items():
        places = ways.inputs[step]
        if step not in begun or not all(place in until for place in places):
            continue
        due = _leave_until(ways, step, until)
        ended = lapse.after(begun[step])
        if begun[step] <= min(until[place] for place in places) and ended > due:
            found[step] = _Lack(arrival, begun[step], ended, due)
    return found


def _leave_until(ways: Ways, step: StepId, until: Mapping[int, int]) -> int:
    """When a step must be left at the latest, by the way that leaves most time."""
    return max(
        min(until[place] for place in passage.places)
        for passage in ways.passages[step]
        if all(place in until for place in passage.places)
    )


def _all_levels(
    ways: Ways, promise: Promise, arrivals: list[int], path: str
) -> Iterator[Problem]:
    slow = ways_of(ways.net, Pace.SLA, ways.goals)
    late: list[tuple[int, int, int]] = []
    for arrival in arrivals:
        best, ended = earliest_end(ways, arrival), earliest_end(slow, arrival)
        due = promise.due(arrival)
        if best is not None and ended is not None and best <= due:
            late.append((ended - due, arrival, ended))
            if ended <= due:
                return
    if not late:
        return
    _, arrival, ended = min(late)
    tell = partial(moment_text, ways.net.process)
    message = (
        f"Expected the SLAs to fit into {span_text(promise.span)}, but an order that "
        f"arrives {tell(arrival)} and takes the whole SLA of each step is done "
        f"{tell(ended)} on its quickest way, and due {tell(promise.due(arrival))}."
    )
    advice = "Shorten the SLAs of steps that every order passes, or promise more."
    at = promise.span.at
    yield problem_at(path, at, "F605", message, advice, Severity.WARNING)


def _against_work(net: Net, step: Step, path: str) -> Iterator[Problem]:
    work, hours = step.work, hours_of(net, step)
    if work is None:
        return
    least = work_text(work.least)
    if step.sla is not None and _most_worked(net, step, step.sla, hours) < work.least:
        message = (
            f"Expected `{step.id}` to be done within its SLA of "
            f"{sla_text(step.sla)}, but its work takes {least} at least."
        )
        advice = f"Write an SLA longer than `{least}`, or a shorter `work`."
        yield problem_at(path, step.sla.at, "F603", message, advice)
    if step.timeout is None:
        return
    after = step.timeout.after
    lapse = span_lapse(net, step, after)
    if _most(lapse, ELAPSED) < work.least:
        message = (
            f"Expected `{step.id}` to be done before its timeout after "
            f"{span_text(after)}, but its work takes {least} at least."
        )
        advice = f"Write a timeout longer than `{least}`, or a shorter `work`."
        yield problem_at(path, after.at, "F606", message, advice)


def _most_worked(net: Net, step: Step, sla: TimeSpan, hours: Week) -> int:
    """The most working time that a service level can hold."""
    if not sla.business_days:
        return sla.amount
    return _most(span_lapse(net, step, sla), hours)


def _most(lapse: Lapse, hours: Week) -> int:
    """The most time that a lapse can hold in some hours, whenever it begins."""
    if not lapse.days:
        return lapse.amount
    midnights = [lapse.week.midnight(day) for day in range(_DAYS)]
    return max(hours.worked(lapse.after(at)) - hours.worked(at) for at in midnights)


def _never_told(net: Net, step: Step, path: str) -> Iterator[Problem]:
    """F608; working time never runs faster than the timeout's."""
    if step.timeout is None or step.sla is None or step.sla.business_days:
        return
    after = step.timeout.after
    most = _most(span_lapse(net, step, after), ELAPSED)
    for escalation in step.escalate:
        share = f"{escalation.share}%"
        moment = step.sla.amount * escalation.share // 100
        if moment >= most:
            message = (
                f"Expected `{escalation.notify}` to be told of `{step.id}` at {share} "
                f"of its SLA, {work_text(moment)}, but its timeout has ended it "
                f"by then, after {span_text(after)}."
            )
            advice = "Escalate earlier, or let the timeout come later."
            yield problem_at(
                path, step.sla.at, "F608", message, advice, Severity.WARNING
            )
