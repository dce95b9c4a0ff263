"""From the bytes of a CSV file to its rows, whoever wrote it."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flowengine.errors import InvalidInput

#: A file above this size, in bytes, is refused before it is read.
LARGEST_FILE = 64 * 1024 * 1024
#: More rows than this are refused.
MOST_ROWS = 1_000_000
#: More columns than this are refused.
MOST_COLUMNS = 1_000

DELIMITERS = (";", ",", "\t", "|")

#: Byte order marks, longest first, and how to read what follows.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text without blanks around it, and the line it begins in."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something wrong with a sheet, and where."""

    line: int
    #: The name of the column, where it is about one cell.
    column: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its header and its rows that hold anything.

    A row may be shorter than the header: Excel leaves out delimiters at the end of a
    row, so a missing cell is an empty one.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def read_sheet(
    content: bytes,
    path: str,
    known: Callable[[str], bool],
    encoding: str | None = None,
) -> Sheet:
    """Read a CSV file: UTF-8, UTF-16 or Windows-1257, any of `DELIMITERS`.

    Args:
        content: The file.
        path: How errors call it.
        known: Whether a text names a column; this is what the delimiter is known by.
        encoding: The encoding, where it is not to be guessed.

    Raises:
        InvalidInput: It is too large, no text, without a header that `known` knows,
            or its quotes do not close.
    """
    if len(content) > LARGEST_FILE:
        raise InvalidInput(
            f"{path}: Expected at most {LARGEST_FILE >> 20} MiB,"
            f" but the file has {-(-len(content) >> 20)} MiB; split it."
        )
    text = _decoded(content, path, encoding)
    first_line, body, delimiter = _declared_delimiter(text)
    if delimiter is None:
        delimiter = _guessed_delimiter(body, path, known)
    rows = list(_rows(body, delimiter, path, first_line))
    if not rows:
        raise InvalidInput(
            f"{path}:1: Expected a line with the names of the columns,"
            " but the file is empty."
        )
    header, *others = rows
    if len(header) > MOST_COLUMNS:
        raise InvalidInput(
            f"{path}:{header[0].line}: Expected at most {MOST_COLUMNS} columns,"
            f" but got {len(header)}."
        )
    return Sheet(header, tuple(others))


def _decoded(content: bytes, path: str, encoding: str | None) -> str:
    """The text of a file; a byte order mark decides, then what can be read."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _text(content[len(mark) :], path, name)
    if encoding is not None:
        return _text(content, path, encoding)
    unmarked = _unmarked_utf_16(content)
    if unmarked is not None:
        return _text(content, path, unmarked)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _text(content, path, "cp1257")
    # An A with macron before a dash in Windows-1257 happens to be UTF-8 for a control
    # character that nobody writes.
    if any("\x80" <= character <= "\x9f" for character in text):
        return _text(content, path, "cp1257")
    return _checked(text, path)


def _unmarked_utf_16(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of a header is zero."""
    start = content[:64]
    if len(start) < 2 or b"\0" not in start:
        return None
    if not any(start[0::2]):
        return "utf-16-be"
    return None if any(start[1::2]) else "utf-16-le"


def _text(content: bytes, path: str, encoding: str) -> str:
    try:
        return _checked(content.decode(encoding), path)
    except LookupError as error:
        raise InvalidInput(
            f"{path}: Expected an encoding such as utf-8, utf-16 or windows-1257,"
            f" but got {encoding!r}."
        ) from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidInput(
            f"{path}:{line}: Expected text in UTF-8, UTF-16 or Windows-1257,"
            f" but byte 0x{content[error.start]:02x} is none of them;"
            " save the file as CSV UTF-8."
        ) from error


def _checked(text: str, path: str) -> str:
    """`text`, unless it holds what only a file of another kind does."""
    text = text.removeprefix("\ufeff")
    zero = text.find("\0")
    if zero >= 0:
        line = text[:zero].count("\n") + 1
        raise InvalidInput(
            f"{path}:{line}: Expected a CSV file, but it holds a zero byte;"
            " save the sheet as CSV UTF-8."
        )
    return text


def _declared_delimiter(text: str) -> tuple[int, str, str | None]:
    """Excel's own first line `sep=;`: the line the table begins in, rest, delimiter."""
    head, body = _first_line(text)
    declared = head.strip('"').casefold().removeprefix("sep=")
    if head.strip('"').casefold().startswith("sep=") and declared in DELIMITERS:
        return 2, body, declared
    return 1, text, None


def _first_line(text: str) -> tuple[str, str]:
    lines = io.StringIO(text, newline="")
    head = lines.readline()
    return head.rstrip("\r\n"), text[len(head) :]


def _guessed_delimiter(text: str, path: str, known: Callable[[str], bool]) -> str:
    """The delimiter by which the header names most columns that are known."""
    scores = {
        delimiter: _known_columns(text, delimiter, path, known)
        for delimiter in DELIMITERS
    }
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if scores[best] == 0 and text.strip():
        head = _first_line(text.lstrip())[0]
        raise InvalidInput(
            f"{path}:1: Expected a line with the names of columns such as"
            f" `number`, but got {head[:80]!r}."
        )
    return best


def _known_columns(
    text: str, delimiter: str, path: str, known: Callable[[str], bool]
) -> int:
    try:
        header = next(_rows(text, delimiter, path, 1), ())
    except InvalidInput:
        return 0
    return sum(1 for cell in header if known(cell.text))


def _rows(
    text: str, delimiter: str, path: str, first_line: int
) -> Iterator[tuple[Cell, ...]]:
    """The rows that hold anything, as cells with their lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, count = first_line, 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise InvalidInput(
                f"{path}:{line}: Expected a row with its quotes closed and its"
                f" cells short, but {error}."
            ) from error
        if row is None:
            return
        if any(value.strip() for value in row):
            count += 1
            if count > MOST_ROWS:
                raise InvalidInput(
                    f"{path}:{line}: Expected at most {MOST_ROWS} rows; split the file."
                )
            yield tuple(_cells(row, line))
        line = first_line + reader.line_num


def _cells(row: Sequence[str], line: int) -> Iterator[Cell]:
    for value in row:
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        yield Cell(text.strip(), line)
        line += text.count("\n")
