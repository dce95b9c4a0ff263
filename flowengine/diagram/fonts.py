"""The typeface that drawings use, brought along: a machine may have no fonts at all.

Fontconfig reads its configuration once per process, when Graphviz first measures a
text. `prepare_fonts` must run before that; `render` sees to it.
"""

import atexit
import logging
import os
import shutil
import struct
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import font_roboto

LATVIAN_LETTERS = "ĀČĒĢĪĶĻŅŠŪŽāčēģīķļņšūž"

_LOG = logging.getLogger(__name__)
#: Only our typeface, so that no other machine gives other widths.
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="font">
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
  </match>
</fontconfig>
"""


def font_files() -> tuple[Path, Path]:
    """The regular and the bold face."""
    folder = Path(font_roboto.font_directory)
    return folder / "Roboto-Regular.ttf", folder / "Roboto-Bold.ttf"


@cache
def prepare_fonts() -> str:
    """Point fontconfig to our typeface, once per process.

    Returns:
        "" when all is well, else what is wrong and what to do; it is logged too, as
        drawings can still be made with whatever fonts there are.
    """
    problem = _problem()
    if problem:
        _LOG.warning(problem)
        return problem
    folder = Path(tempfile.mkdtemp(prefix="flowengine-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for face in font_files():
        shutil.copy(face, folder)
    configuration = folder / "fonts.conf"
    configuration.write_text(
        _CONFIGURATION.format(fonts=folder, cache=folder / "cache"), encoding="utf-8"
    )
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    return ""


def _problem() -> str:
    for face in font_files():
        with suppress(OSError, struct.error):
            missing = missing_letters(face.read_bytes(), LATVIAN_LETTERS)
            if not missing:
                continue
            return (
                f"Expected Latvian letters in {face.name}, but {missing} are missing. "
                "Install the package font-roboto again."
            )
        return (
            f"Expected the font {face.name}, but it cannot be read. "
            "Install the package font-roboto again; until then text may not fit."
        )
    return ""


def missing_letters(font: bytes, letters: str) -> str:
    """Those of `letters` that a TrueType font has no sign for.

    Reads the `cmap` table in format 4, the one for the Basic Multilingual Plane
    (OpenType 1.9, chapter cmap).

    Raises:
        struct.error: The bytes are no such font.
    """
    ranges = _ranges(font)
    return "".join(
        letter
        for letter in letters
        if not any(first <= ord(letter) <= last for first, last in ranges)
    )


def _ranges(font: bytes) -> list[tuple[int, int]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            return _segments(font, offset)
    return []


def _segments(font: bytes, cmap: int) -> list[tuple[int, int]]:
    (tables,) = struct.unpack_from(">H", font, cmap + 2)
    found: list[tuple[int, int]] = []
    for number in range(tables):
        _, _, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)
        start = cmap + offset
        kind, _, _, doubled = struct.unpack_from(">HHHH", font, start)
        if kind == 4:
            size = doubled // 2
            lasts = struct.unpack_from(f">{size}H", font, start + 14)
            firsts = struct.unpack_from(f">{size}H", font, start + 16 + doubled)
            found += zip(firsts, lasts, strict=True)
    return found
