"""Stored rows as people read them."""

from sqlalchemy import Connection

from flowengine.engine.registry import Registry
from flowengine.engine.values import Order, OrderRow, TaskDetail, TaskRow
from flowengine.engine.working import TaskRef, case_of, no_order
from flowengine.errors import CommandRejected, Conflict, NotFound
from flowengine.kernel.case import CaseId, CaseState, TaskState, UserId
from flowengine.language.data import field_type
from flowengine.language.process import DepartmentId, RoleId, StepId, Title
from flowengine.quantities import Instant
from flowengine.store import people, worklist
from flowengine.store.batch import Batch
from flowengine.store.worklist import StoredTask


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


def orders(
    connection: Connection,
    *,
    process: str | None,
    state: str | None,
    step: str | None,
    limit: int | None,
) -> tuple[OrderRow, ...]:
    """Orders with the steps where they stand."""
    found = worklist.orders(
        connection, process=process, state=state, step=step, limit=limit
    )
    steps = worklist.open_steps(connection, [order.case_id for order in found])
    return tuple(
        OrderRow(
            number=order.number,
            process=order.process,
            state=CaseState(order.state),
            steps=tuple(StepId(name) for name in steps.get(order.case_id, ())),
            priority=order.priority,
            opened=Instant(order.opened),
            promised=_instant(order.promised),
            closed=_instant(order.closed),
            outcome=order.outcome,
        )
        for order in found
    )


def order(batch: Batch, registry: Registry, number: str) -> Order:
    """One order with its net and history, without personal values. Raises NotFound."""
    case_id = case_of(batch, number)
    held = batch.load(case_id)
    if held is None or held.after is None:
        raise no_order(number)
    net = registry.net(held.after.process)
    return Order(held.after, net, tuple(batch.events(case_id)), {})


def detail(order: Order, wanted: TaskRef, rows: tuple[TaskRow, ...]) -> TaskDetail:
    """One open task with what it asks for.

    Raises:
        NotFound: The process has no such step, or the order has not reached it.
        Conflict: The task is done already.
    """
    case, net = order.case, order.net
    net_step = net.steps.get(wanted.step)
    ref = f"{wanted.number}/{wanted.step}"
    if net_step is None or (
        wanted.step not in case.tasks and not case.visits.get(wanted.step)
    ):
        raise NotFound(
            f"Expected an open task {ref}, but order {wanted.number} has none: "
            f"see `flowengine order show {wanted.number}`."
        )
    row = next((row for row in rows if row.step == wanted.step), None)
    if row is None and wanted.step not in case.tasks:
        raise Conflict(f"Expected {ref} to be open, but it is already done.")
    if row is None:
        raise CommandRejected(
            f"Expected {ref} to be in the worklist, but the order is held "
            f"({case.hold_reason})."
            if case.state is CaseState.HELD
            else f"Expected a task for people, but {ref} waits for the world outside."
        )
    return TaskDetail(
        row=row,
        asks=tuple(
            (".".join(path), field_type(net.process, path))
            for path in net_step.step.asks
        ),
        outcomes=tuple(net_step.step.outcomes),
        data=case.data,
        net=net,
    )


def _task(task: StoredTask, titles: dict[str, Title]) -> TaskRow:
    visit = "" if task.visit == 1 else f"/{task.visit}"
    department = task.department or ""
    return TaskRow(
        ref=f"{task.number}/{task.step}{visit}",
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
    )


def _instant(value: int | None) -> Instant | None:
    return None if value is None else Instant(value)
