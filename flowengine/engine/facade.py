"""The engine: what every surface calls. One object, one database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Self

from flowengine.clock import Clock, system_clock
from flowengine.configuration import Configuration
from flowengine.engine import later
from flowengine.engine.later import board, commands, working
from flowengine.engine.opened import open_database
from flowengine.engine.outfit import Outfit
from flowengine.engine.refs import task_ref
from flowengine.quantities import HOUR, Duration, Instant

if TYPE_CHECKING:
    from flowengine.engine.automations import Function
    from flowengine.engine.board import Board
    from flowengine.engine.feed import Page
    from flowengine.engine.machines import Machines
    from flowengine.engine.people import People
    from flowengine.engine.repairs import Repairs
    from flowengine.engine.transact import Transactor
    from flowengine.engine.upkeep import Upkeep
    from flowengine.engine.values import (
        Order,
        OrderRow,
        ProcessVersion,
        Receipt,
        TaskDetail,
        TaskRow,
    )
    from flowengine.engine.working import OfTask
    from flowengine.errors import FlowError
    from flowengine.eventlog import EventLog
    from flowengine.kernel.commands import Command
    from flowengine.net.net import Net
_NO_VALUES: Mapping[str, object] = {}
#: More tasks than any order has open.
_ALL = 1_000_000
_NO_FUNCTIONS: Mapping[str, Function] = {}
#: What is due within this time is soon late, unless somebody says otherwise.
SOON = Duration(2 * HOUR)


class Engine:
    """Runs orders through their processes, durably. Close it, or use it in `with`.

    Every method may raise StoreRefused where the database cannot do it. Commands
    raise CommandRejected or Conflict, and then nothing has changed.
    """

    def __init__(
        self,
        url: str = "flowengine.db",
        *,
        clock: Clock = system_clock,
        synchronous: str = "FULL",
        stock: str | None = None,
        configuration: Configuration | None = None,
        automations: Mapping[str, Function] = _NO_FUNCTIONS,
    ) -> None:
        """Open a database.

        `url` is a file or an SQLAlchemy SQLite address. `synchronous` is SQLite's
        pragma: FULL survives a power cut, NORMAL a crash of the program only. `stock`
        is a CSV file `sku,quantity` of what is on the shelves; without one everything
        is there. `configuration` says what machines do here (flowengine.toml);
        `automations` has the functions of `python NAME`, beside those it names.

        Raises:
            InvalidInput: The file of stock levels cannot be read.
            StoreMissing: There is no flowengine database there.
            StoreOutdated: It must be upgraded first.
            StoreTooNew: A newer flowengine wrote it.
        """
        self.url = url
        outfit = Outfit(configuration or Configuration(), automations)
        opened = open_database(url, clock, synchronous, stock, outfit)
        self._opened = opened
        self._database = opened.database
        self._registry = opened.registry
        self._said = opened.said

    @cached_property
    def people(self) -> People:
        """Who works here."""
        return later.people.People(self._opened)

    @cached_property
    def machines(self) -> Machines:
        """What happens by itself: timers, automations, children, gates."""
        return later.machines.Machines(self._opened)

    @cached_property
    def repairs(self) -> Repairs:
        """What an administrator puts right."""
        return later.repairs.Repairs(self._opened)

    @cached_property
    def upkeep(self) -> Upkeep:
        """What keeps the database trustworthy."""
        return later.upkeep.Upkeep(self._opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back: what was begun is done, what comes is refused."""
        self._opened.close()

    def now(self) -> Instant:
        """The engine's present moment."""
        return self._opened.now()

    # Processes

    def add_process(self, text: str, path: str) -> ProcessVersion:
        """Check a process file and store it; the same text again is the same version.

        Raises:
            InvalidProcess: It has errors; all of them are in `problems`.
            Conflict: Name and version are taken by another text.
        """
        return self._registry.add(text, path)

    def processes(self) -> tuple[ProcessVersion, ...]:
        """All stored versions by name, the newest first, with their open orders."""
        return self._registry.counted()

    def net(self, name: str, version: int | None = None) -> Net:
        """A stored process, compiled. Raises NotFound."""
        return self._registry.named(name, version)

    # Orders

    def open_order(
        self,
        process: str,
        fields: Mapping[str, object],
        *,
        by: str,
        key: str | None = None,
    ) -> Receipt:
        """Open an order with field values as people write them.

        Raises:
            NotFound: No such process.
            InvalidInput: Fields are missing, unknown or wrong; all are named.
            Conflict: Another order has the number.
        """
        net = self.net(process)
        return later.opening.open_order(
            self._transactor, net, fields, self._said(by, key)
        )

    def open_orders(
        self, process: str, rows: Iterable[Mapping[str, object]], *, by: str
    ) -> tuple[Receipt | FlowError, ...]:
        """Open many orders in one transaction; each alone succeeds or is refused.

        The number is the idempotency key: the same rows again open nothing new.
        """
        net = self.net(process)
        return later.opening.open_orders(self._transactor, net, rows, self._said(by))

    def order(self, number: str) -> Order:
        """One order with its net and history. Raises NotFound."""
        return later.listing.order(self._database, self._registry, number)

    def orders(
        self,
        *,
        process: str | None = None,
        state: str | None = None,
        step: str | None = None,
        department: str | None = None,
        late_within: Duration | None = None,
        where: str | None = None,
        limit: int | None = 50,
    ) -> tuple[OrderRow, ...]:
        """Orders, open ones first by priority and age, then the last closed.

        `late_within` asks for those whose promise or whose task is due within that
        time, late already or not, in the order of that moment. `where` is a rule over
        their data, as in a process file. What is asked by rule, place or lateness
        finds open orders unless `state` says otherwise.

        Raises:
            NotFound: There is no such process for `where`.
            InvalidInput: `where` is no rule about these orders.
        """
        now = self.now()
        selection = None
        if where is not None:
            selection = later.selecting.select_by(self._registry, where, process, now)
        late_at = None if late_within is None else now + late_within
        wanted = later.orders.Wanted(process, state, step, department, late_at)
        with self._database.reading() as connection:
            return later.listing.orders(connection, wanted, selection, limit)

    def hold(
        self, number: str, reason: str, *, by: str, key: str | None = None
    ) -> Receipt:
        """Stop an order; its tasks leave the worklist. Raises NotFound."""
        return self._on(number, working.reasoned(commands.HoldCase, reason), by, key)

    def resume(self, number: str, *, by: str, key: str | None = None) -> Receipt:
        """Let a held order go on. Raises NotFound."""
        return self._on(number, commands.ResumeCase, by, key)

    def cancel(
        self, number: str, reason: str, *, by: str, key: str | None = None
    ) -> Receipt:
        """Cancel an order, as its process says. Raises NotFound."""
        return self._on(number, working.reasoned(commands.CancelCase, reason), by, key)

    def note(
        self, number: str, text: str, *, by: str, key: str | None = None
    ) -> Receipt:
        """Write something down beside an order. Raises NotFound."""
        return self._on(number, partial(commands.AddNote, text=text), by, key)

    # Tasks

    def tasks(
        self,
        *,
        user: str | None = None,
        role: str | None = None,
        department: str | None = None,
        number: str | None = None,
        limit: int = 50,
    ) -> tuple[TaskRow, ...]:
        """Open tasks, the most urgent first: priority, due time, age.

        With `user`, what that person may take or has; raises NotFound if unknown.
        """
        with self._database.reading() as connection:
            return later.listing.tasks(
                connection,
                self._registry,
                user=user,
                role=role,
                department=department,
                number=number,
                limit=limit,
            )

    def task(self, ref: str) -> TaskDetail:
        """One open task, with what it asks for. Raises NotFound or Conflict."""
        wanted = task_ref(ref)
        order = self.order(wanted.number)
        rows = self.tasks(number=wanted.number, limit=_ALL)
        return later.listing.detail(order, wanted, rows)

    def claim(self, ref: str, *, by: str, key: str | None = None) -> Receipt:
        """Take an offered task; of a batch also its mates. Raises NotFound."""
        return self._on_task(commands.ClaimTask, ref, by, key)

    def board(self, *, department: str | None = None, soon: Duration = SOON) -> Board:
        """What is open at each step, of all departments or of one.

        What is due within `soon` counts as soon late.
        """
        with self._database.reading() as connection:
            return board.board(connection, self._registry, self.now(), soon, department)

    def claim_next(
        self, role: str | None = None, *, by: str, start: bool = False
    ) -> Receipt | None:
        """Take the most urgent task that somebody may do; `Receipt.task` names it.

        Of `role`, or of all their roles: by priority, due time, age; of a batch also
        its mates. None where nothing is offered. With `start` work on it begins too.

        Raises:
            NotFound: Nobody has that name.
            CommandRejected: They are away, or do not have the role.
        """
        return later.claiming.claim_next(
            self._transactor, role, self._said(by), start=start
        )

    def release(self, ref: str, *, by: str, key: str | None = None) -> Receipt:
        """Give a claimed task back. Raises NotFound."""
        return self._on_task(commands.ReleaseTask, ref, by, key)

    def start(self, ref: str, *, by: str, key: str | None = None) -> Receipt:
        """Begin work on a task; claims it where nobody has. Raises NotFound."""
        return self._on_task(commands.StartTask, ref, by, key)

    def pause(
        self, ref: str, reason: str, *, by: str, key: str | None = None
    ) -> Receipt:
        """Put a started task aside for a reason. Raises NotFound."""
        kind = working.reasoned(commands.PauseTask, reason)
        return self._on_task(kind, ref, by, key)

    def resume_task(self, ref: str, *, by: str, key: str | None = None) -> Receipt:
        """Go on with a paused task. Raises NotFound."""
        return self._on_task(commands.ResumeTask, ref, by, key)

    def assign(self, ref: str, to: str, *, by: str, key: str | None = None) -> Receipt:
        """Give a task to somebody; one that was started waits for them, paused.

        Raises:
            NotFound: No such order or task, or an unknown person.
            CommandRejected: They are away, or may not do it.
        """
        said = self._said(by, key)
        return working.assign_task(self._transactor, task_ref(ref), to, said)

    def complete(
        self,
        ref: str,
        *,
        by: str,
        outcome: str | None = None,
        answers: Mapping[str, object] = _NO_VALUES,
        key: str | None = None,
    ) -> Receipt:
        """Finish a task with answers as people write them, by dotted path.

        Raises:
            NotFound: No such order or task, or an unknown person.
            InvalidInput: An answer is of the wrong form.
        """
        said = self._said(by, key)
        return working.complete_task(
            self._transactor, task_ref(ref), said, outcome, answers
        )

    # Messages, and many commands at once

    def deliver(
        self,
        message: str,
        *,
        match: str,
        body: Mapping[str, object] = _NO_VALUES,
        by: str = "outside",
        key: str | None = None,
    ) -> Receipt | None:
        """Hand in a message; None when no order matches yet and it was kept.

        Raises:
            CommandRejected: Several orders match, or the order is closed.
            InvalidInput: The message says something that it may not set.
        """
        said = self._said(by, key)
        return later.delivering.deliver_message(
            self._transactor, message, match, body, said
        )

    def submit(self, commands: Sequence[Command]) -> tuple[Receipt | FlowError, ...]:
        """Run many commands in one transaction; each alone succeeds or is refused."""
        return later.submitting.submit(self._transactor, commands) if commands else ()

    # History

    def events(self, after: str | None = None, limit: int = 1000) -> Page:
        """What happened behind a cursor, in the order in which it was stored.

        Every event comes once, those of an order in their order, and none is passed
        over, however many write. Keep the cursor of the page, or of the last event
        that was dealt with, and give it back. Raises InvalidInput for another text.
        """
        return later.feed.read_page(self._database, after, limit)

    def event_log(
        self,
        process: str,
        *,
        since: Instant | None = None,
        until: Instant | None = None,
    ) -> EventLog:
        """What happened: orders closed in [since, until), and open ones."""
        net = self.net(process)
        with self._database.reading() as connection:
            return later.history.event_log(connection, net, since, until)

    @property
    def _transactor(self) -> Transactor:
        return self._opened.transactor

    def _on(
        self, number: str, kind: Callable[..., Command], by: str, key: str | None
    ) -> Receipt:
        return working.ask_of_order(self._transactor, kind, number, self._said(by, key))

    def _on_task(self, kind: OfTask, ref: str, by: str, key: str | None) -> Receipt:
        said = self._said(by, key)
        return working.ask_of_task(self._transactor, kind, task_ref(ref), said)
