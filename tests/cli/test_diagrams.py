"""`flowengine diagram draw`: a file's plan, and a problem painted on it."""

from tests.cli.terminal import PROCESS, Terminal

#: One branch comes to the join without the other.
STUCK = PROCESS.replace("short: pay", "short: papers")


def test_a_problem_of_the_flow_is_painted_on_the_plan(terminal: Terminal) -> None:
    terminal.write("stuck.yaml", STUCK)

    svg = terminal.done(
        "diagram", "draw", "stuck.yaml", "--problem", "f405", "--out", "-"
    )

    assert "A join waits for what never comes" in svg
    assert "waits for Pack" in svg


def test_the_painted_problem_is_told_in_latvian(terminal: Terminal) -> None:
    terminal.write("stuck.yaml", STUCK)

    svg = terminal.done(
        *("diagram", "draw", "stuck.yaml", "--problem", "F405", "--out", "-"),
        *("--lang", "lv"),
    )

    assert "Sateka gaida to, kas nekad nepienāk" in svg


def test_a_problem_that_the_file_does_not_have_names_those_it_has(
    terminal: Terminal,
) -> None:
    terminal.write("stuck.yaml", STUCK)

    told = terminal.refused(3, "diagram", "draw", "stuck.yaml", "--problem", "F403")

    assert "Expected a problem F403" in told
    assert "F405 (1)" in told


def test_a_number_beyond_the_last_problem_is_not_found(terminal: Terminal) -> None:
    terminal.write("stuck.yaml", STUCK)

    words = ("diagram", "draw", "stuck.yaml", "--problem", "F405", "--number", "2")
    told = terminal.refused(3, *words)

    assert "F405 number 2" in told


def test_a_clean_file_has_no_problem_to_paint(terminal: Terminal) -> None:
    terminal.write("shop.yaml", PROCESS)

    told = terminal.refused(3, "diagram", "draw", "shop.yaml", "--problem", "F405")

    assert "it has none" in told


def test_a_file_that_cannot_be_compiled_has_its_errors_told(terminal: Terminal) -> None:
    terminal.write("odd.yaml", PROCESS.replace("else: pick", "else: pikc"))

    told = terminal.refused(6, "diagram", "draw", "odd.yaml", "--problem", "F405")

    assert "pikc" in told


def test_a_problem_and_a_measured_layer_exclude_each_other(shop: Terminal) -> None:
    told = shop.refused(
        2,
        *("diagram", "draw", "--process", "shop", "--show", "bottlenecks"),
        *("--problem", "F405"),
    )

    assert "Expected --problem with the plan" in told
