"""The shift lead's board: what waits where, who works, what is late."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace

from sqlalchemy import Connection

from flowengine.engine.refs import TaskRef
from flowengine.engine.registry import Registry
from flowengine.kernel.case import TaskState, UserId
from flowengine.language.process import DepartmentId, StepId, Title
from flowengine.quantities import Duration, Instant
from flowengine.store import away
from flowengine.store import board as stored
from flowengine.store.board import OldestTask, Standing, StepCounts, Taken

_NO_DEPARTMENT = Title("", "")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is open somewhere."""

    #: Offered and not taken.
    waiting: int = 0
    #: Taken and not started.
    claimed: int = 0
    working: int = 0
    paused: int = 0
    #: Orders that wait at a gate for their turn.
    gated: int = 0
    #: Of orders that are held, or at steps that stand still.
    held: int = 0
    #: Orders that stand still because something that should not happen did.
    incidents: int = 0
    #: Past the due time, and soon past it.
    late: int = 0
    soon: int = 0


@dataclass(frozen=True, slots=True)
class BoardStep:
    """A step with what is open there."""

    process: str
    step: StepId
    title: Title
    department: DepartmentId | None
    counts: Counts
    #: Since when the oldest is open, and its name ("1001/pack"); a gate has no name.
    oldest: Instant | None = None
    oldest_task: str | None = None


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """What somebody has at a step."""

    name: UserId
    process: str
    step: StepId
    title: Title
    department: DepartmentId | None
    state: TaskState
    count: int
    #: Until when they are away; None where they are here.
    away_until: Instant | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A department with the sums of its steps."""

    department: DepartmentId | None
    title: Title
    counts: Counts
    oldest: Instant | None
    steps: tuple[BoardStep, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """What is open at a moment."""

    at: Instant
    #: What is due within this time counts as soon late.
    soon: Duration
    lanes: tuple[Lane, ...]
    people: tuple[BoardPerson, ...]
    total: Counts


def board(
    connection: Connection,
    registry: Registry,
    at: Instant,
    soon: Duration,
    department: str | None = None,
) -> Board:
    """The board of a moment, of all departments or of one."""
    names = _Names(registry)
    steps = _steps(connection, names, at, soon, department)
    gone = away.away_at(connection, at)
    people = tuple(
        _person(row, names, gone)
        for row in stored.taken(connection)
        if department is None or row.department == department
    )
    total = _sum(step.counts for step in steps)
    return Board(at, soon, _lanes(steps, names), people, total)


class _Names:
    """Titles by process and step, of the newest version that has them.

    They are read without compiling; a process is compiled only for the department of
    a step that has no tasks.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._titles: dict[str, dict[str, Title]] = {}
        titles = registry.titles()
        for version in registry.versions():  # the newest first
            known = self._titles.get(version.name, {})
            self._titles[version.name] = {**titles[version.digest], **known}
        self._places = {
            (process, name): place
            for process, known in self._titles.items()
            for place, name in enumerate(known)
        }

    def step(self, process: str, step: str) -> Title:
        """A step's title."""
        return self._titles.get(process, {}).get(f"step/{step}", Title(step, step))

    def department(self, department: str | None) -> Title:
        """A department's title; the processes of a company agree on it."""
        if department is None:
            return _NO_DEPARTMENT
        key = f"department/{department}"
        found = (titles[key] for titles in self._titles.values() if key in titles)
        return next(found, Title(department, department))

    def department_of(self, process: str, step: str) -> str | None:
        """The department of a step; None where the process has it no more."""
        found = self._registry.named(process).process.steps.get(StepId(step))
        return None if found is None else found.department

    def place(self, process: str, step: str) -> tuple[str, int]:
        """Sorts steps as they stand in their files."""
        return process, self._places.get((process, f"step/{step}"), len(self._places))


def _steps(
    connection: Connection,
    names: _Names,
    at: Instant,
    soon: Duration,
    department: str | None,
) -> list[BoardStep]:
    tasks = {
        (row.process, row.step): row
        for row in stored.step_counts(connection, at, at + soon, department)
    }
    gates = {(row.process, row.step): row for row in stored.at_gates(connection)}
    still = {(row.process, row.step): row for row in stored.standing_still(connection)}
    found = []
    for key in sorted({*tasks, *gates, *still}, key=lambda key: names.place(*key)):
        row = tasks.get(key)
        of = names.department_of(*key) if row is None else row.department
        if department is not None and of != department:
            continue
        oldest, task = None, None
        if row is not None:
            oldest, task = Instant(row.oldest), stored.oldest_task(connection, *key)
        elif key in gates:
            oldest = Instant(gates[key].oldest or at)
        step = BoardStep(
            process=key[0],
            step=StepId(key[1]),
            title=names.step(*key),
            department=None if of is None else DepartmentId(of),
            counts=_counts(row, gates.get(key), still.get(key)),
            oldest=oldest,
            oldest_task=None if task is None else _ref(task),
        )
        found.append(step)
    return found


def _counts(
    row: StepCounts | None, gate: Standing | None, still: Standing | None
) -> Counts:
    outside = Counts(
        gated=0 if gate is None else gate.amount,
        incidents=0 if still is None else still.amount,
    )
    if row is None:
        return outside
    return replace(
        outside,
        waiting=row.waiting,
        claimed=row.claimed,
        working=row.working,
        paused=row.paused,
        held=row.held,
        late=row.late,
        soon=row.soon,
    )


def _ref(task: OldestTask) -> str:
    visit = None if task.visit == 1 else task.visit
    return TaskRef(task.number, StepId(task.step), visit, task.element or None).text()


def _person(row: Taken, names: _Names, gone: Mapping[str, int]) -> BoardPerson:
    until = gone.get(row.owner)
    return BoardPerson(
        name=UserId(row.owner),
        process=row.process,
        step=StepId(row.step),
        title=names.step(row.process, row.step),
        department=None if row.department is None else DepartmentId(row.department),
        state=TaskState(row.state),
        count=row.amount,
        away_until=None if until is None else Instant(until),
    )


def _lanes(steps: Iterable[BoardStep], names: _Names) -> tuple[Lane, ...]:
    """Departments in the order of their first steps."""
    found: dict[DepartmentId | None, list[BoardStep]] = {}
    for step in steps:
        found.setdefault(step.department, []).append(step)
    return tuple(
        Lane(
            department=department,
            title=names.department(department),
            counts=_sum(step.counts for step in those),
            oldest=min((s.oldest for s in those if s.oldest is not None), default=None),
            steps=tuple(those),
        )
        for department, those in found.items()
    )


def _sum(counts: Iterable[Counts]) -> Counts:
    rows = [astuple(each) for each in counts]
    return Counts(*map(sum, zip(*rows, strict=True))) if rows else Counts()
