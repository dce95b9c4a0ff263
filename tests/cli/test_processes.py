"""Processes in a terminal: written, checked, explained, shown."""

import json

import pytest

from tests.cli.terminal import PROCESS, Terminal


def test_a_new_process_is_clean(terminal: Terminal) -> None:
    told = terminal.done("process", "new", "first")

    assert told == "first.yaml is written. Next: flowengine process check first.yaml\n"
    assert terminal.run("process", "check", "first.yaml").stderr == (
        "1 file checked: clean.\n"
    )


@pytest.mark.parametrize("like", ["order-to-delivery", "return"])
def test_a_new_process_may_begin_with_a_reference(
    terminal: Terminal, like: str
) -> None:
    terminal.done("process", "new", "ours", "--like", like)

    assert "process: ours\n" in (terminal.folder / "ours.yaml").read_text("utf-8")
    assert terminal.done("process", "check", "ours.yaml") == ""


def test_a_file_that_is_there_is_never_overwritten(terminal: Terminal) -> None:
    terminal.write("first.yaml", "mine")

    told = terminal.refused(4, "process", "new", "first")

    assert told.startswith("Expected first.yaml to be new, but it is there already")
    assert (terminal.folder / "first.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize("words", [("1 2",), ("x", "--like", "nothing")])
def test_a_process_that_cannot_be_written_is_refused(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    result = terminal.run("process", "new", *words)

    assert result.exit_code in {3, 4}
    assert result.stderr.startswith("Expected ")
    assert list(terminal.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (("process: shop", "process: shop: x"), "F1", 1),
        (("  order:\n    number", "  order:\n\tnumber"), "F1", 11),
        (("version: 1\n", "version: 1\nversion: 2\n"), "F106", 3),
        (("asks: [order.credit]", "asks: [order.kredit]"), "F2", 33),
        (("order.credit == refused", "order.total == 3 kg"), "F3", 36),
        (("    role: credit\n    sla: 4h", "    role: kredit\n    sla: 4h"), "F2", 31),
        (("next: hand-over}\n  papers", "next: delivered}\n  papers"), "F4", None),
    ],
)
def test_a_wrong_file_ends_with_6_and_located_problems(
    terminal: Terminal, change: tuple[str, str], code: str, line: int | None
) -> None:
    terminal.write("shop.yaml", PROCESS.replace(*change, 1))

    result = terminal.run("process", "check", "shop.yaml")
    machine = terminal.run("process", "check", "shop.yaml", "--json")

    assert result.exit_code == machine.exit_code == 6
    assert f"error[{code}" in result.stdout
    found = json.loads(machine.stdout)
    assert found[0]["code"].startswith(code)
    assert line is None or found[0]["line"] == line
    assert set(found[0]) == {
        *("code", "severity", "path", "line", "column", "message", "help")
    }


def test_several_files_are_checked_at_once_and_stdin_too(terminal: Terminal) -> None:
    terminal.write("good.yaml", PROCESS)
    terminal.write("bad.yaml", "process: [")

    result = terminal.run("process", "check", "good.yaml", "bad.yaml")
    piped = terminal.run("process", "check", "-", given=PROCESS)

    assert result.exit_code == 6
    assert "--> bad.yaml:1:" in result.stdout
    assert piped.exit_code == 0


def test_problems_are_told_to_github(terminal: Terminal) -> None:
    terminal.write("bad.yaml", PROCESS.replace("role: picker", "role: pikcer", 1))

    result = terminal.run("process", "check", "bad.yaml", "--format", "github")

    assert result.exit_code == 6
    assert result.stdout.startswith("::error file=bad.yaml,line=")


def test_a_file_that_is_not_there_is_a_matter_of_usage(terminal: Terminal) -> None:
    told = terminal.refused(2, "process", "check", "missing.yaml")

    assert told.startswith(
        "Expected a file missing.yaml, but it cannot be read: no such"
    )


def test_a_file_that_is_not_utf_8_is_located(terminal: Terminal) -> None:
    (terminal.folder / "shop.yaml").write_bytes(PROCESS.encode("cp1257"))

    result = terminal.run("process", "check", "shop.yaml")

    assert result.exit_code == 6
    assert result.output.startswith("error[F115]: a byte that is not UTF-8: 0x")
    assert "--> shop.yaml:3:" in result.output


def test_a_wrong_file_is_not_kept_and_opens_nothing(shop: Terminal) -> None:
    shop.write("bad.yaml", PROCESS.replace("role: picker", "role: pikcer", 1))

    added = shop.refused(6, "process", "add", "bad.yaml")
    opened = shop.refused(6, "order", "open", "bad.yaml", "--as", "anna")

    assert "error[F2" in added
    assert "--> bad.yaml:" in opened


def test_the_same_file_is_kept_once_and_another_needs_another_version(
    shop: Terminal,
) -> None:
    shop.done("process", "add", "shop.yaml")
    shop.write("other.yaml", PROCESS.replace("sla: 4h", "sla: 5h"))

    told = shop.refused(5, "process", "add", "other.yaml")

    assert "write `version: 2`" in told
    assert len(json.loads(shop.done("process", "list", "--json"))) == 1


@pytest.mark.parametrize("source", ["shop.yaml", "shop"])
def test_a_process_is_shown_from_a_file_or_the_database(
    shop: Terminal, source: str
) -> None:
    page = shop.done("process", "show", source, "--lang", "lv")
    machine = json.loads(shop.done("process", "show", source, "--json"))

    assert "Komplektēt" in page
    assert "ok: Iepakot + Dokumenti; short: Gaidīt maksu" in page
    assert machine["start"] == "check"
    assert machine["steps"][1]["leads"] == [
        {"by": "ok", "to": ["pack", "papers"]},
        {"by": "short", "to": ["pay"]},
    ]


def test_a_process_that_nobody_knows_is_not_found(shop: Terminal) -> None:
    told = shop.refused(3, "process", "show", "nothing")

    assert told.startswith("Expected process nothing in the database, but it has shop")


def test_a_code_is_explained(terminal: Terminal) -> None:
    assert "unknown field" in terminal.done("explain", "f201")
    assert terminal.refused(3, "explain", "F999").startswith("Expected the code")


def test_the_schema_is_json(terminal: Terminal) -> None:
    schema = json.loads(terminal.done("process", "schema"))

    assert "steps" in schema["properties"]
