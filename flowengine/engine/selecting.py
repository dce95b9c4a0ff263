"""Which orders a rule picks: the words of a process file, asked of the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, and_, or_

from flowengine.engine.registry import Registry
from flowengine.errors import InvalidInput, NotFound
from flowengine.language.position import NOWHERE
from flowengine.language.process import Process
from flowengine.language.rules import Rule, RuleProblem, Scope, compile_rule
from flowengine.language.types import DataType, Kind
from flowengine.quantities import Instant
from flowengine.store.json_text import from_json
from flowengine.store.matching import Matching, matching
from flowengine.store.tables import case_row

_YES_NO = DataType(Kind.YES_NO)


@dataclass(frozen=True, slots=True)
class Selection:
    """A rule over the orders of every version that it has a meaning for."""

    #: By digest of the version.
    rules: Mapping[str, Rule]
    now: Instant
    #: What SQL asks of `case_row`.
    condition: ColumnElement[bool]
    #: Whether what SQL finds has to be asked of `holds` as well.
    is_exact: bool

    def holds(self, digest: str, data: str) -> bool:
        """Whether the rule holds for a case of a version with these data, as JSON."""
        read = cast("dict[str, object]", from_json(data))
        return self.rules[digest].evaluate(read, self.now) is True


def select_by(
    registry: Registry, text: str, process: str | None, now: Instant
) -> Selection:
    """What `text` selects, among the orders of one process or of all.

    A version that has no such field is left out; where all are, the rule is wrong.

    Raises:
        NotFound: There is no such process, or none at all.
        InvalidInput: The text is no rule about these orders.
    """
    versions = [
        version
        for version in registry.versions()
        if process is None or version.name == process
    ]
    if not versions:
        raise NotFound(
            f"Expected {'a process' if process is None else f'process {process}'} in "
            "the database, but there is none: add it with `flowengine process add "
            "FILE`."
        )
    rules: dict[str, Rule] = {}
    wrong: tuple[RuleProblem, ...] = ()
    for version in versions:
        found = _compiled(registry.net(version.digest).process, text)
        if isinstance(found, Rule):
            rules[version.digest] = found
        else:
            wrong = wrong or found
    if not rules:
        raise InvalidInput(_refusal(text, wrong))
    parts = {
        digest: matching(rule, case_row.c.data, now) for digest, rule in rules.items()
    }
    return Selection(rules, now, _any_of(parts), _all_exact(parts.values()))


def _compiled(process: Process, text: str) -> Rule | tuple[RuleProblem, ...]:
    scope = Scope(
        records=process.data,
        subject=process.subject,
        currency=process.currency,
        calendars={str(name): found for name, found in process.calendars.items()},
        calendar=process.calendar,
    )
    return compile_rule(text, scope, NOWHERE, _YES_NO)


def _any_of(parts: Mapping[str, Matching]) -> ColumnElement[bool]:
    return or_(
        *(
            and_(case_row.c.process == digest, part.condition)
            for digest, part in parts.items()
        )
    )


def _all_exact(parts: Iterable[Matching]) -> bool:
    return all(part.is_exact for part in parts)


def _refusal(text: str, problems: tuple[RuleProblem, ...]) -> str:
    """The first problem with a caret under its place, and the others in a line each."""
    first = problems[0]
    lines = [f"Expected a rule about orders, but {first.message}:"]
    lines += [f"  {text}", f"  {' ' * first.offset}{'^' * max(1, first.width)}"]
    if first.help:
        lines.append(f"  {first.help}")
    lines += [f"  Also: {other.message}." for other in problems[1:]]
    return "\n".join(lines)
