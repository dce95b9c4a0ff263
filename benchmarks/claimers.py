"""Eight processes that take the next task and complete it, until none is left."""

import multiprocessing
import time
from collections import Counter

from benchmarks.contest import Contestant, Figures
from benchmarks.ours import OnServer
from benchmarks.standard_work import COMPLETIONS, STEPS
from flowengine.engine import Engine
from flowengine.engine.refs import task_ref
from flowengine.errors import FlowError

CLAIMERS = 8
ROLE = "clerk"
OUTCOMES = dict(COMPLETIONS)
#: How often nothing may be offered, a hundredth of a second apart, before one stops.
PATIENCE = 50


def claimers(prepared: OnServer, name: str) -> Contestant:
    """The processes on one database of PostgreSQL; a step is a claim and its end."""

    def run() -> Figures:
        place = prepared.place()
        with Engine(place.address) as engine:
            for number in range(CLAIMERS):
                engine.people.add(f"clerk-{number}", [ROLE])
        context = multiprocessing.get_context("spawn")
        seconds = place.server_seconds()
        with context.Pool(CLAIMERS) as pool:
            work = [(place.address, number) for number in range(CLAIMERS)]
            found = pool.starmap(_claimer, work)
        seconds = place.server_seconds() - seconds
        tasks = Counter(task for tasks, *_ in found for task in tasks)
        wall = max(end for *_, end in found) - min(begun for _, _, begun, _ in found)
        steps = sum(tasks.values())
        if len(tasks) != prepared.orders * STEPS:
            raise ValueError(f"Expected every task to be done, but {len(tasks)} are.")
        prepared.server.drop(place)
        return {
            "processes": CLAIMERS,
            "cpu_us": sum(cpu for _, cpu, _, _ in found) / steps * 1e6,
            "server_cpu_us": seconds / steps * 1e6,
            "steps_per_s": steps / wall,
            "double_claims": steps - len(tasks),
        }

    return Contestant(name, run)


def _claimer(address: str, number: int) -> tuple[list[str], float, float, float]:
    """What one process has done: its tasks, processor seconds, and when."""
    person = f"clerk-{number}"
    tasks: list[str] = []
    idle = 0
    with Engine(address) as engine:
        # All begin together, whenever each was ready.
        time.sleep(2.0 - time.time() % 1.0)
        begun, cpu = time.time(), time.process_time()
        end, spent = begun, 0.0
        while idle < PATIENCE:
            receipt = engine.claim_next(ROLE, by=person)
            if receipt is None or receipt.task is None:
                idle += 1
                time.sleep(0.01)
                continue
            idle = 0
            step = task_ref(receipt.task).step
            try:
                engine.complete(receipt.task, by=person, outcome=OUTCOMES[step])
            except FlowError as refused:
                raise RuntimeError(f"{person} at {receipt.task}: {refused}") from None
            tasks.append(receipt.task)
            end, spent = time.time(), time.process_time() - cpu
        return tasks, spent, begun, end
