"""Stored rows as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection

from flowengine.engine.fields import asked_type
from flowengine.engine.refs import TaskRef, no_order
from flowengine.engine.registry import Registry
from flowengine.engine.values import Order, OrderRow, TaskDetail, TaskRow, User
from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.kernel.case import Case, CaseId, CaseState, TaskState, UserId
from flowengine.kernel.elements import elements_of
from flowengine.language.data import field_type
from flowengine.language.process import DepartmentId, RoleId, Step, StepId, Title
from flowengine.language.types import DataType
from flowengine.loading import Module
from flowengine.quantities import Instant
from flowengine.store import away, people, worklist
from flowengine.store import orders as stored_orders
from flowengine.store.database import Database
from flowengine.store.orders import Wanted
from flowengine.store.worklist import StoredTask

if TYPE_CHECKING:
    from flowengine.engine.selecting import Selection
    from flowengine.kernel import events as kernel_events
    from flowengine.kernel.events import Event
    from flowengine.store import history
else:
    history = Module("flowengine.store.history")
    kernel_events = Module("flowengine.kernel.events")

#: The events of an order with their positions.
History: TypeAlias = "tuple[tuple[int, Event], ...]"


def tasks(
    connection: Connection,
    registry: Registry,
    *,
    user: str | None,
    role: str | None,
    department: str | None,
    number: str | None,
    limit: int,
) -> tuple[TaskRow, ...]:
    """Open tasks, the most urgent first. Raises NotFound for an unknown person."""
    roles: tuple[str, ...] | None = None if role is None else (role,)
    if user is not None:
        known = people.people(connection)
        if user not in known:
            raise NotFound(
                f"Expected a known person, but nobody is called {user}: "
                f"add them with `flowengine user add {user} --role ROLE`."
            )
        roles = known[user] if role is None else (role,)
    titles = registry.titles()
    return tuple(
        _task(task, titles[task.digest])
        for task in worklist.tasks(
            connection,
            roles=roles,
            owner=user,
            department=department,
            number=number,
            limit=limit,
        )
    )


def users(connection: Connection, at: Instant) -> tuple[User, ...]:
    """Everybody with their roles, by name; who is away at a moment, or goes next."""
    emails = people.emails(connection)
    now: dict[str, Instant] = {}
    planned: dict[str, tuple[Instant, Instant]] = {}
    for name, since, until in away.absences(connection, since=at):
        if since <= at:
            now[name] = Instant(until)
        else:
            planned.setdefault(name, (Instant(since), Instant(until)))
    return tuple(
        User(
            name=name,
            roles=tuple(RoleId(role) for role in roles),
            email=emails.get(name),
            away_until=now.get(name),
            away_next=planned.get(name),
        )
        for name, roles in people.people(connection).items()
    )


def orders(
    connection: Connection,
    wanted: Wanted,
    where: Selection | None,
    limit: int | None,
) -> tuple[OrderRow, ...]:
    """Orders with the steps where they stand."""
    if where is not None:
        wanted = wanted._replace(asked=where.condition)
    confirmed = None if where is None or where.is_exact else where.holds
    found = stored_orders.orders(connection, wanted, confirmed, limit)
    case_ids = [order.case_id for order in found]
    steps = stored_orders.open_steps(connection, case_ids)
    due = stored_orders.first_due(connection, case_ids)
    return tuple(
        OrderRow(
            number=order.number,
            process=order.process,
            version=order.version,
            state=CaseState(order.state),
            steps=tuple(StepId(name) for name in steps.get(order.case_id, ())),
            priority=order.priority,
            opened=Instant(order.opened),
            promised=_instant(order.promised),
            closed=_instant(order.closed),
            outcome=order.outcome,
            due=_instant(due.get(order.case_id)),
        )
        for order in found
    )


def order(database: Database, registry: Registry, number: str) -> Order:
    """One order with its net, its history and personal values. Raises NotFound."""
    with database.reading() as connection:
        found = history.history_of(connection, number)
        if found is None:
            raise no_order(number)
        case, events = found
        private = people.private_values(connection, bytes.fromhex(case.id))
        relatives = _relatives(connection, case, events)
    return Order(
        case=case,
        net=registry.net(case.process),
        history=events,
        private=private,
        relatives=relatives,
        versions=_versions(registry, events),
    )


def _versions(registry: Registry, events: History) -> Mapping[str, int]:
    """Numbers of the versions that an order's history has moved it to."""
    kind = kernel_events.CaseMigrated
    digests = {event.process for _, event in events if isinstance(event, kind)}
    return {digest: registry.net(digest).process.version for digest in digests}


def _relatives(
    connection: Connection, case: Case, events: History
) -> Mapping[CaseId, str]:
    """Numbers of the cases that an order's history speaks of: children and parent."""
    kind = kernel_events.ChildAsked
    ids = {event.child for _, event in events if isinstance(event, kind)}
    if case.parent is not None:
        ids.add(case.parent.case_id)
    found = stored_orders.numbers(
        connection, [bytes.fromhex(name) for name in sorted(ids)]
    )
    return {CaseId(key.hex()): number for key, number in found.items()}


def detail(order: Order, wanted: TaskRef, rows: tuple[TaskRow, ...]) -> TaskDetail:
    """One open task with what it asks for.

    Raises:
        NotFound: The process has no such step, or the order has not reached it.
        Conflict: The task is done already.
        CommandRejected: Several are open, or it is none for people.
    """
    case, net = order.case, order.net
    net_step = net.steps.get(wanted.step)
    ref = wanted.text()
    open_ones = [task for task in case.tasks.values() if task.step == wanted.step]
    if net_step is None or (not open_ones and not case.visits.get(wanted.step)):
        raise NotFound(
            f"Expected an open task {ref}, but order {wanted.number} has none: "
            f"see `flowengine order show {wanted.number}`."
        )
    if wanted.element is not None:
        open_ones = [task for task in open_ones if task.element == wanted.element]
    if not open_ones:
        raise Conflict(f"Expected {ref} to be open, but it is already done.")
    if len(open_ones) > 1:
        several = ", ".join(f"#{task.element}" for task in open_ones)
        raise CommandRejected(
            f"Expected one task, but {ref} has several open: add one of {several}."
        )
    element = open_ones[0].element
    row = next(
        (row for row in rows if (row.step, row.element) == (wanted.step, element)), None
    )
    if row is None:
        raise CommandRejected(
            f"Expected {ref} to be in the worklist, but the order is held "
            f"({case.hold_reason})."
            if case.state is CaseState.HELD
            else f"Expected a task for people, but {ref} waits for the world outside."
        )
    step = net_step.step
    return TaskDetail(
        row=row,
        asks=tuple(
            (".".join(path), asked_type(net.process, path, step)) for path in step.asks
        ),
        outcomes=tuple(step.outcomes),
        data=case.data,
        net=net,
        scan=step.scan,
        element=tuple(_element_fields(order, step, element)),
    )


def _element_fields(
    order: Order, step: Step, element: str | None
) -> Iterator[tuple[str, DataType, object]]:
    """What the element of a task holds, without personal values."""
    if step.each is None or element is None:
        return
    process = order.net.process
    found = dict(elements_of(order.case.data, step.each.items)).get(element, {})
    kind = field_type(process, step.each.items).element
    record = process.data.get(kind.record or "") if kind is not None else None
    for name, data_type in record.fields.items() if record is not None else ():
        if name in found and not data_type.personal:
            yield f"{step.each.name}.{name}", data_type, found[name]


def _task(task: StoredTask, titles: dict[str, Title]) -> TaskRow:
    ref = TaskRef(
        task.number,
        StepId(task.step),
        None if task.visit == 1 else task.visit,
        task.element or None,
    )
    department = task.department or ""
    return TaskRow(
        ref=ref.text(),
        case_id=CaseId(task.case_id.hex()),
        number=task.number,
        process=task.process,
        step=StepId(task.step),
        visit=task.visit,
        title=titles[f"step/{task.step}"],
        role=RoleId(task.role),
        department=DepartmentId(department) if department else None,
        department_title=titles.get(
            f"department/{department}", Title(department, department)
        ),
        state=TaskState(task.state),
        owner=None if task.owner is None else UserId(task.owner),
        enabled=Instant(task.enabled),
        due=_instant(task.due),
        priority=task.priority,
        element=task.element or None,
        group=task.group_id,
    )


def _instant(value: int | None) -> Instant | None:
    return None if value is None else Instant(value)
