"""Pictures in Latvian hold no English of ours."""

import ast
from pathlib import Path

import pytest

import flowengine.diagram
from flowengine.diagram import Layer, draw
from flowengine.locale import translator
from tests.diagram.builders import measured, plan_svg, svg_of, texts_in

SOURCES = sorted(Path(flowengine.diagram.__file__).parent.glob("*.py"))


def english_texts() -> set[str]:
    """Every text of the package that is other in Latvian, without its values."""
    latvian = translator("lv")
    found: set[str] = set()
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="_"), args=[ast.Constant(value=str() as text)]
                ) if latvian(text) != text:
                    found |= {part.strip(" ,.:;()") for part in pieces_of(text)}
    return {text for text in found if len(text) > 3}


def pieces_of(text: str) -> list[str]:
    """What stands between the values that are put into a text."""
    return [part.split("}")[-1] for part in text.split("{")]


def test_the_package_shows_many_texts() -> None:
    assert len(english_texts()) > 40


@pytest.mark.parametrize("layer", list(Layer))
def test_a_latvian_picture_holds_no_english_text(layer: Layer) -> None:
    net, findings, work = measured()

    drawing = draw(net, show=layer, findings=findings, work=work, lang="lv")

    shown = set(texts_in(svg_of(drawing)))
    words = " ".join(shown)
    assert not {text for text in english_texts() if text in shown}
    assert not {text for text in english_texts() if " " in text and text in words}


def test_latvian_letters_stay_whole() -> None:
    svg = plan_svg(
        "steps:\n  ask: {title: {en: Ask, lv: Ņemt žāvētas ķiršu šķēles}, "
        "role: clerk, next: done}\n  done: {end: success}\n",
        "lv",
    )

    assert "Ņemt žāvētas ķiršu šķēles" in " ".join(texts_in(svg))
