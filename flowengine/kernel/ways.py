"""Which way an instance takes: decisions, `at_most`, and the names of ways."""

from collections.abc import Mapping

from flowengine.kernel.run import Run
from flowengine.net.net import NetStep, Transition, WayKind, opened_together

#: Members looked up once, see `advance`.
_ALL, _NEXT, _CHOICE = WayKind.ALL, WayKind.NEXT, WayKind.CHOICE


def way_of(run: Run, net_step: NetStep, kind: WayKind, label: str) -> Transition:
    """The way out of a step, or the one that `at_most` leaves once it is used up."""
    transition = net_step.ways[kind, label]
    if transition.at_most is None or transition.then is None:
        return transition
    used = run.case.uses.get(f"{transition.step}/{transition.name}", 0)
    if used < transition.at_most:
        return transition
    return run.net.transitions[transition.then]


def chosen_way(run: Run, net_step: NetStep, data: Mapping[str, object]) -> Transition:
    """The way that the step's rules, or its plain arrow, give for these data."""
    step = net_step.step
    for position, branch in enumerate(step.choose):
        if branch.rule is None or branch.rule.evaluate(data, run.at) is True:
            return way_of(run, net_step, _CHOICE, str(position))
    if step.choose_all:
        return _opened_ways(run, net_step, data)
    return way_of(run, net_step, _NEXT, "")


def is_counted(net_step: NetStep, transition: Transition) -> bool:
    """Whether taking a way counts against an `at_most`."""
    if transition.kind is _ALL:
        branches = net_step.step.choose_all
        return any(branch.arrow.at_most is not None for branch in branches)
    return transition.at_most is not None


def _opened_ways(run: Run, net_step: NetStep, data: Mapping[str, object]) -> Transition:
    branches = net_step.step.choose_all
    taken = [
        way_of(run, net_step, WayKind.ALL, str(position))
        for position, branch in enumerate(branches)
        if branch.rule is not None and branch.rule.evaluate(data, run.at) is True
    ]
    if not taken:
        return way_of(run, net_step, WayKind.ALL, str(len(branches) - 1))
    return opened_together(run.net, taken)
