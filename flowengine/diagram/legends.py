"""What the plan's outlines and lines mean: only of those that occur in it."""

from collections.abc import Iterator

from flowengine.diagram.outline import Outline
from flowengine.diagram.picture import Form, LegendRow, Sample, Shape
from flowengine.language.process import Process, Step, StepKind
from flowengine.locale import translator

#: What waits for something outside is tinted, so that it is told from work.
WAIT_FILL = "#EEF1F4"


def plan_legend(process: Process, shape: Outline, lang: str) -> tuple[LegendRow, ...]:
    """The legend of a plan."""
    drawn = {stop.step for stop in shape.stops if stop.shape is Shape.BOX}
    steps = [step for step in process.steps.values() if step.id in drawn]
    return (*_samples(steps, lang), *_lines(process, shape, lang))


def without_arrows(legend: tuple[LegendRow, ...], lang: str) -> Iterator[LegendRow]:
    """A plan's legend without what colours of arrows mean there."""
    arrows = translator(lang)("Arrow")
    return (row for row in legend if row.title != arrows)


def _samples(steps: list[Step], lang: str) -> Iterator[LegendRow]:
    """One small box for each outline and each fill."""
    _ = translator(lang)
    samples = {
        StepKind.TASK: (_("task"), Sample()),
        StepKind.WAIT: (_("waits for something outside"), Sample(WAIT_FILL)),
        StepKind.AUTOMATION: (_("done by a machine"), Sample(form=Form.MACHINE)),
        StepKind.CALL: (_("another process"), Sample(form=Form.CALL)),
        StepKind.GATE: (_("lets orders through"), Sample(form=Form.VALVE)),
    }
    for kind, (text, sample) in samples.items():
        if any(step.kind is kind for step in steps):
            yield LegendRow("", text, sample=sample)


def _lines(process: Process, shape: Outline, lang: str) -> Iterator[LegendRow]:
    """Rows of words, each only where what it explains is drawn."""
    _ = translator(lang)
    if any(step.each is not None for step in process.steps.values()):
        yield LegendRow(_("Stack of boxes"), _("once for each"))
    bars = {stop.is_hollow for stop in shape.stops if stop.shape is Shape.BAR}
    if False in bars:
        yield LegendRow(_("Black bar"), _("all at once, or waits for all"))
    if True in bars:
        text = _("every branch that holds, or waits for those that were opened")
        yield LegendRow(_("White bar"), text)
    if any(
        step.stock is not None or (step.do is not None and step.do.stock is not None)
        for step in process.steps.values()
    ):
        yield LegendRow(_("Carton"), _("what happens to the goods"))
    arrows = []
    if any(way.is_handover for way in shape.ways):
        arrows.append(_("black = hand-over between departments"))
    if any(way.is_back for way in shape.ways):
        arrows.append(_("dashed = going back"))
    if arrows:
        yield LegendRow(_("Arrow"), ", ".join(arrows))
