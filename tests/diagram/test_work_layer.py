"""The work-in-progress layer: where the open orders are."""

from dataclasses import replace

from flowengine.analysis import StepWork
from flowengine.diagram.workload import work_picture
from flowengine.quantities import HOUR, Instant
from tests.diagram.builders import NOW, measured


def test_a_box_counts_what_is_there_and_tells_its_age() -> None:
    net, _, work = measured()
    pick = StepWork(
        "pick", "warehouse", 7, 2, 0, 1, late=3, oldest=Instant(NOW - 5 * HOUR)
    )
    work = replace(work, steps=(pick,))

    picture = work_picture(net, work, "en")

    box = next(node for node in picture.nodes if node.id == "step-pick")
    assert box.badge == "10"
    assert " ".join(box.lines) == "waiting 7 · working 2 held 1"
    assert box.foot == ("oldest 5 h · late 3",)
    assert box.is_thick


def test_an_empty_step_stays_white_and_without_numbers() -> None:
    net, _, work = measured()
    picture = work_picture(net, replace(work, steps=(), orders=0), "en")

    box = next(node for node in picture.nodes if node.id == "step-pick")
    assert (box.badge, box.lines, box.fill) == ("", (), "#FFFFFF")
    assert picture.table is None


def test_the_title_says_how_many_orders_are_open() -> None:
    net, _, work = measured()

    picture = work_picture(net, replace(work, orders=1_204), "en")

    assert picture.title == "Shop: where 1,204 open orders are"
