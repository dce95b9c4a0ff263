"""Fields that a step sets as it ends."""

from collections.abc import Mapping

from flowengine.language.nodes import Node
from flowengine.language.reader.conditions import read_rule
from flowengine.language.reader.fields import Fields, entries_of
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page
from flowengine.language.reader.paths import Path, read_path
from flowengine.language.rules import Rule
from flowengine.language.types import DataType, Kind


def read_sets(fields: Fields, names: Names) -> Mapping[Path, Rule]:
    """What `set` says: each field with the rule that gives its value."""
    page = fields.page
    rules = {}
    owner = f"`set` of {fields.owner}"
    example = f"{names.subject or 'order'}.priority: 90"
    for key, value in entries_of(page, fields.get("set"), owner, example):
        found = read_path(page, names, key, "a field of the order")
        if found is None or not is_settable(page, names, key, found):
            continue
        path, data_type = found
        if data_type.kind in (Kind.LIST, Kind.RECORD):
            kind = "list" if data_type.kind is Kind.LIST else "record"
            message = f"`{key.value}` is a {kind}, not a single value"
            page.error(key, "F208", message, "A rule gives one value: set a field.")
            continue
        rule = read_rule(page, names, value, "a rule", data_type)
        if rule:
            rules[path] = rule
    return rules


def is_settable(
    page: Page, names: Names, node: Node, found: tuple[Path, DataType]
) -> bool:
    """Whether a process may write a field: not the number, nothing personal."""
    path, data_type = found
    dotted = ".".join(path)
    if path == names.number:
        message = f"`{dotted}` is the number of the order, which never changes"
        page.error(node, "F208", message, "Set another field.")
        return False
    if data_type.personal:
        message = f"`{dotted}` is personal, so a process cannot set it"
        page.error(node, "F208", message, "Only people and messages give such values.")
        return False
    return True
