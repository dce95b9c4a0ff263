"""Checking a process before an order ever runs: the text, then all that is proved."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from flowengine.language import Problem, Process, Severity, read_process
from flowengine.net.compile import compile_net
from flowengine.net.decisions import decision_problems, with_left_out
from flowengine.net.duties import duty_problems
from flowengine.net.feasibility import feasibility_problems
from flowengine.net.flow_check import flow_problems
from flowengine.net.net import Net
from flowengine.net.reservations import reservation_problems

#: One check: the problems of a net in any order; the path is only named in them.
Check = Callable[[Net, str], tuple[Problem, ...]]

#: All that is proved of a net, one function for each subject, in the order of codes.
CHECKS: tuple[Check, ...] = (
    decision_problems,  # F3xx
    flow_problems,  # F4xx
    reservation_problems,  # F5xx
    feasibility_problems,  # F6xx
    duty_problems,  # F7xx
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file says and what is wrong with it, in the order of the file."""

    process: Process | None
    #: None where the text has errors of form or name: there is nothing to compile.
    net: Net | None
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether orders may not run by it."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def check_text(text: str, path: str) -> Checked:
    """Read, compile and check one file; `path` is only named in the problems."""
    reading = read_process(text, path)
    if reading.process is None:
        told = with_left_out(reading.draft, reading.problems)
        return Checked(None, None, tuple(sorted(told)))
    net = compile_net(reading.process)
    problems = (*reading.problems, *check_net(net, path))
    return Checked(reading.process, net, tuple(sorted(problems)))


def check_net(net: Net, path: str) -> tuple[Problem, ...]:
    """What every check says of a net, in the order of the file."""
    return tuple(sorted(chain.from_iterable(check(net, path) for check in CHECKS)))
