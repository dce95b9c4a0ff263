"""A fault of the flow on the plan: the run in red, and where the order stands."""

import pytest

from flowengine.diagram import draw_problem
from flowengine.diagram.picture import Connector, Node, Picture
from flowengine.diagram.problem import PALE_RED, RED, problem_picture
from flowengine.net.fault import FlowFault
from flowengine.net.flow_check import find_faults
from tests.builders import net_of
from tests.diagram.builders import svg_of, texts_in

STUCK = (
    "steps:\n"
    "  enter: {role: clerk, next: check}\n"
    "  check:\n"
    "    role: clerk\n"
    "    outcomes: {fine: [pick, papers], odd: ask, gone: cancel}\n"
    "  ask: {role: clerk, next: papers}\n"
    "  pick: {role: boss, next: send}\n"
    "  papers: {title: {en: Papers, lv: Dokumenti}, role: clerk, next: send}\n"
    "  send: {title: {en: Send, lv: Sūtīt}, role: boss, join: all, next: done}\n"
    "  done: {end: success}\n"
)
OPEN_WORK = (
    "steps:\n"
    "  enter: {role: clerk, next: [pick, bill]}\n"
    "  pick: {role: boss, next: done}\n"
    "  bill: {role: clerk, next: done}\n"
    "  done: {end: success}\n"
)
TWO_LOOPS = (
    "start: wash\n"
    "steps:\n"
    "  wash: {role: clerk, outcomes: {again: wash, clean: dry}}\n"
    "  dry: {role: boss, outcomes: {again: dry, ready: done}}\n"
    "  done: {end: success}\n"
)
OPENED = (
    "steps:\n"
    "  parts:\n"
    "    choose_all:\n"
    "      - {when: order.paid, next: wrap}\n"
    "      - {when: order.count > 1, next: insure}\n"
    "      - else: done\n"
    "  wrap: {role: clerk, next: done}\n"
    "  insure: {role: boss, next: done}\n"
    "  done: {end: success}\n"
)


def fault_of(text: str, code: str, number: int = 1) -> FlowFault:
    return [f for f in find_faults(net_of(text)) if f.code == code][number - 1]


def drawn(text: str, code: str, lang: str = "en") -> Picture:
    return problem_picture(net_of(text), fault_of(text, code), lang)


def boxes(picture: Picture) -> dict[str, Node]:
    return {node.id.removeprefix("step-"): node for node in picture.nodes}


def arrows(picture: Picture) -> dict[str, Connector]:
    return {line.id.replace("step-", ""): line for line in picture.connectors}


def test_the_run_is_numbered_in_its_order() -> None:
    found = boxes(drawn(STUCK, "F405"))

    badges = {name: node.badge for name, node in found.items() if node.badge}
    assert badges == {"enter": "1", "check": "2", "ask": "3", "papers": "4"}


def test_the_arrows_of_the_run_are_red_and_thick_and_no_others() -> None:
    found = arrows(drawn(STUCK, "F405"))

    red = {name for name, line in found.items() if line.ink == RED}
    assert red == {
        "start--enter",
        "enter--check",
        "check--ask",
        "ask--papers",
        "papers--join-send",
    }
    thin = max(line.width for line in found.values() if line.ink != RED)
    assert all(found[name].width > thin for name in red)


def test_where_the_order_stands_stuck_is_marked_with_what_it_waits_for() -> None:
    found = boxes(drawn(STUCK, "F405"))

    assert found["send"].fill == PALE_RED
    assert found["send"].is_thick
    assert " ".join(found["send"].foot) == "waits for Pick"
    assert [n.id for n in found.values() if n.fill == PALE_RED] == ["step-send"]


def test_the_story_stands_under_the_title() -> None:
    picture = drawn(STUCK, "F405")

    told = " ".join(picture.subtitle)
    assert picture.title.endswith("F405")
    assert (
        "1 Enter \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} 2 Check (odd)" in told
    )
    assert "Then: Send waits for Pick" in told
    assert fault_of(STUCK, "F405").help.split(":")[0] in told


def test_the_story_is_latvian_in_a_latvian_picture() -> None:
    told = " ".join(drawn(STUCK, "F405", "lv").subtitle)

    assert "Sūtīt" in told
    assert "gaida" in told
    assert fault_of(STUCK, "F405").help not in told


def test_an_end_with_work_open_shows_what_is_open() -> None:
    picture = drawn(OPEN_WORK, "F403")

    assert "the order has ended" in " ".join(picture.subtitle)
    found = boxes(picture)
    assert [n for n in found if found[n].fill == PALE_RED] in (["bill"], ["pick"])


def test_a_second_fault_of_one_code_has_its_own_run() -> None:
    net = net_of(TWO_LOOPS)

    first, second = (
        problem_picture(net, fault_of(TWO_LOOPS, "F407", number), "en")
        for number in (1, 2)
    )

    assert first != second


def test_a_fault_without_a_run_marks_its_step() -> None:
    text = (
        "steps:\n  enter: {role: clerk, next: done}\n  odd: {role: clerk, next: done}"
    )
    text += "\n  done: {end: success}\nstart: enter\n"

    found = boxes(drawn(text, "F404"))

    assert found["odd"].fill == PALE_RED


@pytest.mark.parametrize("fault", find_faults(net_of(OPENED)), ids=lambda f: f.code)
def test_branches_opened_together_are_painted_each(fault: FlowFault) -> None:
    picture = problem_picture(net_of(OPENED), fault, "en")

    by_step = {way.step for way in fault.run}
    red = {line.source for line in picture.connectors if line.ink == RED}
    assert ("open-parts" in red) == ("parts" in by_step)


def test_a_fault_is_drawn_with_its_words() -> None:
    net = net_of(STUCK)

    texts = texts_in(svg_of(draw_problem(net, fault_of(STUCK, "F405"))))

    assert "A join waits for what never comes" in texts
    assert "on the run, in this order" in texts


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Then: the order has ended, Papers is still open"),
        ("lv", "Tad: pasūtījums ir beidzies, Dokumenti vēl nav pabeigts"),
    ],
)
def test_work_that_is_left_at_the_end_is_told_as_a_sentence(
    lang: str, words: str
) -> None:
    text = (
        "steps:\n"
        "  enter: {role: clerk, next: [pick, papers]}\n"
        "  pick: {role: boss, next: done}\n"
        "  papers: {title: {en: Papers, lv: Dokumenti}, role: clerk, next: done}\n"
        "  done: {end: success}\n"
    )

    assert words in " ".join(drawn(text, "F403", lang).subtitle)
