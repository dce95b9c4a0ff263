"""The page about configuration has every setting, as it is."""

from pathlib import Path

from flowengine.configuration import SETTINGS, TABLES, Configuration
from tests.configuration.test_configuration import read
from tests.shape.sources import text_of

PAGE = "docs/reference/configuration.md"


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case ():
            return "none"
        case bool():
            return f"`{str(value).lower()}`"
        case _:
            return f"`{value}`"


def test_every_setting_is_on_the_page_with_its_form_and_default() -> None:
    rows = [
        f"| `{each.key}` | {each.form} | {_shown(each.default)} | {each.about} |"
        for each in SETTINGS
    ]
    rows += [f"| `[{each.section}]` | {each.key} | {each.about} |" for each in TABLES]

    page = text_of(PAGE).splitlines()

    assert [row for row in rows if row not in page] == []


def test_the_defaults_are_those_of_the_values(tmp_path: Path) -> None:
    found = read(tmp_path)
    plain = Configuration()

    assert (found.db, found.lang, found.http, found.worker) == (
        plain.db,
        plain.lang,
        plain.http,
        plain.worker,
    )
