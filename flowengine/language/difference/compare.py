"""Comparing two processes: every key of every part, by the fields of the values."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from flowengine.language.difference.change import (
    Change,
    Difference,
    Edit,
    Part,
    What,
)
from flowengine.language.difference.renaming import process_renamed, renamed_steps
from flowengine.language.process import Branch, Process
from flowengine.language.rules import Rule

#: Fields of a process that hold things with names of their own.
_PARTS = {
    "steps": Part.STEP,
    "roles": Part.ROLE,
    "departments": Part.DEPARTMENT,
    "calendars": Part.CALENDAR,
    "data": Part.RECORD,
    "messages": Part.MESSAGE,
    "measure": Part.MEASURE,
}
#: Fields of a process that say which text it is, not what it says.
_IDENTITY = ("version", "digest")
_BRANCHES = ("choose", "choose_all")


def difference(old: Process, new: Process) -> Difference:
    """What changed from one version to another.

    The two may also be processes of different names; then the name is a change too.
    """
    renamed = renamed_steps(old, new)
    before = process_renamed(old, renamed)
    names = {str(now): str(was) for was, now in renamed.items()}
    changes: list[Change] = []
    head = tuple(_edits(before, new, skip=(*_PARTS, *_IDENTITY)))
    if head:
        changes.append(Change(Part.HEAD, new.name, What.CHANGED, edits=head))
    for field, part in _PARTS.items():
        was, now = getattr(before, field), getattr(new, field)
        renamed_here = names if part is Part.STEP else {}
        changes += _changes(part, was, now, renamed_here)
    return Difference(old, new, tuple(changes), renamed)


def _changes(
    part: Part,
    old: Mapping[str, object],
    new: Mapping[str, object],
    renamed: Mapping[str, str],
) -> Iterator[Change]:
    for name in sorted({*old, *new}):
        if name not in new:
            yield Change(part, name, What.REMOVED)
        elif name not in old:
            yield Change(part, name, What.ADDED)
        else:
            yield from _change(part, name, old[name], new[name], renamed.get(name, ""))


def _change(
    part: Part, name: str, old: object, new: object, before: str
) -> Iterator[Change]:
    edits: tuple[Edit, ...]
    if part is Part.MEASURE:
        edits = () if _is_same(old, new) else (Edit("measure", old, new),)
    else:
        edits = tuple(_edits(old, new, skip=("id", "name")))
    if before:
        # The guess says that titles agree, or were both made from the ids.
        edits = tuple(edit for edit in edits if edit.key != "title")
    if before:
        yield Change(part, name, What.RENAMED, before, edits)
    elif edits:
        yield Change(part, name, What.CHANGED, edits=edits)


def _edits(old: object, new: object, skip: tuple[str, ...]) -> Iterator[Edit]:
    """The keys of two values of one kind that are not the same."""
    for each in fields(old):  # type: ignore[arg-type] # every part is a dataclass
        name = each.name
        was, now = getattr(old, name), getattr(new, name)
        if name in skip or not each.compare or _is_same(was, now):
            continue
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from _items(name, was, now)
        elif name in _BRANCHES:
            yield from _branches(name, was, now)
        else:
            yield Edit(name, was, now)


def _is_same(old: object, new: object) -> bool:
    """Rules of one text are one rule, also where the fields they read changed."""
    if isinstance(old, Rule) and isinstance(new, Rule):
        return old.text == new.text
    return old == new


def _items(
    name: str, old: Mapping[object, object], new: Mapping[object, object]
) -> Iterator[Edit]:
    for key in sorted({*old, *new}, key=_item_text):
        if not _is_same(old.get(key), new.get(key)):
            yield Edit(name, old.get(key), new.get(key), _item_text(key))


def _item_text(key: object) -> str:
    return ".".join(key) if isinstance(key, tuple) else str(key)


def _branches(
    name: str, old: tuple[Branch, ...], new: tuple[Branch, ...]
) -> Iterator[Edit]:
    """Branches with one rule are one branch; others are paired by their places."""
    was, now = _by_rule(old), _by_rule(new)
    if len(was) < len(old) or len(now) < len(new):
        yield Edit(name, old, new)
        return
    gone = [rule for rule in was if rule not in now]
    come = [rule for rule in now if rule not in was]
    for rule in was:
        if rule in now and was[rule].arrow != now[rule].arrow:
            yield Edit(name, was[rule].arrow, now[rule].arrow, rule or "else")
    for number in range(max(len(gone), len(come))):
        yield Edit(
            name,
            was[gone[number]] if number < len(gone) else None,
            now[come[number]] if number < len(come) else None,
        )
    if [rule for rule in was if rule in now] != [rule for rule in now if rule in was]:
        yield Edit(f"{name}_order", tuple(was), tuple(now))


def _by_rule(branches: tuple[Branch, ...]) -> dict[str, Branch]:
    return {
        "" if branch.rule is None else branch.rule.text: branch for branch in branches
    }
