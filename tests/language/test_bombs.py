"""Files made to cost time or memory are refused before they do."""

import tracemalloc
from collections.abc import Callable

import pytest

from flowengine.language.problems import Severity
from flowengine.language.reader.page import MOST_PROBLEMS
from flowengine.net.check import check_text

#: Bytes that checking a file may need, whatever is in it.
_MOST_MEMORY = 64_000_000

Bomb = Callable[[str], str]


def _steps(right: str, steps: str) -> str:
    """The small process with other steps."""
    return f"{right.partition('steps:')[0]}steps:\n{steps}"


def _many(count: int, line: str) -> str:
    return "".join(line.format(n, n + 1) for n in range(count))


def _rule(right: str, rule: str) -> str:
    return right.replace("order.total > 500 EUR", rule)


def _work(right: str, work: str) -> str:
    return right.replace("pick: {role: clerk", f"pick: {{work: {work}, role: clerk")


#: What is wrong, the code that says so, and how such a file is made.
BOMBS: tuple[tuple[str, str, Bomb], ...] = (
    ("100,000 lines", "F110", lambda right: right + "a: b\n" * 100_000),
    ("19,000 unknown keys", "F117", lambda right: right + _many(19_000, "k{}: b\n")),
    ("one key for ever", "F117", lambda right: right + "a: b\n" * 19_000),
    ("200,000 values in a line", "F110", lambda right: f"a: [{'b,' * 200_000}b]\n"),
    ("20,000 keys without values", "F117", lambda _: f"a: {{{_many(20_000, 'k{},')}}}"),
    (
        "aliases that explode",
        "F107",
        lambda _: "a: &a [x, x]\n" + _many(30, "b{0}: &b{0} [*a, *a, *a, *a]\n"),
    ),
    ("10,000 lists in lists", "F110", lambda _: f"a: {'[' * 10_000}{']' * 10_000}"),
    ("10,000 maps in maps", "F110", lambda _: f"a: {'{a: ' * 10_000}{'}' * 10_000}"),
    ("10,000 dashes", "F110", lambda _: "- " * 10_000),
    ("brackets without end", "F110", lambda _: "[" * 400_000),
    ("question marks", "F110", lambda _: "? " * 200_000),
    ("a quote without end", "F105", lambda _: f'a: "{"x" * 490_000}'),
    (
        "a rule of a million characters",
        "F110",
        lambda right: _rule(right, "order.total > 1 EUR or " * 45_000 + "no"),
    ),
    (
        "a rule of 400,000 characters",
        "F110",
        lambda right: _rule(right, "order.total > 1 EUR or " * 18_000 + "no"),
    ),
    (
        "a rule of 9,000 characters",
        "F306",
        lambda right: _rule(right, "order.total > 1 EUR or " * 400 + "no"),
    ),
    (
        "4,000 brackets in a rule",
        "F306",
        lambda right: _rule(right, "(" * 4_000 + "order.total" + ")" * 4_000),
    ),
    (
        "400 times not",
        "F306",
        lambda right: _rule(right, f"{'not ' * 400}order.total is given"),
    ),
    (
        "quotes in quotes",
        "F301",
        lambda right: _rule(right, "order.number == " + "\"'" * 900),
    ),
    ("blanks before nothing", "F110", lambda right: _work(right, f"3m{' ' * 9_000}x")),
    (
        "blanks before nothing, often",
        "F117",
        lambda right: _steps(
            right, _many(900, f"  s{{}}: {{{{work: 3m{' ' * 450}x, next: s{{}}}}}}\n")
        ),
    ),
    ("to, to, to", "F125", lambda right: _work(right, f"{'1 to ' * 90}mostly")),
    ("nines", "F110", lambda right: _work(right, f"{'9' * 5_000}m")),
    (
        "a number of nines",
        "F123",
        lambda right: right.replace("people: 3", f"people: {'9' * 490}"),
    ),
    (
        "business days of nines",
        "F125",
        lambda right: right.replace("3 days", f"{'9' * 470} business days"),
    ),
    (
        "a path of a thousand parts",
        "F110",
        lambda right: right.replace(
            "papers: {", f"papers: {{asks: [order{'.a' * 1000}], "
        ),
    ),
    (
        "2,000 steps",
        "F110",
        lambda right: _steps(
            right, _many(2_000, "  s{}: {{role: clerk, next: s{}}}\n")
        ),
    ),
    (
        "a thousand steps at once",
        "F110",
        lambda right: _steps(right, f"  a: {{next: [{_many(900, 's{},')}a]}}\n"),
    ),
    (
        "each step to all others",
        "F110",
        lambda right: _steps(
            right,
            _many(
                90, f"  s{{}}: {{{{role: clerk, next: [{_many(90, 's{},')}s90]}}}}\n"
            ),
        ),
    ),
    (
        "900 arrows to nowhere",
        "F117",
        lambda right: _steps(right, _many(900, "  s{}: {{role: clerk, next: q{}}}\n")),
    ),
    (
        "5,000 records",
        "F110",
        lambda right: right.replace(
            "calendars:\n", f"{_many(5_000, '  r{}: {{a: r{}}}' + chr(10))}calendars:\n"
        ),
    ),
    (
        "records doubled 150 times",
        "F110",
        lambda right: right.replace(
            "calendars:\n",
            f"{_many(150, '  r{0}: {{a: r{1}, b: r{1}}}' + chr(10))}"
            "  r150: {a: text}\ncalendars:\n",
        ),
    ),
    (
        "10,000 fields",
        "F110",
        lambda right: right.replace(
            "    total: money\n",
            f"    total: money\n{_many(10_000, '    f{}: text' + chr(10))}",
        ),
    ),
    (
        "a list of lists of lists",
        "F128",
        lambda right: right.replace("list of line", f"{'list of ' * 1_100}text"),
    ),
    (
        "messages that are almost declared",
        "F117",
        lambda right: _steps(
            right, f"  a: {{wait: {{{_many(5_000, 'mes{}: e, ')}z: e}}}}\n"
        ).replace(
            "steps:", f"messages:\n{_many(3_000, '  mess{}: 1' + chr(10))}steps:"
        ),
    ),
    ("a far column", "F110", lambda _: f"{{a: b{' ' * 400_000}c: d}}"),
    ("bells", "F115", lambda _: "a: " + "\x07" * 400_000),
    ("half a character", "F101", lambda _: 'a: "\\ud800"'),
    ("a zone that is a file", "F129", lambda r: r.replace("Europe/Riga", "../passwd")),
    ("a zone that is a folder", "F129", lambda r: r.replace("Europe/Riga", "Europe")),
    (
        "a zone with a zero inside",
        "F129",
        lambda right: right.replace("Europe/Riga", '"Europe\\0Riga"'),
    ),
)


@pytest.mark.parametrize(
    ("code", "bomb"),
    [(code, bomb) for _, code, bomb in BOMBS],
    ids=[name for name, _, _ in BOMBS],
)
def test_a_bomb_is_refused_in_little_memory(
    right_text: str, code: str, bomb: Bomb
) -> None:
    text = bomb(right_text)

    tracemalloc.start()
    try:
        checked = check_text(text, "bomb.yaml")
        memory = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    errors = {
        problem.code
        for problem in checked.problems
        if problem.severity is Severity.ERROR
    }
    assert checked.process is None
    assert code in errors
    assert len(checked.problems) <= 2 * MOST_PROBLEMS + 2
    assert memory < _MOST_MEMORY


def test_what_a_message_quotes_is_cut(right_text: str) -> None:
    text = right_text.replace("role: clerk, next: check-credit", "f" * 9_000 + ": x")

    problems = check_text(text, "long.yaml").problems

    assert problems
    assert max(len(problem.message) for problem in problems) <= 600
    assert max(len(problem.help) for problem in problems) <= 3_000


def test_a_thousand_steps_are_checked(right_text: str) -> None:
    chain = _many(999, "  s{}: {{role: clerk, next: s{}}}\n")
    text = _steps(right_text, f"{chain}  s999: {{end: success}}\n")

    checked = check_text(text, "long.yaml")

    assert checked.process is not None
    assert not checked.has_errors
