"""What check tells about a flow, picked out of all its problems."""

from flowengine.language import Problem, Severity
from flowengine.net.check import Checked


def flow_codes(found: Checked) -> list[str]:
    """The codes of the problems of the flow, in the order of the file."""
    return [problem.code for problem in found.problems if problem.code[:2] == "F4"]


def only_error(found: Checked, code: str) -> Problem:
    """The one error of the flow; it must have this code."""
    errors = [
        problem
        for problem in found.problems
        if problem.code[:2] == "F4" and problem.severity is Severity.ERROR
    ]
    assert [problem.code for problem in errors] == [code]
    return errors[0]
