"""The plan layer: what was written, and nothing else."""

import pytest

from tests.diagram.builders import lanes_text, plan_svg, texts_in

CONDITIONS = (
    "steps:\n"
    "  check:\n"
    "    title: {en: Check order, lv: Pārbaudīt pasūtījumu}\n"
    "    role: clerk\n"
    "    work: 1m to 8m mostly 3m\n"
    "    sla: 4h\n"
    "    skip_when: order.count <= 5\n"
    "    choose:\n"
    "      - {when: order.paid is given and order.paid, next: rest}\n"
    "      - else: done\n"
    "  rest:\n"
    "    wait: {paid: done}\n"
    "    timeout: {after: 3 days, next: late}\n"
    "  done: {end: success}\n"
    "  late: {end: failure}\n"
    "messages: {paid: {match: order.number}}\n"
)


def test_a_box_says_who_how_long_and_by_when() -> None:
    texts = texts_in(plan_svg(CONDITIONS))

    assert "Check order" in texts
    assert "work 1 \N{EN DASH} 8 min · SLA 4 h" in texts
    assert "skipped if count <= 5" in texts


def test_arrows_carry_conditions_messages_and_timers() -> None:
    texts = texts_in(plan_svg(CONDITIONS))

    assert {"paid", "else", "after 3 d"} <= set(texts)


def test_the_whole_rule_stands_in_the_drawing_for_screen_readers() -> None:
    svg = plan_svg(CONDITIONS)

    assert 'role="img"' in svg
    assert '<title id="picture-title">Sample</title>' in svg
    assert '<desc id="picture-description">' in svg


@pytest.mark.parametrize(
    ("lang", "head", "step"),
    [
        ("en", "Sold by hand.", "See the address."),
        ("lv", "Pārdots no rokas.", "Redzēt adresi."),
    ],
)
def test_descriptions_are_in_the_language_asked_for(
    lang: str, head: str, step: str
) -> None:
    text = CONDITIONS.replace(
        "    role: clerk\n",
        "    role: clerk\n    about: {en: See the address., lv: Redzēt adresi.}\n",
    )
    about = "about: {en: Sold by hand., lv: Pārdots no rokas.}\n"

    svg = plan_svg(about + text, lang)

    assert head in texts_in(svg)
    assert step in svg


def test_titles_are_in_the_language_asked_for() -> None:
    texts = " ".join(texts_in(plan_svg(CONDITIONS, "lv")))

    assert "Pārbaudīt" in texts
    assert "Paraugs" in texts
    assert "Check order" not in texts


@pytest.mark.parametrize("count", [1, 2, 8])
def test_every_department_is_a_lane_of_one_height(count: int) -> None:
    svg = plan_svg(lanes_text(count))

    lanes = svg.count('class="cluster"')
    heads = [text for text in texts_in(svg) if text.startswith("Dept ")]
    assert lanes == count
    assert sorted(heads) == [f"Dept d{number}" for number in range(count)]


def test_a_process_without_departments_is_drawn_too() -> None:
    text = (
        "process: bare\nversion: 1\ntitle: {en: Bare, lv: Kails}\nfor: order\n"
        "number: order.number\ndata: {order: {number: text}}\n"
        "steps:\n"
        "  rest: {wait: 2h, next: done}\n"
        "  done: {end: success}\n"
    )

    assert "waits 2 h" in texts_in(plan_svg(text))


def test_signs_of_markup_in_titles_are_only_text() -> None:
    title = """A & B < C > "D" 'E' \\\\N"""
    svg = plan_svg(
        f"steps:\n  odd: {{title: {{en: '{title.replace(chr(39), chr(39) * 2)}', "
        "lv: x}, role: clerk, next: done}\n  done: {end: success}\n"
    )

    assert title in " ".join(texts_in(svg))


def test_a_very_long_word_is_broken_to_fit_its_box() -> None:
    svg = plan_svg(
        f"steps:\n  odd: {{title: {{en: {'x' * 60}, lv: x}}, role: clerk, next: done}}"
        "\n  done: {end: success}\n"
    )

    pieces = [text for text in texts_in(svg) if set(text) == {"x"}]
    assert "".join(pieces) == "x" * 60
    assert max(map(len, pieces)) < 25
