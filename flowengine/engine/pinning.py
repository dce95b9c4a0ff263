"""Calls held against the process that they name: it is stored before its caller."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from flowengine.kernel.cancelling import CANCELLED
from flowengine.language.position import Position
from flowengine.language.problems import Problem, problem_at
from flowengine.language.process import Arrow, Process, Step, StepKind
from flowengine.language.rules import Rule
from flowengine.language.rules.expressions import Constant
from flowengine.language.types import DataType, Kind

#: Gives the process of a name and version, None where it is not stored.
Find = Callable[[str, int], Process | None]


def call_problems(process: Process, path: str, find: Find) -> tuple[Problem, ...]:
    """What is wrong with the calls of a process, in the order of the file."""
    found: list[Problem] = []
    for step in process.steps.values():
        if step.call is None:
            continue
        child = find(step.call.process, step.call.version)
        if child is None:
            name = f"{step.call.process}@{step.call.version}"
            told = f"`{name}` is not in the database"
            help_text = (
                "Add it first, with `flowengine process add FILE`; a call names one "
                "version, which never changes."
            )
            found.append(problem_at(path, step.call.at, "F230", told, help_text))
        else:
            found += _Pin(process, child, step, path).problems()
    return tuple(sorted(found))


def misfit(source: DataType, target: DataType, giver: Process, taker: Process) -> str:
    """Why a value of one type is none of another, of another process; "" if it is."""
    if source.optional and not target.optional:
        return f"It may be missing, but {_words(target)} is needed."
    is_other = f"It is {_words(source)}, but {_words(target)} is needed."
    if source.kind is not target.kind or (source.personal and not target.personal):
        return is_other
    match source.kind:
        case Kind.MONEY:
            given = source.currency or giver.currency
            wanted = target.currency or taker.currency
            return "" if given == wanted else f"It is in {given}, but not in {wanted}."
        case Kind.ONE_OF:
            is_known = set(source.choices) <= set(target.choices)
            return "" if is_known else is_other
        case Kind.LIST if source.element is not None and target.element is not None:
            return misfit(source.element, target.element, giver, taker)
        case Kind.RECORD:
            return _record_misfit(source, target, giver, taker)
        case _:
            return ""


def _record_misfit(
    source: DataType, target: DataType, giver: Process, taker: Process
) -> str:
    """The first field of a record that does not fit; more than is needed may be."""
    given = _fields(giver, source)
    for name, wanted in _fields(taker, target).items():
        if name in given:
            why = misfit(given[name], wanted, giver, taker)
        else:
            why = "" if wanted.optional else "It is not there."
        if why:
            return f"Its field `{name}`: {why}"
    return ""


@dataclass(frozen=True, slots=True)
class _Pin:
    """One call and the process that it names."""

    process: Process
    child: Process
    step: Step
    path: str

    def problems(self) -> Iterator[Problem]:
        """All that does not fit."""
        yield from self._given()
        yield from self._missing()
        yield from self._ends()
        yield from self._taken()

    @property
    def _name(self) -> str:
        return f"{self.child.name}@{self.child.version}"

    @property
    def _at(self) -> Position:
        return self.step.call.at if self.step.call is not None else self.step.at

    def _given(self) -> Iterator[Problem]:
        """Fields that are given: known, and of a type that fits."""
        fields = self.child.data[self.child.subject].fields
        for name, rule in (self.step.call.gives if self.step.call else {}).items():
            wanted = fields.get(name)
            if wanted is None:
                told = f"`{self._name}` has no field `{name}`"
                yield self._problem("F231", told, _near(name, fields), rule.at)
            elif why := self._unfit(rule, wanted):
                told = f"`{name}` of `{self._name}` is not what `{rule.text}` gives"
                yield self._problem("F233", told, why, rule.at)

    def _unfit(self, rule: Rule, wanted: DataType) -> str:
        """Why a rule does not give a field; a text may be one of its choices."""
        said = rule.expression
        if wanted.kind is Kind.ONE_OF and isinstance(said, Constant):
            return "" if said.value in wanted.choices else f"Write {_words(wanted)}."
        return misfit(rule.type, wanted, self.process, self.child)

    def _missing(self) -> Iterator[Problem]:
        """Fields that the called process must have, and nobody gives."""
        gives = self.step.call.gives if self.step.call is not None else {}
        number = self.child.number
        for name, wanted in self.child.data[self.child.subject].fields.items():
            # A number that is not given is made from that of the caller.
            is_made = number[1:] == (name,) and wanted.kind is Kind.TEXT
            if name in gives or wanted.optional or is_made:
                continue
            told = f"`{self._name}` must have `{name}`, but the call does not give it"
            help_text = f"Write `gives: {{{name}: {self.process.subject}.…}}`."
            yield self._problem("F232", told, help_text)

    def _ends(self) -> Iterator[Problem]:
        """Outcomes are the ends of the called process, all of them."""
        outcomes: Mapping[str, Arrow] = self.step.outcomes
        if not outcomes:
            return
        ends = [s.end for s in self.child.steps.values() if s.kind is StepKind.END]
        names = [*dict.fromkeys(end or "success" for end in ends), CANCELLED]
        for name, arrow in outcomes.items():
            if name not in names:
                told = f"`{self._name}` never ends as `{name}`"
                yield self._problem("F234", told, _near(name, names), arrow.at)
        for name in names:
            if name not in outcomes:
                told = f"`{self._name}` may end as `{name}`, which leads nowhere"
                help_text = f"Add `{name}` to `outcomes`."
                yield self._problem("F235", told, help_text)

    def _taken(self) -> Iterator[Problem]:
        """Fields that are taken: known, and of a type that fits."""
        takes = self.step.call.takes if self.step.call is not None else {}
        for target, source in takes.items():
            shown = f"result.{'.'.join(source)}"
            found = _at_path(self.child, source)
            if found is None:
                fields = self.child.data[self.child.subject].fields
                told = f"`{self._name}` has no field for `{shown}`"
                yield self._problem("F236", told, _near(source[0], fields))
                continue
            wanted = self._target(target)
            if wanted is None:
                continue
            why = misfit(found, wanted, self.child, self.process)
            if why:
                told = f"`{shown}` does not fit `{'.'.join(target)}`"
                yield self._problem("F237", told, why)

    def _target(self, path: tuple[str, ...]) -> DataType | None:
        each = self.step.each
        if each is None or path[0] != each.name:
            return _at_path(self.process, path[1:])
        items = _at_path(self.process, each.items[1:])
        element = items.element if items is not None else None
        return _walk(self.process, element, path[1:])

    def _problem(
        self, code: str, told: str, help_text: str, at: Position | None = None
    ) -> Problem:
        return problem_at(self.path, at or self._at, code, told, help_text)


def _fields(process: Process, data_type: DataType) -> Mapping[str, DataType]:
    record = process.data.get(data_type.record or "")
    return record.fields if record is not None else {}


def _at_path(process: Process, path: tuple[str, ...]) -> DataType | None:
    """The type of a field of the process's own record."""
    return _walk(process, DataType(Kind.RECORD, record=process.subject), path)


def _walk(
    process: Process, found: DataType | None, path: tuple[str, ...]
) -> DataType | None:
    for name in path:
        found = _fields(process, found).get(name) if found is not None else None
    return found


def _near(name: str, known: Mapping[str, object] | list[str]) -> str:
    near = get_close_matches(name, list(known), 1)
    listed = ", ".join(f"`{each}`" for each in known)
    return f"did you mean `{near[0]}`?" if near else f"It has {listed}."


def _words(data_type: DataType) -> str:
    inner = data_type.element
    parts = [
        "personal" if data_type.personal else "",
        data_type.kind.value,
        (inner.record or inner.kind.value) if inner is not None else "",
        f"[{', '.join(data_type.choices)}]" if data_type.choices else "",
        data_type.currency or "",
    ]
    return " ".join(part for part in parts if part)
