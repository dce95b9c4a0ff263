"""Gates: the places that a case holds, and when it gives them back."""

from flowengine.kernel.case import Case
from flowengine.kernel.events import GatePlaceReturned
from flowengine.kernel.run import Run
from flowengine.language.process import StepId
from flowengine.net.net import Net


def return_places(run: Run) -> None:
    """Give back the place of each gate whose steps hold no token of the case."""
    if run.is_waiting:
        return
    for gate in run.case.gates:
        if not is_inside(run.net, run.case, gate):
            run.record(GatePlaceReturned(at=run.at, by=run.by, step=gate))


def is_inside(net: Net, case: Case, gate: StepId) -> bool:
    """Whether a case has a token in the steps that a gate counts."""
    net_step = net.steps.get(gate)
    if net_step is None or net_step.step.gate is None:
        return False
    return any(
        case.marking & net.steps[step].inputs for step in net_step.step.gate.steps
    )
