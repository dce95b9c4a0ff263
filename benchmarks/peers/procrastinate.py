"""Procrastinate: a job a step, in PostgreSQL, the order's state in a table beside.

A completion is a job that is deferred with its order's lock, as the documentation
advises for work in order, and that a worker runs, eight jobs at once: one statement
that moves the order on where it may, with its decision and join, and notes the history.
It has no notion of a process: what may follow what stands in that statement.
"""

import asyncio

from procrastinate import App, PsycopgConnector

from benchmarks.peers.measuring import CLERK, STEPS, Setup, main, order

AT_ONCE = 8
TABLES = """
CREATE TABLE standard_order (
  number integer PRIMARY KEY, total integer, service text, checked boolean,
  did integer NOT NULL DEFAULT 0);
CREATE TABLE standard_history (
  number integer, step text, who text, at timestamptz DEFAULT now(),
  PRIMARY KEY (number, step));
"""
OPEN = """
INSERT INTO standard_order (number, total, service)
VALUES (%(number)s, %(total)s, %(service)s)
"""
MOVE = """
WITH moved AS (
  UPDATE standard_order SET did = did | %(does)s,
    checked = coalesce(checked, total > 5000 AND service = 'express')
  WHERE number = %(number)s AND did & %(needs)s = %(needs)s
  RETURNING number)
INSERT INTO standard_history (number, step, who)
SELECT number, %(step)s, %(who)s FROM moved
"""
#: A bit for each step that is done; what must be done before a step.
DOES = {step: 1 << position for position, step in enumerate(STEPS)}
NEEDS = {
    "enter": 0,
    "pick": DOES["enter"],
    "papers": DOES["enter"],
    "pack": DOES["pick"] | DOES["papers"],
    "ship": DOES["pack"],
}


class Procrastinate:
    """The peer."""

    def __init__(self, setup: Setup) -> None:
        if setup.address is None:
            raise ValueError("Expected --address: Procrastinate needs PostgreSQL.")
        self._app = App(connector=PsycopgConnector(conninfo=setup.address))
        self._orders = setup.orders
        self._runner = asyncio.Runner()

        @self._app.task(name="complete")
        async def complete(number: int, step: str) -> None:
            await self._app.connector.execute_query_async(
                MOVE,
                number=number,
                step=step,
                who=CLERK,
                does=DOES[step],
                needs=NEEDS[step],
            )

        self._task = complete
        self._runner.run(self._prepare())

    async def _prepare(self) -> None:
        await self._app.open_async()
        await self._app.schema_manager.apply_schema_async()
        await self._app.connector.execute_query_async(TABLES)

    def open(self, number: int) -> None:
        """A row."""
        data = {**order(number), "number": number}
        self._runner.run(self._app.connector.execute_query_async(OPEN, **data))

    def complete(self, step: str) -> None:
        """Defer a job for every order, and work until none is left."""
        self._runner.run(self._complete(step))

    async def _complete(self, step: str) -> None:
        for number in range(self._orders):
            job = self._task.configure(lock=str(number))
            await job.defer_async(number=number, step=step)
        await self._app.run_worker_async(
            wait=False, concurrency=AT_ONCE, install_signal_handlers=False
        )

    def settle(self) -> None:
        """The worker ends when nothing is left."""

    def finished(self) -> int:
        """Those with all steps done."""
        found = self._runner.run(
            self._app.connector.execute_query_one_async(
                "SELECT count(*) AS ended FROM standard_order WHERE did = 31"
            )
        )
        return int(found["ended"])

    def close(self) -> None:
        """Close the connections."""
        self._runner.run(self._app.close_async())
        self._runner.close()


if __name__ == "__main__":
    main("procrastinate", Procrastinate)
