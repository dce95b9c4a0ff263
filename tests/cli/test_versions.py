"""`flowengine process diff`: files and stored versions, in words and as a picture."""

import json

from tests.cli.terminal import PROCESS, Terminal

#: The next version of the shop: less time to pick, and a step more.
NEXT = (
    PROCESS.replace("version: 1", "version: 2")
    .replace("sla: 2h", "sla: 1h")
    .replace("ok: [pack, papers]", "ok: [wrap, papers]")
    .replace(
        "  pack: {title",
        "  wrap: {title: {en: Wrap, lv: Ietīt}, role: picker, next: pack}\n"
        "  pack: {title",
    )
)


def test_two_files_are_compared_in_words(terminal: Terminal) -> None:
    terminal.write("one.yaml", PROCESS)
    terminal.write("two.yaml", NEXT)

    told = terminal.done("process", "diff", "one.yaml", "two.yaml")

    assert told.startswith("shop: 1 -> 2\n")
    assert "~ Pick: SLA: 2 h -> 1 h" in told
    assert "+ Wrap: added" in told
    assert "outcome ok: Pack + Papers -> Wrap + Papers" in told


def test_the_words_are_latvian_where_asked_for(terminal: Terminal) -> None:
    terminal.write("one.yaml", PROCESS)
    terminal.write("two.yaml", NEXT)

    told = terminal.done("process", "diff", "one.yaml", "two.yaml", "--lang", "lv")

    assert "+ Ietīt (wrap): pievienots" in told


def test_a_file_is_compared_with_a_stored_version(shop: Terminal) -> None:
    shop.write("two.yaml", NEXT)
    shop.done("process", "add", "two.yaml")

    told = shop.done("process", "diff", "shop@1", "shop@2", "--format", "json")

    assert json.loads(told)["old"]["version"] == 1
    assert "Nothing changed." in shop.done("process", "diff", "shop", "two.yaml")


def test_a_version_that_is_not_stored_is_not_found(shop: Terminal) -> None:
    told = shop.refused(3, "process", "diff", "shop@1", "shop@7")

    assert "shop version 7" in told


def test_both_versions_are_drawn_on_one_plan(terminal: Terminal) -> None:
    terminal.write("one.yaml", PROCESS)
    terminal.write("two.yaml", NEXT)

    terminal.done("process", "diff", "one.yaml", "two.yaml", "--out", "both.svg")

    svg = (terminal.folder / "both.svg").read_text(encoding="utf-8")
    assert "steps added: 1" in svg


def test_a_picture_of_no_known_ending_is_a_matter_of_usage(terminal: Terminal) -> None:
    terminal.write("one.yaml", PROCESS)

    words = ("process", "diff", "one.yaml", "one.yaml", "--out", "a.doc")
    told = terminal.refused(2, *words)

    assert "it ends in 'doc'" in told
