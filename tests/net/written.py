"""Processes built by hand, for nets of which no text is needed."""

from flowengine.language.process import (
    Arrow,
    Branch,
    OnCancel,
    Process,
    Step,
    StepId,
    StepKind,
    Title,
)

NO_TITLE = Title("", "")


def arrow(*targets: str) -> Arrow:
    return Arrow(tuple(map(StepId, targets)))


def branches(*targets: str) -> tuple[Branch, ...]:
    """Branches that each lead to one step; the rules play no part."""
    return tuple(Branch(None, arrow(target)) for target in targets)


def process_of(*steps: Step, on_cancel: OnCancel | None = None) -> Process:
    """A process that begins at the first of these steps; `end` is added."""
    end = Step(StepId("done"), StepKind.END, NO_TITLE, end="success")
    return Process(
        name="built",
        version=1,
        title=NO_TITLE,
        subject="order",
        number=("order", "number"),
        data={},
        steps={step.id: step for step in (*steps, end)},
        start=steps[0].id,
        on_cancel=on_cancel,
    )
