"""One file to one `Process`, with every problem of form and name on the way."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flowengine.language.nodes import MapNode, TextNode
from flowengine.language.position import NOWHERE, Position
from flowengine.language.problems import Problem, Severity
from flowengine.language.process import Process, StepId
from flowengine.language.reader.cancelling import read_cancelling
from flowengine.language.reader.company import (
    read_calendars,
    read_departments,
    read_roles,
)
from flowengine.language.reader.data_types import read_records
from flowengine.language.reader.fields import Fields, fields_of
from flowengine.language.reader.heads import (
    HEAD_KEYS,
    read_currency,
    read_heads,
    read_subject,
)
from flowengine.language.reader.links import (
    find_start,
    tell_unused,
    with_departments,
    with_messages,
)
from flowengine.language.reader.names import Names
from flowengine.language.reader.page import Page, TooManyProblems
from flowengine.language.reader.steps import read_steps
from flowengine.language.reader.values import (
    read_about,
    read_id,
    read_title,
    read_whole_number,
)
from flowengine.language.source import normal_text, read_source

_GROUPS = ("steps", "roles", "departments", "calendars", "messages", "data")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: a process unless there are errors, and all problems."""

    process: Process | None
    #: In the order of the file.
    problems: tuple[Problem, ...] = ()
    #: What could be read in spite of errors, to tell more of them; no order runs by it.
    draft: Process | None = None


def read_process(text: str, path: str) -> Reading:
    """Read a process file; never raises on what stands in it.

    `path` only names the file in problems.
    """
    normal = normal_text(text)
    source = read_source(normal, path)
    page = Page(path, normal)
    process = None
    if source.root is None and not source.problems:
        page.error(
            NOWHERE, "F116", "the file is empty", "Start with `process: my-name`."
        )
    elif source.root is not None and not isinstance(source.root, MapNode):
        help_text = "Start with `process: my-name`."
        page.error(
            source.root, "F116", "a process starts with keys and values", help_text
        )
    elif source.root is not None:
        at = source.root.entries[0][0].at if source.root.entries else NOWHERE
        process = _read_root(page, source.root, at, text)
    problems = _in_file_order(source.problems, page.problems)
    has_errors = any(problem.severity is Severity.ERROR for problem in problems)
    return Reading(None if has_errors else process, problems, process)


def _read_root(page: Page, root: MapNode, at: Position, text: str) -> Process | None:
    try:
        heads = fields_of(page, root, "a process", at, HEAD_KEYS)
        return _read_fields(heads, text)
    except TooManyProblems:
        return None


def _in_file_order(
    of_source: tuple[Problem, ...], of_page: list[Problem]
) -> tuple[Problem, ...]:
    """All problems once; on a line that YAML has misread only what it misread."""
    misread = {problem.line for problem in of_source}
    told = (problem for problem in of_page if problem.line not in misread)
    return tuple(sorted({*of_source, *told}))


def _read_fields(fields: Fields, text: str) -> Process | None:
    """The process, or None where something it cannot be without is missing."""
    page = fields.page
    names = _read_names(fields)
    departments = read_departments(page, fields.get("departments"))
    roles = read_roles(page, names, fields.get("roles"))
    heads = read_heads(fields, names)
    written = read_steps(page, names, fields.required("steps", "{…}"))
    cancelling = read_cancelling(fields, names, written)
    steps = cancelling.steps
    name = read_id(
        page, fields.required("process", "my-process"), "the id of a process"
    )
    version_node = fields.required("version", "1")
    version = read_whole_number(page, version_node, "`version`", 1)
    start = heads.start or find_start(steps, cancelling.on_cancel)
    if start is None and written:
        _tell_no_start(fields)
    messages = with_messages(page, names, steps, heads.messages, heads.number or ())
    tell_unused(page, names)
    if name is None or version is None or heads.number is None or start is None:
        return None
    return Process(
        name=name,
        version=version,
        title=read_title(page, fields.get("title"), name),
        subject=names.subject,
        number=heads.number,
        data=names.records,
        steps=with_departments(steps, roles),
        start=StepId(start),
        about=read_about(page, fields.get("about")),
        calendar=heads.calendar,
        calendars=names.calendars,
        departments=departments,
        roles=roles,
        promise=heads.promise,
        priority=heads.priority,
        currency=names.currency,
        measure=heads.measure,
        messages=messages,
        on_cancel=cancelling.on_cancel,
        lateness=heads.lateness,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _read_names(fields: Fields) -> Names:
    """What the file defines, before anything is looked up in it."""
    page = fields.page
    names = Names(page, {group: _keys(fields, group) for group in _GROUPS})
    names.currency = read_currency(page, fields.get("currency"))
    data = fields.required("data", "{order: {number: text}}")
    names.records, names.unreadable = read_records(page, data)
    names.calendars = read_calendars(page, fields.get("calendars"))
    calendar = fields.get("calendar")
    names.head_calendar = names.calendar(calendar) if calendar else None
    subject = fields.required("for", next(iter(names.records), "order"))
    names.subject = read_subject(page, names, subject)
    return names


def _keys(fields: Fields, group: str) -> Mapping[str, TextNode]:
    node = fields.get(group)
    if not isinstance(node, MapNode):
        return {}
    return {key.value: key for key, _ in node.entries}


def _tell_no_start(fields: Fields) -> None:
    fields.page.error(
        fields.key("steps"),
        "F210",
        "an arrow leads to every step, so where an order begins is not clear",
        "Say it at the head: `start: the-first-step`.",
    )
