"""The bottleneck layer: numbers that add up, and marks that mean one thing."""

import re
from dataclasses import replace

from flowengine.diagram import Drawing, Layer, draw
from flowengine.diagram.bottlenecks import bottleneck_picture, long_duration
from flowengine.diagram.picture import Node, Picture
from flowengine.locale import duration_text
from flowengine.quantities import DAY, HOUR, Duration
from tests.diagram.builders import bottleneck_svg, measured, svg_of, texts_in


def picture_of(orders: int = 40) -> Picture:
    net, findings, _ = measured(orders)
    return bottleneck_picture(net, findings, "en")


def boxes(picture: Picture) -> dict[str, Node]:
    return {node.id: node for node in picture.nodes}


def drawing_of(orders: int) -> Drawing:
    net, findings, _ = measured(orders)
    return draw(net, show=Layer.BOTTLENECKS, findings=findings)


def test_the_boxes_add_up_to_the_lead_time_in_the_title() -> None:
    _, findings, _ = measured()
    svg = bottleneck_svg()

    parts = re.findall(r'data-(?:wait|work)="(\d+)"', svg)
    lead = re.search(r'data-lead="(\d+)"', svg)
    assert lead is not None
    assert sum(map(int, parts)) == int(lead[1]) == findings.mean_lead
    title = next(text for text in texts_in(svg) if "where an order's" in text)
    assert duration_text(findings.mean_lead, "en").split()[0] in title


def test_ranked_boxes_have_a_thick_border_and_their_rank() -> None:
    _, findings, _ = measured()
    nodes = boxes(picture_of())

    assert findings.ranked
    for delay in findings.ranked:
        node = nodes[f"step-{delay.step}"]
        assert node.is_thick
        assert node.badge == str(delay.rank)
    assert all(not node.is_thick for node in nodes.values() if not node.badge)


def test_a_box_seen_fewer_than_thirty_times_is_dashed() -> None:
    few, many = boxes(picture_of(5)), boxes(picture_of(60))

    assert few["step-enter"].is_dashed
    assert not many["step-enter"].is_dashed


def test_the_fill_follows_the_share_of_time_in_fixed_bins() -> None:
    net, findings, _ = measured()
    bins = {0.3: "#E66101", 0.15: "#FBB267", 0.07: "#FDE3C4", 0.03: "#FFFFFF"}

    for share, fill in bins.items():
        steps = tuple(replace(step, share=share) for step in findings.steps)
        picture = bottleneck_picture(net, replace(findings, steps=steps), "en")
        assert boxes(picture)["step-enter"].fill == fill


def test_a_step_that_takes_little_and_is_on_time_works_well() -> None:
    net, findings, _ = measured()
    steps = tuple(replace(s, share=0.01, with_sla=10, late=0) for s in findings.steps)
    late = tuple(replace(s, share=0.01, with_sla=10, late=2) for s in findings.steps)

    good = bottleneck_picture(net, replace(findings, steps=steps), "en")
    bad = bottleneck_picture(net, replace(findings, steps=late), "en")

    assert boxes(good)["step-enter"].fill == "#DCEBF7"
    assert boxes(bad)["step-enter"].fill == "#FFFFFF"


def test_an_arrow_says_how_many_orders_took_it() -> None:
    _, findings, _ = measured()
    arrow = next(a for a in findings.arrows if (a.source, a.target) == ("pick", "pack"))

    connector = next(
        c for c in picture_of().connectors if c.id == "step-pick--step-pack"
    )

    assert connector.label[0].startswith(f"{arrow.orders} (")


def test_arrows_between_departments_are_told_from_those_inside() -> None:
    connectors = {c.id: c for c in picture_of().connectors}

    assert connectors["step-enter--step-pick"].is_handover
    assert not connectors["step-pick--step-pack"].is_handover


def test_the_table_holds_the_biggest_delays_in_order() -> None:
    _, findings, _ = measured()
    table = picture_of().table

    assert table is not None
    assert [row[0] for row in table.rows] == [str(d.rank) for d in findings.ranked]


def test_heads_say_who_is_there_and_what_they_hold() -> None:
    lanes = {lane.id: " ".join(lane.lines) for lane in picture_of().lanes}

    assert "people" in lanes["warehouse"]
    assert "busy" in lanes["warehouse"]
    assert "of lead time" in lanes["sales"]


def test_a_step_that_only_the_log_knows_counts_too() -> None:
    net, findings, _ = measured()

    assert "step-paid" in svg_of(drawing_of(40))
    assert any(step.step not in net.process.steps for step in findings.steps)


def test_an_empty_log_says_that_nothing_has_closed() -> None:
    texts = texts_in(svg_of(drawing_of(0)))

    assert "no closed orders yet" in texts
    assert not [text for text in texts if "NaN" in text or "wait 0" in text]


def test_without_findings_the_plan_is_drawn() -> None:
    net, _, _ = measured(0)

    asked, plan = draw(net, show=Layer.BOTTLENECKS), draw(net, show=Layer.PLAN)

    assert asked == plan


def test_a_title_writes_its_unit_out() -> None:
    assert long_duration(Duration(12 * DAY // 5), "en") == "2.4 days"
    assert long_duration(Duration(5 * HOUR), "en") == "5 hours"
    assert long_duration(HOUR, "en") == "1 h"


def test_a_step_that_took_no_time_at_all_is_a_box_without_a_bar() -> None:
    net, findings, _ = measured()
    none = Duration(0)
    spent = next(step for step in findings.steps if step.step == "check")
    quick = replace(spent, waiting=none, paused=none, service=none, causes={})
    gone = spent.waiting + spent.paused + spent.service
    findings = replace(
        findings,
        steps=tuple(quick if step is spent else step for step in findings.steps),
        lead=Duration(findings.lead - gone),
    )

    svg = svg_of(draw(net, show=Layer.BOTTLENECKS, findings=findings))

    assert "never on the critical path" in texts_in(svg)
