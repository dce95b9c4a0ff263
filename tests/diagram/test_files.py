"""Files: the same bytes every time, and what makes them fit for use."""

import os
import re
import subprocess
import sys
from pathlib import Path

import font_roboto
import pytest

from flowengine.diagram import Drawing, Format, Layer, backend, draw, render
from flowengine.diagram.fonts import LATVIAN_LETTERS, font_files, missing_letters
from flowengine.errors import FlowError
from tests.builders import net_of
from tests.diagram.builders import bottleneck_svg, measured, plan_svg

SCRIPT = """
import hashlib, sys
from flowengine.diagram import Format, Layer, draw, render
from tests.diagram.builders import measured
net, findings, work = measured()
for layer in Layer:
    drawing = draw(net, show=layer, findings=findings, work=work)
    for form in Format:
        print(hashlib.sha256(render(drawing, form)).hexdigest())
"""


def drawing() -> Drawing:
    net, findings, _ = measured()
    return draw(net, show=Layer.BOTTLENECKS, findings=findings)


@pytest.mark.parametrize("form", list(Format))
def test_the_same_input_gives_the_same_bytes(form: Format) -> None:
    assert render(drawing(), form) == render(drawing(), form)


def test_another_process_with_other_hashes_gives_the_same_bytes() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Europe/Riga"))
    }

    assert len(outputs) == 1
    assert len(outputs.pop().split()) == len(Layer) * len(Format)


def test_a_pdf_tells_no_time() -> None:
    pdf = render(drawing(), Format.PDF)

    dates = re.findall(rb"/CreationDate \(D:(\d+)", pdf)
    assert dates == [b"20000101000000"]


def test_pictures_on_paper_fit_a4() -> None:
    pdf = render(drawing(), Format.PDF)

    boxes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    assert boxes
    assert all(float(w) <= 595 and float(h) <= 842 for w, h in boxes)


def test_a_pdf_carries_its_typeface() -> None:
    pdf = render(drawing(), Format.PDF)

    faces = set(re.findall(rb"/BaseFont /[A-Z]{6}\+([\w-]+)", pdf))
    assert faces == {b"Roboto-Regular", b"Roboto-Bold"}


def test_the_typeface_has_every_latvian_letter() -> None:
    for face in font_files():
        assert not missing_letters(face.read_bytes(), LATVIAN_LETTERS)


def test_a_letter_that_the_typeface_lacks_is_named() -> None:
    face, _ = font_files()

    assert missing_letters(face.read_bytes(), "A\N{HIRAGANA LETTER A}") == "あ"


def test_both_faces_come_from_the_package() -> None:
    assert all(
        face.is_file() and face.parent == Path(font_roboto.font_directory)
        for face in font_files()
    )


def test_ids_in_the_picture_come_from_step_names() -> None:
    svg = bottleneck_svg()

    ids = re.findall(r'<g id="([^"]+)" class="node"', svg)
    assert {"start", "step-enter", "step-pick", "head-sales"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_svg_names_no_version_of_graphviz() -> None:
    assert "graphviz" not in plan_svg("receive > pack").lower()


def test_without_any_graphviz_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(FlowError, match="Install one of them"):
        backend.run_program("digraph {}", "dot", "svg", {})


def test_the_dot_program_is_the_fallback_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    program = tmp_path / "dot"
    program.write_text('#!/bin/sh\necho drawn "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    drawn = backend.run_program("digraph {}", "nop2", "svg", {"size": "7,11"})

    assert drawn == b"drawn -Knop2 -Tsvg -Gsize=7,11\n"
    assert str(program) in caplog.text


def test_a_program_that_fails_is_quoted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho no luck >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    with pytest.raises(FlowError, match="no luck"):
        backend.run_program("digraph {}", "dot", "svg", {})


def test_drawing_again_gives_an_equal_drawing() -> None:
    net = net_of("receive > pick & label > pack")

    assert draw(net, show=Layer.PLAN) == draw(net, show=Layer.PLAN)


def test_what_graphviz_refuses_is_an_error_and_never_a_gap_in_the_picture() -> None:
    with pytest.raises(FlowError, match="syntax error"):
        backend.run_graphviz(
            "digraph { a [label=<<TABLE><TR></TR></TABLE>>] }", "dot", "svg"
        )
