"""The reference page says what the commands say."""

from flowengine.cli.reference import reference


def test_every_command_has_its_usage_and_options() -> None:
    page = reference()

    assert "### flowengine task done\n" in page
    assert "flowengine task done [OPTIONS] REF [OUTCOME]\n" in page
    assert "| `--answer FIELD=VALUE` | " in page
    assert "| 130 | interrupted |" in page


def test_a_choice_does_not_break_its_table() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("| `--lang")]

    assert rows
    assert all(row.count("|") - row.count("\\|") == 3 for row in rows)
