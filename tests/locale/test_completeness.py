"""Everything that the code shows to people has a Latvian translation."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import flowengine
from flowengine.analysis import Cause
from flowengine.locale import counted_text, translator

PACKAGE = Path(flowengine.__file__).parent
CATALOG = PACKAGE / "locale/lv/LC_MESSAGES/flowengine.po"


def shown_texts() -> Iterator[str]:
    """Every literal text that a module hands to a translator."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = set(_translators(tree))
        for each in ast.walk(tree):
            if isinstance(each, ast.Call):
                yield from _texts_of(each, names)


def counted_nouns() -> Iterator[tuple[str, str]]:
    """Every pair of singular and plural that is counted."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(each, ast.Call) and _name(each.func) == "counted_text":
                match each.args[1:3]:
                    case [ast.Constant(value=str(one)), ast.Constant(value=str(many))]:
                        yield one, many
                    case _:
                        pass


def test_the_code_shows_texts_in_many_places() -> None:
    assert len(set(shown_texts())) > 60
    assert ("order", "orders") in set(counted_nouns())


def test_every_shown_text_is_translated() -> None:
    known = set(translated())

    missing = [text for text in shown_texts() if text not in known]

    assert sorted(set(missing)) == []


def test_every_counted_noun_is_translated() -> None:
    known = {message.id for message in catalog()}

    missing = [pair for pair in counted_nouns() if pair not in known]

    assert sorted(set(missing)) == []


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_of_waiting_has_a_latvian_name(cause: Cause) -> None:
    assert translator("lv")(cause.value) != cause.value


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    shown = {*shown_texts(), *counted_nouns(), *(cause.value for cause in Cause)}

    left = [message.id for message in catalog() if message.id not in {"", *shown}]

    assert left == []


def test_a_counted_noun_is_chosen_from_its_translation() -> None:
    assert counted_text(2, "business day", "business days", "lv") == "2 darba dienas"


def translated() -> Iterator[str]:
    """Texts with a translation; a counted noun alone is its singular."""
    for message in catalog():
        yield message.id if isinstance(message.id, str) else message.id[0]


def catalog() -> Catalog:
    with CATALOG.open("rb") as stream:
        return read_po(stream, locale="lv")


def _translators(tree: ast.Module) -> Iterator[str]:
    """Names that stand for a translator: `_ = translator(lang)`."""
    for each in ast.walk(tree):
        if (
            isinstance(each, ast.Assign)
            and isinstance(each.value, ast.Call)
            and _name(each.value.func) == "translator"
        ):
            yield from (_name(target) for target in each.targets)


def _texts_of(call: ast.Call, names: set[str]) -> Iterator[str]:
    is_direct = (
        isinstance(call.func, ast.Call) and _name(call.func.func) == "translator"
    )
    if is_direct or _name(call.func) in names:
        match call.args:
            case [ast.Constant(value=str(text))]:
                yield text
            case _:
                pass


def _name(expression: ast.expr) -> str:
    return expression.id if isinstance(expression, ast.Name) else ""
