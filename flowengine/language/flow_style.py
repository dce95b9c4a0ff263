"""A map in `{ }` written over several lines, where no value is split."""

import re

_OPENING = "[{("
_CLOSING = "]})"
#: Characters of a map that are looked at.
_LONGEST = 4_000


def over_several_lines(text: str, start: int) -> str:
    """Help that shows the map whose `{` stands at `start` as one key per line.

    Pieces without a `key: ` belong to the value before them: that is how a comma or a
    bracket has split it.
    """
    pieces = _pieces(_inside(text, start))
    line_start = max(text.rfind("\n", 0, start) + 1, start - 200)
    owner = text[line_start:start].strip().removeprefix("- ").rstrip()
    indent = "  " if owner.endswith(":") else ""
    lines = [owner] if indent else []
    lines += [f"{indent}{piece}" for piece in pieces]
    first = "Write it over several lines, where commas and brackets are safe:"
    return "\n".join((first, *lines))


def _inside(text: str, start: int) -> str:
    """What stands between the brace at `start` and the one that closes it."""
    text = text[: start + _LONGEST]  # the help is cut in any case
    depth = 0
    for index in range(start, len(text)):
        if text[index] in _OPENING:
            depth += 1
        elif text[index] in _CLOSING:
            depth -= 1
            if depth == 0:
                return text[start + 1 : index]
        elif text[index] == "\n" and depth == 0:
            break
    return text[start + 1 :].partition("\n")[0].rstrip("} ")


def _pieces(inside: str) -> list[str]:
    pieces: list[str] = []
    depth = 0
    begin = 0
    for index, letter in enumerate(f"{inside},"):
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if letter == "," and depth <= 0:
            piece = " ".join(inside[begin:index].split())
            begin = index + 1
            if pieces and not re.match(r"[\w-]+:\s", piece):
                pieces[-1] = f"{pieces[-1]}, {piece}"
            elif piece:
                pieces.append(piece)
    return pieces
