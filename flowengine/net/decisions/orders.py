"""Concrete orders: from cells to data that a rule can be asked about, and to words.

The values are the plainest that lie in the cells: whole euros, whole kilograms, full
hours, the smallest that still do. An order is only made where every value can be told,
so that asking the rules themselves confirms it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TypeAlias

from flowengine.language.countries import COUNTRIES
from flowengine.language.process import Process
from flowengine.language.rules.expressions import Count, Now
from flowengine.language.rules.kinds import ORDERED
from flowengine.language.showing import show_value
from flowengine.language.types import DataType, Kind
from flowengine.net.decisions.questions import IS_GIVEN, Sort, Variable
from flowengine.net.decisions.search import Found
from flowengine.quantities import (
    DAY,
    HOUR,
    MINUTE,
    MONEY_SCALE,
    NUMBER_SCALE,
    SECOND,
    Instant,
    decimal_text,
    duration_text,
    length_text,
    money_text,
    volume_text,
    weight_text,
)

#: Monday 1 June 2026, 09:00 UTC: the moment of whatever no rule bounds.
_BASE = Instant(1_780_304_400_000_000)
_BASE_DAY = date(2026, 6, 1).toordinal()
#: What people write first, of each kind in its small units.
_STEPS: Mapping[Kind, tuple[int, ...]] = {
    Kind.MONEY: (MONEY_SCALE, MONEY_SCALE // 100),
    Kind.NUMBER: (NUMBER_SCALE, NUMBER_SCALE // 10, NUMBER_SCALE // 100),
    Kind.WEIGHT: (1_000_000, 1_000),
    Kind.LENGTH: (10_000, 1_000),
    Kind.VOLUME: (1_000_000, 1_000),
    Kind.DURATION: (HOUR, MINUTE, SECOND),
    Kind.TIME: (DAY, HOUR, MINUTE, SECOND),
}
_TEXTS = {
    Kind.WEIGHT: weight_text,
    Kind.LENGTH: length_text,
    Kind.VOLUME: volume_text,
    Kind.DURATION: duration_text,
}
_NEIGHBOURS = ("LV", "EE", "LT", "DE", "FI", "SE", "PL")
_Values: TypeAlias = dict[int, int | str | bool]
_Lists: TypeAlias = dict[tuple[str, ...], list[object]]
#: No list of a told order is longer.
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Order:
    """One order that shows what is meant."""

    #: As `Rule.evaluate` takes it, with every field that the rules read.
    data: Mapping[str, object]
    now: Instant
    #: What matters of it: `total 501 EUR`, `country missing`.
    told: tuple[str, ...]

    @property
    def text(self) -> str:
        """The order in words; empty where any order will do."""
        return ", ".join(self.told)


def order_in(
    process: Process, root: str, variables: list[Variable], found: Found
) -> Order | None:
    """An order whose values lie in the cells found; None where none can be told."""
    return _Writer(process, root, variables, found).order()


def written(process: Process, variable: Variable, value: int | str | bool) -> str:
    """A value as people write it in a rule."""
    kind = variable.type.kind
    if isinstance(value, int) and not isinstance(value, bool):
        if kind is Kind.MONEY:
            currency = variable.type.currency or process.currency
            whole = value % MONEY_SCALE == 0
            text = f"{decimal_text(value, MONEY_SCALE)} {currency}"
            return text if whole else money_text(value, currency)
        if kind is Kind.DATE:
            return date.fromordinal(value).isoformat()
        if kind in _TEXTS:
            return _TEXTS[kind](value)
        return show_value(variable.type, value, "en", process)
    if kind is Kind.TEXT:
        return f'"{value}"'
    return show_value(variable.type, value, "en", process)


@dataclass(slots=True)
class _Writer:
    process: Process
    root: str
    variables: list[Variable]
    found: Found

    def order(self) -> Order | None:
        """The data, or None where a cell says what no data here can be made to say."""
        bound = filter(self._is_bound, self.variables)
        if any(map(self._is_opaque, bound)):
            return None
        values = self._values()
        lists = self._lists(values)
        if lists is None:
            return None
        now = next((values[v.number] for v in self.variables if _is_now(v)), _BASE)
        told = tuple(dict.fromkeys(self._told(values, lists)))
        return Order(self._data(values, lists), Instant(int(now)), told)

    def _data(self, values: _Values, lists: _Lists) -> dict[str, object]:
        """Every field that the rules read, and the records that they stand in."""
        data: dict[str, object] = {self.process.subject: {}}
        for variable in self.variables:
            if variable.path is not None and variable.sort is not Sort.GIVEN:
                _put(data, variable.path, _stored(variable, values[variable.number]))
        for path, elements in lists.items():
            _put(data, path, elements)
        for variable in self.variables:
            if variable.path is not None and variable.sort is Sort.GIVEN:
                _put(data, variable.path, _placeholder(variable))
        for path in self._missing():
            _take(data, path)
        return data

    def _is_bound(self, variable: Variable) -> bool:
        """Whether it matters what the variable is."""
        return self.found.cells[variable.number] != variable.whole

    def _is_opaque(self, variable: Variable) -> bool:
        """Whether nothing can be told of what the variable stands for."""
        if variable.of is not None:
            return any(self._is_opaque(self.variables[each]) for each in variable.of)
        if variable.path is not None:
            return False
        return not isinstance(variable.expression, Count | Now)

    def _is_missing(self, variable: Variable) -> bool:
        cells = self.found.cells[variable.number]
        return variable.sort is Sort.GIVEN and not cells & IS_GIVEN

    def _missing(self) -> set[tuple[str, ...]]:
        return {
            each.path for each in self.variables if each.path and self._is_missing(each)
        }

    def _values(self) -> _Values:
        values: _Values = {}
        bounds = self.found.bounds
        for variable in self.variables:
            cells = self.found.cells[variable.number]
            if variable.sort is Sort.AMOUNT:
                span = next(variable.runs(cells))
                if bounds is not None and bounds.knows(variable.number):
                    span = bounds.span(variable.number)
                value = _plainest(variable, *span)
                if bounds is not None and bounds.knows(variable.number):
                    bounds.lie(variable.number, (value, value))
                values[variable.number] = value
            elif variable.sort is Sort.CHOICE:
                alike = self._alike(variable, values)
                values[variable.number] = _chosen(variable, cells, values, alike)
        return values

    def _alike(self, variable: Variable, values: _Values) -> list[int | str | bool]:
        """The values that this one must be the same as."""
        pairs = [
            each.of
            for each in self.variables
            if each.of is not None
            and each.sort is Sort.FREE
            and self.found.cells[each.number] == IS_GIVEN
            and variable.number in each.of
        ]
        return [values[each] for pair in pairs for each in pair if each in values]

    def _lists(self, values: _Values) -> _Lists | None:
        """The lists that rules count, with so many elements."""
        lists: _Lists = {}
        for variable in self.variables:
            if not isinstance(variable.expression, Count):
                continue
            elements = variable.expression.elements
            length = int(values[variable.number])
            if elements.where is None:
                if length > _LONGEST:
                    return None
                lists[elements.list.path] = [{} for _ in range(length)]
            elif length:
                return None
        return lists

    def _told(self, values: _Values, lists: _Lists) -> Iterator[str]:
        missing = self._missing()
        compared = self._compared(missing)
        bound = [
            each
            for each in self.variables
            if (self._is_bound(each) or each.number in compared)
            and not _is_within(each.path, missing)
        ]
        valued = {each.path for each in bound if each.sort is not Sort.GIVEN}
        for variable in bound:
            path = variable.path
            if isinstance(variable.expression, Count):
                path = variable.expression.elements.list.path
                yield f"{len(lists.get(path, ())) or 'no'} {_name(path)}"
            elif _is_now(variable):
                yield f"now {written(self.process, variable, values[variable.number])}"
            elif path is None:
                continue
            elif path in missing:
                yield f"{_name(path)} missing"
            elif variable.sort is not Sort.GIVEN:
                value = written(self.process, variable, values[variable.number])
                yield f"{_name(path)} {value}"
            elif path not in valued:
                yield f"{_name(path)} given"

    def _compared(self, missing: set[tuple[str, ...]]) -> set[int]:
        """The amounts that are told because they are compared with each other."""
        told: set[int] = set()
        for each in self.variables:
            if each.of is not None and self._is_bound(each):
                paths = {self.variables[number].path for number in each.of}
                told.update(each.of if missing.isdisjoint(paths - {None}) else ())
        return told


def _is_within(path: tuple[str, ...] | None, missing: set[tuple[str, ...]]) -> bool:
    """Whether a field stands in a record that is missing."""
    return path is not None and any(path[:n] in missing for n in range(len(path)))


def _is_now(variable: Variable) -> bool:
    return isinstance(variable.expression, Now)


def _plainest(variable: Variable, low: int | None, high: int | None) -> int:
    """The plainest value between two bounds: the smallest where there is a lowest."""
    kind = variable.type.kind
    anchor = {Kind.TIME: int(_BASE), Kind.DATE: _BASE_DAY}.get(kind, 0)
    steps = (*_STEPS.get(kind, ()), 1)
    if low is None and high is None:
        return anchor or 10 * steps[0]
    for step in steps:
        if low is not None:
            value = anchor - (anchor - low) // step * step
        else:
            value = anchor + ((high or 0) - anchor) // step * step
        if (low is None or low <= value) and (high is None or value <= high):
            return value
    raise ValueError(f"Expected a value from {low} to {high}, but there is none.")


def _chosen(
    variable: Variable, cells: int, values: _Values, alike: list[int | str | bool]
) -> str | bool:
    """A choice that lies in the cells: a named one first, else one like no other."""
    for number, value in enumerate(variable.named):
        if cells >> number & 1:
            return value
    same = [str(value) for value in alike if value not in variable.named]
    taken = {*variable.named, *values.values()}
    others = same or (each for each in _unnamed(variable.type) if each not in taken)
    return next(iter(others))


def _unnamed(data_type: DataType) -> Iterable[str]:
    """Values that rules rarely name, the plainest first; more than rules can name."""
    if data_type.kind is Kind.COUNTRY:
        return (*_NEIGHBOURS, *sorted(COUNTRIES))
    return (f"other{'s' * number}" for number in count())


def _stored(variable: Variable, value: int | str | bool) -> object:
    """A value as data hold it."""
    if variable.type.kind is Kind.DATE:
        return date.fromordinal(int(value)).isoformat()
    return value


def _placeholder(variable: Variable) -> object:
    """A value of its type, for a field of which only is asked whether it is there."""
    found = variable.type
    if found.kind in {Kind.LIST, Kind.RECORD}:
        return [] if found.kind is Kind.LIST else {}
    if found.kind is Kind.YES_NO:
        return True
    if found.kind in ORDERED:
        return _stored(variable, _plainest(variable, None, None))
    return next(iter(found.choices or _unnamed(found)))


def _name(path: tuple[str, ...]) -> str:
    """A field as people call it: without the record that everything stands in."""
    return ".".join(path[1:] or path)


def _put(data: dict[str, object], path: tuple[str, ...], value: object) -> None:
    """Set a field, and the records that it stands in; what is there stays."""
    held: dict[str, object] = data
    for name in path[:-1]:
        inner = held.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        held = inner
    held.setdefault(path[-1], value)


def _take(data: dict[str, object], path: tuple[str, ...]) -> None:
    held: object = data
    for name in path[:-1]:
        held = held.get(name) if isinstance(held, dict) else None
    if isinstance(held, dict):
        held.pop(path[-1], None)
