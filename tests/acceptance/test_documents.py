"""The reader of pages finds what does not happen as the page says."""

from pathlib import Path

import pytest

from tests.acceptance.documents import differences


def page(folder: Path, body: str) -> Path:
    """A page with one block of commands."""
    path = folder / "page.md"
    path.write_text(f"Text\n\n```console\n{body}\n```\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "body",
    [
        "$ echo one\none",
        "$ printf 'one\\ntwo\\nthree\\n'\none\n…\nthree",
        "$ echo it took 12 ms\nit took … ms",
        "$ false\n$ echo $?\n1",
        "$ name=Anna\n$ echo $name\nAnna",
        "$ echo says nothing of what it prints",
    ],
)
def test_a_page_that_tells_the_truth_has_no_differences(
    tmp_path: Path, body: str
) -> None:
    assert differences(page(tmp_path, body), tmp_path) == []


@pytest.mark.parametrize(
    "body",
    [
        "$ echo one\ntwo",
        "$ printf 'one\\ntwo\\n'\none",
        "$ false",
        "$ exit 3\n$ echo never",
        "$ no-such-command\n…",
    ],
)
def test_a_page_that_is_wrong_is_told_with_its_command(
    tmp_path: Path, body: str
) -> None:
    told = differences(page(tmp_path, body), tmp_path)

    assert told
    assert told[0].startswith("$ ")


def test_a_file_that_a_page_shows_is_written(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        "<!-- file: a.txt -->\n```yaml\nkey: $HOME\n```\n"
        "\n```console\n$ cat a.txt\nkey: $HOME\n```\n",
        encoding="utf-8",
    )

    assert differences(path, tmp_path) == []
