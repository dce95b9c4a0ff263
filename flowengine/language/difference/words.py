"""A difference as people read it, and as JSON."""

from collections.abc import Iterator

from flowengine.language.difference.change import (
    Change,
    Difference,
    Edit,
    Part,
    What,
)
from flowengine.language.difference.keys import key_text
from flowengine.language.difference.renaming import process_renamed
from flowengine.language.difference.shown import value_text
from flowengine.language.process import (
    DepartmentId,
    Process,
    RoleId,
    StepId,
)
from flowengine.locale import translator

#: What stands before a change; the picture has the same marks.
MARKS = {What.ADDED: "+", What.REMOVED: "-", What.RENAMED: "=", What.CHANGED: "~"}
_ARROW = "->"


def difference_text(found: Difference, lang: str) -> str:
    """The whole difference, a line for each thing that changed, part by part."""
    _ = translator(lang)
    old, new = found.old, found.new
    lines = [
        f"{old.name} {old.version} {_ARROW} {new.name} {new.version}"
        if old.name != new.name
        else f"{new.name}: {old.version} {_ARROW} {new.version}"
    ]
    if found.is_empty:
        return "\n".join((*lines, _("Nothing changed.")))
    for part, title in _parts(lang).items():
        changes = [change for change in found.changes if change.part is part]
        if changes:
            lines += ["", title]
        for change in changes:
            lines += (f"  {line}" for line in _change_lines(found, change, lang))
    return "\n".join(lines)


def change_text(found: Difference, change: Change, lang: str) -> str:
    """What became of one thing, in one line: `+ Count again (count-again): added`."""
    _ = translator(lang)
    what = {
        What.ADDED: _("added"),
        What.REMOVED: _("removed"),
        What.CHANGED: _("changed"),
        What.RENAMED: _("was called {name}; a guess, as it says the same").format(
            name=change.before
        ),
    }[change.what]
    return f"{MARKS[change.what]} {_name(found, change, lang)}: {what}"


def edit_text(found: Difference, edit: Edit, lang: str) -> str:
    """One key that changed: `SLA: 2 h -> 1 h`."""
    _ = translator(lang)
    key = key_text(edit.key, lang)
    if edit.item:
        key = f"{key} {edit.item}"
    before = process_renamed(found.old, found.renamed)
    was = value_text(before, edit.key, edit.old, lang)
    now = value_text(found.new, edit.key, edit.new, lang)
    if not was and not now:
        return _("{key}: changed").format(key=key)
    if not was:
        return _("{key}: {value}, new").format(key=key, value=now)
    if not now:
        return _("{key}: {value}, gone").format(key=key, value=was)
    if was == now:
        return _("{key}: {value}, written in another way").format(key=key, value=now)
    return f"{key}: {was} {_ARROW} {now}"


def difference_json(found: Difference) -> dict[str, object]:
    """The difference for machines; values as English text, null for none."""
    return {
        "old": _version_json(found.old),
        "new": _version_json(found.new),
        "changes": [_change_json(found, change) for change in found.changes],
    }


def _change_lines(found: Difference, change: Change, lang: str) -> Iterator[str]:
    """A change with its edits; a single edit stands on the same line."""
    if change.what is not What.CHANGED:
        yield change_text(found, change, lang)
        for edit in change.edits:
            yield f"    {edit_text(found, edit, lang)}"
        return
    name = _name(found, change, lang)
    for edit in change.edits:
        yield f"{MARKS[change.what]} {name}: {edit_text(found, edit, lang)}"


def _name(found: Difference, change: Change, lang: str) -> str:
    """What people call it, with its id where that is another word."""
    process = found.old if change.what is What.REMOVED else found.new
    title = _title(process, change, lang)
    plain = change.name.replace("-", " ").lower()
    if not title or title.lower() == plain:
        return title or change.name
    return f"{title} ({change.name})"


def _title(process: Process, change: Change, lang: str) -> str:
    match change.part:
        case Part.STEP:
            return process.steps[StepId(change.name)].title.in_language(lang)
        case Part.ROLE:
            return process.roles[RoleId(change.name)].title.in_language(lang)
        case Part.DEPARTMENT:
            name = DepartmentId(change.name)
            return process.departments[name].title.in_language(lang)
        case Part.HEAD:
            return process.title.in_language(lang)
        case _:
            return ""


def _parts(lang: str) -> dict[Part, str]:
    _ = translator(lang)
    return {
        Part.HEAD: _("Head"),
        Part.STEP: _("Steps"),
        Part.ROLE: _("Roles"),
        Part.DEPARTMENT: _("Departments"),
        Part.CALENDAR: _("Calendars"),
        Part.RECORD: _("Data"),
        Part.MESSAGE: _("Messages"),
        Part.MEASURE: _("Measures"),
    }


def _version_json(process: Process) -> dict[str, object]:
    return {
        "process": process.name,
        "version": process.version,
        "digest": process.digest,
    }


def _change_json(found: Difference, change: Change) -> dict[str, object]:
    return {
        "part": change.part.value,
        "name": change.name,
        "what": change.what.value,
        "before": change.before or None,
        "edits": [
            {
                "key": edit.key,
                "item": edit.item or None,
                "old": value_text(found.old, edit.key, edit.old, "en") or None,
                "new": value_text(found.new, edit.key, edit.new, "en") or None,
            }
            for edit in change.edits
        ],
    }
