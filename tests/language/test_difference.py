"""What changed between two versions: nothing is missed, nothing is made up."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from flowengine.language.difference import (
    Change,
    Difference,
    Part,
    What,
    difference,
    difference_json,
    difference_text,
    edit_text,
)
from flowengine.language.difference.keys import key_text
from flowengine.language.process import Process, Step, StepId, Title
from tests.builders import process_of

ROOT = Path(__file__).parents[2]
FILES = (
    *sorted((ROOT / "processes").glob("*.yaml")),
    ROOT / "tests" / "diagram" / "every-kind.yaml",
)


def read(path: Path) -> Process:
    text = path.read_text(encoding="utf-8")
    return process_of(text[text.index("process:") :])


WHOLE = read(FILES[-1])
TEXT = FILES[-1].read_text(encoding="utf-8")
TEXT = TEXT[TEXT.index("process:") :]


def changed(*pairs: tuple[str, str]) -> Difference:
    """What differs once some texts of the file are others."""
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return difference(WHOLE, process_of(text))


def mutations() -> Iterator[tuple[str, StepId, Step]]:
    """Every step with one field as some other step has it."""
    steps = list(WHOLE.steps.values())
    for each in fields(Step):
        if each.name == "id" or not each.compare:
            continue
        for step in steps:
            mine = getattr(step, each.name)
            others = (getattr(other, each.name) for other in steps)
            donor = next((value for value in others if value != mine), mine)
            if donor != mine:
                yield each.name, step.id, replace(step, **{each.name: donor})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_process_does_not_differ_from_itself(path: Path) -> None:
    process = read(path)

    found = difference(process, process)

    assert found.is_empty
    assert "Nothing changed." in difference_text(found, "en")


def test_every_key_of_every_step_is_seen_and_names_the_step() -> None:
    seen: set[str] = set()
    for field, name, step in mutations():
        found = difference(WHOLE, replace(WHOLE, steps={**WHOLE.steps, name: step}))

        assert [(c.part, c.name, c.what) for c in found.changes] == [
            (Part.STEP, name, What.CHANGED)
        ], field
        keys = {edit.key.removesuffix("_order") for edit in found.changes[0].edits}
        assert keys == {field}
        seen.add(field)

    assert seen == {f.name for f in fields(Step) if f.compare and f.name != "id"} - {
        *("skip_when", "skip_as", "messages", "wait_for", "timeout"),
        *("about", "public_status", "epcis"),
    }


def test_every_change_of_a_key_is_told_in_words_that_differ() -> None:
    for field, name, step in mutations():
        found = difference(WHOLE, replace(WHOLE, steps={**WHOLE.steps, name: step}))

        for lang in ("en", "lv"):
            for edit in found.changes[0].edits:
                told = edit_text(found, edit, lang)
                assert key_text(edit.key, lang) in told
                assert "another way" not in told, (field, name)
                assert told == edit_text(found, edit, lang)


def test_every_key_of_a_step_a_role_and_the_head_has_a_name_for_people() -> None:
    for owner in (Step, type(WHOLE.roles[next(iter(WHOLE.roles))]), Process):
        for each in fields(owner):
            if each.compare and each.name not in NAMED_BY_THEMSELVES:
                assert key_text(each.name, "lv") != each.name, each.name


#: What is compared by its own names, or says which text it is.
NAMED_BY_THEMSELVES = {
    *("id", "version", "digest", "steps", "roles", "departments", "calendars"),
    *("data", "messages"),
}


def test_a_new_description_of_a_department_is_told_in_both_languages() -> None:
    name = next(iter(WHOLE.departments))
    about = Title("Sells.", "Pārdod.")
    department = replace(WHOLE.departments[name], about=about)
    departments = {**WHOLE.departments, name: department}

    found = difference(WHOLE, replace(WHOLE, departments=departments))

    assert "Sells. / Pārdod." in difference_text(found, "en")


def test_comments_order_and_the_version_number_are_no_changes() -> None:
    lines = TEXT.splitlines()
    at = lines.index("roles:")
    moved = [*lines[: at + 1], lines[at + 3], lines[at + 1], lines[at + 2]]
    text = "\n".join([*moved, *lines[at + 4 :], "# the end"])

    found = difference(WHOLE, process_of(text.replace("version: 3", "version: 9")))

    assert found.is_empty
    assert difference_text(found, "en").startswith("whole-language: 3 -> 9")


def test_an_added_and_a_removed_step_are_told_apart() -> None:
    found = changed(
        ("next: rest}", "next: dispatch}"),
        ("  rest: {title: {en: Wait for the day, lv: Gaidīt dienu}, ", "  # {"),
        (
            "  done: {title",
            "  extra: {role: clerk, department: transport, next: done}\n  done: {title",
        ),
    )

    what = {c.name: c.what for c in found.changes}
    assert what == {
        "rest": What.REMOVED,
        "extra": What.ADDED,
        "tell": What.CHANGED,
    }


def test_the_same_content_under_another_id_is_guessed_to_be_renamed() -> None:
    found = changed(("insure", "cover"))

    (change,) = found.changes
    assert change == Change(Part.STEP, "cover", What.RENAMED, "insure")
    assert "a guess" in difference_text(found, "en")
    assert "minējums" in difference_text(found, "lv")


def test_two_steps_that_say_the_same_are_not_guessed_at() -> None:
    found = changed(
        ("  wrap: {title: {en: Wrap gift, lv: Iesaiņot dāvanu}, ", "  one: {"),
        ("next: wrap", "next: one"),
    )

    assert {c.what for c in found.changes} == {
        What.ADDED,
        What.REMOVED,
        What.CHANGED,
    }


def test_a_rule_that_changed_stands_with_both_texts() -> None:
    found = changed(("total > 5000 EUR", "total > 900 EUR"))

    text = difference_text(found, "en")
    assert "total > 5000 EUR: Insure -> total > 900 EUR: Insure" in text


def test_an_sla_that_changed_is_told_in_both_languages() -> None:
    found = changed(("sla: 2h", "sla: 90m"))

    assert "~ Pick: SLA: 2 h -> 1.5 h" in difference_text(found, "en")
    assert "~ Komplektēt (pick): SLA: 2 h -> 1,5 h" in difference_text(found, "lv")


def test_heads_are_compared_key_by_key() -> None:
    found = changed(
        ("people: 8", "people: 9"),
        ("promise: 2 business days of office", "promise: 30h"),
        ('hours: "09:00-18:00"', 'hours: "08:00-17:00"'),
        ("    gift: yes/no\n", "    gift: optional yes/no\n"),
        ("en: Warehouse, lv: Noliktava", "en: Store, lv: Noliktava"),
    )

    told = difference_text(found, "en")
    assert "~ Picker: people: 8 -> 9" in told
    assert "promise: 2 business days (office) -> 30 h" in told
    assert "~ office: hours: 09:00-18:00 -> 08:00-17:00" in told
    assert "~ order: field gift: yes/no -> optional yes/no" in told
    assert "title: Warehouse / Noliktava -> Store / Noliktava" in told


def test_what_on_cancel_does_is_compared() -> None:
    found = changed(("until: dispatch", "until: pack"))

    assert "until Dispatch -> " in difference_text(found, "en")


def test_changes_come_sorted_by_part_and_name() -> None:
    found = changed(("sla: 2h", "sla: 1h"), ("sla: 15m", "sla: 20m"))

    order = [(list(Part).index(c.part), c.name) for c in found.changes]
    assert order == sorted(order)
    assert [c.name for c in found.changes] == ["enter", "pick"]


def test_machines_get_the_same_changes_in_english() -> None:
    found = changed(("sla: 2h", "sla: 1h"))

    assert difference_json(found)["changes"] == [
        {
            "part": "step",
            "name": "pick",
            "what": "changed",
            "before": None,
            "edits": [{"key": "sla", "item": None, "old": "2 h", "new": "1 h"}],
        }
    ]
