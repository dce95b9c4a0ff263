"""Moving open orders to another version of their process, many in a transaction.

Each order moves whole or stays whole. An order that somebody else moved or closed
meanwhile is left as it is, so that the same migration may run again, or beside people
at work. Times of what is open go by the hours and service levels of that version.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from flowengine.engine.transact import Transactor
from flowengine.engine.values import Said
from flowengine.errors import CommandRejected, FlowError, InvalidInput
from flowengine.kernel import act
from flowengine.kernel.case import Case, CaseId, CaseState
from flowengine.kernel.commands import MigrateCase
from flowengine.language.process import StepId
from flowengine.net.moving import Lack, Moves, moves_between, unlike_fields
from flowengine.net.net import Net
from flowengine.store.batch import Batch
from flowengine.store.database import Database
from flowengine.store.versions import open_cases

#: Orders of one transaction: short enough that clerks beside it hardly wait.
CHUNK = 200


@dataclass(frozen=True, slots=True)
class VersionChange:
    """From which version to which, and the steps whose names changed."""

    process: str
    old: int
    new: int
    #: Old names to new ones; read the other way round where only that fits.
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stayed:
    """An order that was not moved, and why."""

    number: str
    #: The step that has no place there; None where it is not about a step.
    step: StepId | None
    #: None where a rule refused it: `text` says which.
    lack: Lack | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration did, or would do."""

    #: Numbers of the orders that go on by the new version, the oldest first.
    moved: tuple[str, ...]
    stayed: tuple[Stayed, ...]


def migrate(
    database: Database,
    transactor: Transactor,
    change: VersionChange,
    said: Said,
    dry_run: bool = False,
) -> Migrated:
    """Move the open orders of a version to another one; see the module.

    Raises:
        NotFound: One of the versions is not stored.
        InvalidInput: A name is of no step, or there is only one version.
        CommandRejected: A field has another form in the other version.
    """
    old = transactor.registry.named(change.process, change.old)
    new = transactor.registry.named(change.process, change.new)
    if old.process.digest == new.process.digest:
        raise InvalidInput(
            f"Expected two versions of {change.process}, but got {change.old} twice."
        )
    moves = _moves(old, new, change)
    with database.reading() as connection:
        found = open_cases(connection, old.process.digest)
    moved: list[str] = []
    stayed: list[Stayed] = []
    mover = _Mover(transactor, old, new, moves, said, dry_run)
    for start in range(0, len(found), CHUNK):
        ids = [CaseId(key.hex()) for key, _ in found[start : start + CHUNK]]
        for answer in transactor.run(partial(mover.move, case_ids=ids)):
            if isinstance(answer, Stayed):
                stayed.append(answer)
            else:
                moved.append(answer)
    return Migrated(tuple(moved), tuple(stayed))


def _moves(old: Net, new: Net, change: VersionChange) -> Moves:
    unlike = unlike_fields(old.process, new.process)
    if unlike:
        raise CommandRejected(
            f"Expected fields of the same form in versions {change.old} and "
            f"{change.new} of {change.process}, but {', '.join(unlike)} "
            f"{'is' if len(unlike) == 1 else 'are'} not."
        )
    return moves_between(old, new, _names(old, new, change))


def _names(old: Net, new: Net, change: VersionChange) -> dict[StepId, StepId]:
    """The list of names, turned round where it was written for the way back."""
    names = {StepId(was): StepId(now) for was, now in change.names.items()}
    wrong = _unknown(old, new, change, names)
    if not wrong:
        return names
    turned = {now: was for was, now in names.items()}
    if len(turned) == len(names) and not _unknown(old, new, change, turned):
        return turned
    raise InvalidInput("\n".join(wrong))


def _unknown(
    old: Net, new: Net, change: VersionChange, names: Mapping[StepId, StepId]
) -> list[str]:
    return [
        f"Expected a step of {change.process} version {version}, but got {name}."
        for known, version, told in (
            (old.steps, change.old, names.keys()),
            (new.steps, change.new, names.values()),
        )
        for name in told
        if name not in known
    ]


@dataclass(frozen=True, slots=True)
class _Mover:
    """Moves the orders of one transaction."""

    transactor: Transactor
    old: Net
    new: Net
    moves: Moves
    said: Said
    dry_run: bool

    def move(self, batch: Batch, case_ids: list[CaseId]) -> list[str | Stayed]:
        """The number of each order that moves, or why it stays."""
        batch.preload(case_ids)
        return [
            answer for case_id in case_ids for answer in self._moved(batch, case_id)
        ]

    def _moved(self, batch: Batch, case_id: CaseId) -> Iterator[str | Stayed]:
        held = batch.load(case_id)
        case = None if held is None else held.after
        if case is None or not self._is_here(case):
            return
        lack = self._lack(case)
        if lack is not None:
            yield lack
            return
        command = MigrateCase(
            case_id=case_id,
            at=self.said.at,
            by=self.said.by,
            process=self.new.process.digest,
            bits=self.moves.bits,
            steps=self.moves.names,
        )
        try:
            if self.dry_run:
                act(self.new, case, command)
            else:
                self.transactor.execute(batch, command)
        except FlowError as error:
            yield Stayed(case.number, None, None, str(error))
            return
        yield case.number

    def _is_here(self, case: Case) -> bool:
        """Whether the order still runs by the old version."""
        return (
            case.process == self.old.process.digest
            and case.state is not CaseState.CLOSED
        )

    def _lack(self, case: Case) -> Stayed | None:
        """Why an order has no place in the new version, if so."""
        taken: dict[int, int] = {}
        for bit in case.arrivals:
            if bit in self.moves.lost:
                return Stayed(case.number, *self.moves.lost[bit])
            taken.setdefault(self.moves.bits[bit], bit)
        if len(taken) < len(case.arrivals):
            return Stayed(
                case.number,
                None,
                None,
                f"Expected one token in each step of order {case.number}, but two "
                "steps go by one name there.",
            )
        return None
