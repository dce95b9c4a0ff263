"""DBOS: a durable workflow an order, which receives a message for each completion.

As its documentation has it, the system database is SQLite, or with `--address` a
PostgreSQL with its LISTEN and NOTIFY. A completion is `DBOS.send` by the client and
`DBOS.recv` in the workflow, which is its checkpoint; nothing else is a step.
Workflows that wait are in memory. On SQLite a message is found by polling, a second
apart by its default: wall time has that in it, once a completion.
"""

from typing import TypedDict

import sqlalchemy
from dbos import DBOS, DBOSConfig, SetWorkflowID, WorkflowHandle

from benchmarks.peers.measuring import CLERK, Setup, is_checked, main, order

#: Longer than any run.
PATIENCE = 3600.0


class Message(TypedDict):
    """Who has completed a step."""

    by: str


@DBOS.workflow()
async def standard_work(data: dict[str, object]) -> bool:
    """One order from its opening to its end."""
    await DBOS.recv_async("enter", PATIENCE)
    checked = is_checked(data)
    await DBOS.recv_async("pick", PATIENCE)
    await DBOS.recv_async("papers", PATIENCE)
    await DBOS.recv_async("pack", PATIENCE)
    await DBOS.recv_async("ship", PATIENCE)
    return checked


class Dbos:
    """The peer."""

    def __init__(self, setup: Setup) -> None:
        self._handles: dict[int, WorkflowHandle[bool]] = {}
        address = setup.address or f"sqlite:///{setup.path}"
        config = DBOSConfig(
            name="standard-work", system_database_url=address, log_level="ERROR"
        )
        if setup.address is None and setup.synchronous == "OFF":
            sqlalchemy.event.listen(sqlalchemy.Engine, "connect", _unforced)
        DBOS(config=config)
        DBOS.launch()

    def open(self, number: int) -> None:
        """Start the workflow; it is durable when this returns."""
        with SetWorkflowID(f"order-{number}"):
            handle = DBOS.start_workflow(standard_work, order(number))
        self._handles[number] = handle

    def complete(self, step: str) -> None:
        """Tell every workflow."""
        message = Message(by=CLERK)
        for number in self._handles:
            DBOS.send(
                f"order-{number}", message, step, idempotency_key=f"{number}-{step}"
            )

    def settle(self) -> None:
        """Wait until every workflow has returned."""
        for handle in self._handles.values():
            handle.get_result()

    def finished(self) -> int:
        """Those whose end is stored."""
        return len(DBOS.list_workflows(status="SUCCESS", limit=10**6))

    def close(self) -> None:
        """Shut down."""
        DBOS.destroy()


def _unforced(connection: object, _record: object) -> None:
    """Processor time is measured without forced writes, as that of all others."""
    execute = getattr(connection, "execute")  # noqa: B009 - whatever driver it is
    execute("PRAGMA synchronous=OFF")


if __name__ == "__main__":
    main("dbos", Dbos)
