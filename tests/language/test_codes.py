"""Codes are explained, and the reference page says the same."""

import re
from pathlib import Path

import pytest

from flowengine.errors import NotFound
from flowengine.language import explain
from flowengine.language.codes import CODES, reference_page

REPOSITORY = Path(__file__).parents[2]


def test_the_reference_is_what_the_codes_say() -> None:
    page = REPOSITORY / "docs" / "reference" / "problems.md"

    assert page.read_text("utf-8") == reference_page()


def test_a_code_is_explained_with_an_example_of_wrong_and_right() -> None:
    told = explain("F106")

    assert told.startswith("error[F106]: a key written twice\n")
    assert "Wrong:\n    pick:\n" in told
    assert "Right:\n    pick:\n" in told


def test_a_code_may_be_written_in_small_letters() -> None:
    assert explain("f106") == explain("F106")


def test_an_unknown_code_is_not_found() -> None:
    with pytest.raises(NotFound, match="Expected the code of a problem, but got"):
        explain("F999")


def test_every_code_in_the_source_is_explained() -> None:
    used = {
        code
        for file in (REPOSITORY / "flowengine").rglob("*.py")
        for code in re.findall(r'"(F[1-7]\d\d)"', file.read_text("utf-8"))
    }

    assert used - set(CODES) == set()


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_page_and_a_fix(code: str) -> None:
    page = (REPOSITORY / "docs" / "reference" / "problems.md").read_text("utf-8")
    section = page.partition(f"### {code}: ")[2].partition("### F")[0]

    assert f"Right:\n\n```yaml\n{CODES[code].right_example()}\n```" in section


def test_every_code_is_a_whole_entry() -> None:
    for code in CODES.values():
        assert re.fullmatch(r"F[1-7]\d\d", code.code)
        assert code.title
        assert code.paragraphs()
        assert code.wrong_example() != code.right_example()
