"""What is wrong with the decisions of a process (F307 and after), as problems."""

from collections.abc import Iterator, Mapping

from flowengine.language.problems import Problem, Severity, problem_at
from flowengine.language.process import StepId
from flowengine.net.decisions.branches import Warned, branch_faults
from flowengine.net.decisions.concurrency import open_together
from flowengine.net.decisions.conditions import condition_faults, head_faults
from flowengine.net.decisions.fields import read_by, shared, written_by
from flowengine.net.fault import named
from flowengine.net.flow import Flow, cancel_flow, order_flow
from flowengine.net.net import Net


def decision_problems(net: Net, path: str) -> tuple[Problem, ...]:
    """What is wrong with what rules decide, and with who sets what they read."""
    found = [*head_faults(net.process)]
    for step in net.process.steps.values():
        found += branch_faults(net.process, step)
        found += condition_faults(net.process, step)
    for flow in (order_flow(net), cancel_flow(net)):
        if flow is not None:
            found += _side_by_side(flow)
    return tuple(
        problem_at(path, each.at, each.code, each.message, each.help, Severity.WARNING)
        for each in dict.fromkeys(found)
    )


def _side_by_side(flow: Flow) -> Iterator[Warned]:
    """F313 for steps that can be open at once, over one field."""
    process = flow.net.process
    written = {step: written_by(process, flow.step(step)) for step in flow.edges}
    if not any(written.values()):
        return
    for one, other in open_together(flow):
        both = shared(written[one], written[other])
        if both:
            yield Warned(
                flow.step(other).at,
                "F313",
                f"`{one}` and `{other}` can be open at once, and both set "
                f"{named('.'.join(path) for path in both)}: the one that ends last "
                "counts.",
                "Let one come after the other, or let each set a field of its own.",
            )
        for writer, reader in ((one, other), (other, one)):
            yield from _read_beside(flow, writer, reader, written)


def _read_beside(
    flow: Flow,
    writer: StepId,
    reader: StepId,
    written: Mapping[StepId, frozenset[tuple[str, ...]]],
) -> Iterator[Warned]:
    """F313 for a step whose rules read what another sets beside it."""
    read = read_by(flow.step(reader))
    fields = [
        path for path in shared(written[writer], read) if path not in written[reader]
    ]
    if not fields:
        return
    rule = next(rule for path, rule in read.items() if shared([path], fields))
    yield Warned(
        rule.at,
        "F313",
        f"`{writer}` sets {named('.'.join(path) for path in fields)}, which a rule of "
        f"`{reader}` reads, and both can be open at once: the rule sees whichever "
        "value is there by then.",
        "Read it after the branches meet, or set it before they part.",
    )
