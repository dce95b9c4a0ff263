"""What is committed names no machine, and fits every machine."""

import re

from tests.shape.sources import REPOSITORY, files, text_of

#: Package indexes and folders of one machine, written so that this file has none.
MACHINE = re.compile(
    r"py" + r"pi\.org|python" + r"hosted\.org|registry\.npm" + r"js|deb\.deb" + r"ian"
    r"|/(?:wo" + r"rk|ro" + r"ot|ho" + r"me|fa" + r"rm|Us" + r"ers)/"
)

LARGEST = 1_000_000


def test_no_file_names_a_package_index_or_a_path_of_one_machine() -> None:
    found = [
        f"{name}: {match.group()}"
        for name in files()
        if not _is_binary(name)
        for match in MACHINE.finditer(text_of(name))
    ]

    assert found == []


def test_constraints_are_bare_pins() -> None:
    lines = text_of("constraints.txt").splitlines()

    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert lines == sorted(lines, key=str.lower)


def test_no_file_is_larger_than_a_megabyte() -> None:
    large = [name for name in files() if (REPOSITORY / name).stat().st_size > LARGEST]

    assert large == []


def test_text_ends_with_one_line_end_and_uses_no_carriage_returns() -> None:
    texts = {
        name: text_of(name)
        for name in files()
        if name.endswith((".py", ".md", ".yaml", ".toml", ".lark", ".txt", ".po"))
    }

    assert [name for name, text in texts.items() if "\r" in text] == []
    assert [
        name
        for name, text in texts.items()
        if text and (not text.endswith("\n") or text.endswith("\n\n"))
    ] == []


def _is_binary(name: str) -> bool:
    """As git sees it: a zero byte near the beginning."""
    with (REPOSITORY / name).open("rb") as file:
        return b"\0" in file.read(8000)
