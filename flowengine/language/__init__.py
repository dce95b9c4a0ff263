"""What a process owner writes: YAML text to a `Process`, with problems at their place.

    source      YAML to a tree of nodes with line and column; nothing is resolved
    reader      the tree to a `Process`, all problems at once, none raised
    types       the types of order data
    rules       the small typed language of conditions
    process     the value that everything else reads; parts: what its steps may hold
    problems    what is wrong, for people, machines and GitHub
    codes       every code of a problem, explained with an example
    schema      the JSON Schema for editors (asked for by its own name: it is slow)
    template    the text of a new process

`read_process` is the way in. It knows the form and the names; whether an order can get
stuck is asked of the compiled net (`flowengine.net.check_text`).
"""

from typing import TYPE_CHECKING

from flowengine.loading import when_used

if TYPE_CHECKING:
    from flowengine.language.codes import explain
    from flowengine.language.position import NOWHERE, Position
    from flowengine.language.problems import (
        Problem,
        Severity,
        problem_github,
        problem_json,
        problem_text,
    )
    from flowengine.language.process import Process
    from flowengine.language.reader import Reading, read_process
    from flowengine.language.template import new_process

__all__ = [
    "NOWHERE",
    "Position",
    "Problem",
    "Process",
    "Reading",
    "Severity",
    "explain",
    "new_process",
    "problem_github",
    "problem_json",
    "problem_text",
    "read_process",
]

_PLACES = {
    "NOWHERE": ".position",
    "Position": ".position",
    "Problem": ".problems",
    "Process": ".process",
    "Reading": ".reader",
    "Severity": ".problems",
    "explain": ".codes",
    "new_process": ".template",
    "problem_github": ".problems",
    "problem_json": ".problems",
    "problem_text": ".problems",
    "read_process": ".reader",
}

if not TYPE_CHECKING:
    __getattr__ = when_used(__name__, _PLACES)
