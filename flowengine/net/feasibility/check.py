"""F6xx: all checks of time, together."""

from collections.abc import Iterator

from flowengine.language.problems import Problem, Severity
from flowengine.net.feasibility.lapses import Pace
from flowengine.net.feasibility.levels import (
    level_problems,
    role_problems,
    step_problems,
)
from flowengine.net.feasibility.promise import (
    goals_of,
    promise_of,
    promise_problems,
)
from flowengine.net.feasibility.reach import earliest_end, ways_of
from flowengine.net.feasibility.weeks import REFERENCE
from flowengine.net.net import Net


def feasibility_problems(net: Net, path: str) -> tuple[Problem, ...]:
    """What is wrong with the times of a net; `path` is only named in the problems.

    Nothing is said of a promise where no end that counts is ever reached: that is F4xx.
    """
    problems = [*step_problems(net, path), *role_problems(net, path)]
    problems += _promise_problems(net, path)
    return tuple(problems)


def _promise_problems(net: Net, path: str) -> Iterator[Problem]:
    promise = promise_of(net)
    if promise is None:
        return
    ways = ways_of(net, Pace.BEST, goals_of(net.process))
    if earliest_end(ways, REFERENCE) is None:
        return
    found = tuple(promise_problems(ways, promise, path))
    yield from found
    if not any(problem.severity is Severity.ERROR for problem in found):
        yield from level_problems(ways, promise, path)
