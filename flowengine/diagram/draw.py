"""From a net and what is known about it to a drawing."""

from flowengine.analysis import Findings, WorkInProgress
from flowengine.diagram.bottlenecks import bottleneck_picture
from flowengine.diagram.dot import Drawing, drawing_of
from flowengine.diagram.layer import Layer
from flowengine.diagram.picture import Picture
from flowengine.diagram.placement import place
from flowengine.diagram.plan import plan_picture
from flowengine.diagram.problem import problem_picture
from flowengine.diagram.versions import difference_picture
from flowengine.diagram.workload import work_picture
from flowengine.language.difference import Difference
from flowengine.locale import translator
from flowengine.net import Net
from flowengine.net.fault import FlowFault


def draw(
    net: Net,
    *,
    show: Layer,
    findings: Findings | None = None,
    work: WorkInProgress | None = None,
    lang: str = "en",
) -> Drawing:
    """Draw a process with one layer of what is known about it.

    Without the layer's numbers the plan is drawn; where no order has closed yet it
    says so.

    Raises:
        FlowError: Graphviz is missing, or cannot arrange it.
    """
    picture = _picture(net, show, findings, work, lang)
    return drawing_of(picture, place(picture))


def draw_problem(net: Net, fault: FlowFault, lang: str = "en") -> Drawing:
    """Draw a fault of a flow: its shortest run in red, told under the title.

    Raises:
        FlowError: Graphviz is missing, or cannot arrange it.
    """
    picture = problem_picture(net, fault, lang)
    return drawing_of(picture, place(picture))


def draw_difference(found: Difference, lang: str = "en") -> Drawing:
    """Draw two versions of a process on one plan: what is new, gone and changed.

    Raises:
        FlowError: Graphviz is missing, or cannot arrange it.
    """
    picture = difference_picture(found, lang)
    return drawing_of(picture, place(picture))


def _picture(
    net: Net,
    show: Layer,
    findings: Findings | None,
    work: WorkInProgress | None,
    lang: str,
) -> Picture:
    if show is Layer.BOTTLENECKS and findings is not None:
        if findings.orders:
            return bottleneck_picture(net, findings, lang)
        return plan_picture(net, lang, translator(lang)("no closed orders yet"))
    if show is Layer.WORK_IN_PROGRESS and work is not None:
        return work_picture(net, work, lang)
    return plan_picture(net, lang)
