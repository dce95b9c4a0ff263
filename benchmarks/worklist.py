"""Claiming the next task among many open ones: at a steady rate, then without a pause.

First claims arrive at random moments, 300 a second on average, at one engine with 8
threads; each is timed from the moment it arrived, so that one that has to wait for
those before it counts its wait too. Then 8 processes claim without a pause. Every claim
is a transaction of its own with its event, forced to the disk; nobody may be given what
somebody else has. What the disk alone takes is told beside it.

    python -m benchmarks.worklist [--open N] [--postgres] [--json] [--quick]
"""

import argparse
import json
import multiprocessing
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path

from benchmarks.growth import a_place
from benchmarks.ours import accept
from benchmarks.servers import Place
from flowengine.clock import system_clock
from flowengine.engine import Engine
from flowengine.kernel.case import CaseId, UserId
from flowengine.kernel.commands import OpenCase
from flowengine.quantities import SECOND, Instant, instant_of

RATE = 300
SECONDS = 10.0
CLAIMERS = 8
#: Everybody claims for the same role: that is where they could be in each other's way.
ROLE = "picker"

PROCESS = """\
process: worklist
version: 1
title: {en: Worklist, lv: Darbu saraksts}
for: order
number: order.number
priority: order.priority
data:
  order: {number: text, priority: integer, zone: integer}
calendars:
  office: {days: mon-sun, hours: "00:00-24:00", zone: Europe/Riga}
departments:
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  picker: {department: warehouse, people: 50, calendar: office}
  packer: {department: warehouse, people: 50, calendar: office}
steps:
  route:
    choose:
      - {when: order.zone == 0, next: pack}
      - {when: order.zone == 1, next: pick-far}
      - {else: pick}
  pick: {role: picker, sla: 4h, next: done}
  pick-far: {role: picker, next: done}
  pack: {role: packer, sla: 2h, next: done}
  done: {end: success}
"""


def fill(address: str, count: int) -> None:
    """Open so many orders, each with one open task; one in three is for packers."""
    with Engine(address, synchronous="OFF") as engine:
        digest = engine.add_process(PROCESS, "worklist.yaml").digest
        for number in range(CLAIMERS):
            engine.people.add(f"person-{number}", [ROLE])
        first = Instant(instant_of(system_clock()) - count * SECOND // 3)
        for start in range(0, count, 500):
            numbers = range(start, min(start + 500, count))
            accept(engine.submit([_opening(n, digest, first) for n in numbers]))


def _opening(number: int, digest: str, first: Instant) -> OpenCase:
    return OpenCase(
        case_id=CaseId(f"{number:032x}"),
        at=Instant(first + number * SECOND // 3),
        by=UserId("web"),
        number=str(number),
        process=digest,
        data={
            "order": {
                "number": str(number),
                "priority": number * 7 % 4,
                "zone": number % 3,
            }
        },
    )


def steady(address: str, rate: int, seconds: float) -> tuple[list[float], list[str]]:
    """Claims that arrive at random: how long each took, in seconds, and what it got."""
    chance = random.Random(1)  # noqa: S311 - the same arrivals every time
    gaps = (chance.expovariate(rate) for _ in range(int(rate * seconds)))
    with Engine(address) as engine, ThreadPoolExecutor(CLAIMERS) as pool:
        engine.claim_next(ROLE, by="person-0")  # opened and compiled before the clock
        begun = time.perf_counter() + 0.1

        def claim(due: float, number: int) -> tuple[float, str]:
            person = f"person-{number % CLAIMERS}"
            receipt = engine.claim_next(ROLE, by=person)
            task = "" if receipt is None else str(receipt.task)
            return time.perf_counter() - begun - due, task

        answers = []
        for number, due in enumerate(accumulate(gaps)):
            time.sleep(max(0.0, begun + due - time.perf_counter()))
            answers.append(pool.submit(claim, due, number))
        found = [answer.result() for answer in answers]
    return [took for took, _ in found], [task for _, task in found]


def saturated(address: str, seconds: float) -> tuple[list[float], list[str]]:
    """As `steady`, by processes that claim one after the other without a pause."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(CLAIMERS) as pool:
        work = [(address, number, seconds) for number in range(CLAIMERS)]
        found = pool.starmap(_claimer, work)
    return [t for times, _ in found for t in times], [r for _, rs in found for r in rs]


def _claimer(
    address: str, number: int, seconds: float
) -> tuple[list[float], list[str]]:
    times: list[float] = []
    tasks: list[str] = []
    with Engine(address) as engine:
        # All begin together, whenever each was ready.
        time.sleep(1.0 - time.time() % 1.0 + 1.0)
        end = time.perf_counter() + seconds
        while (begun := time.perf_counter()) < end:
            receipt = engine.claim_next(ROLE, by=f"person-{number}")
            if receipt is None:
                break
            times.append(time.perf_counter() - begun)
            tasks.append(str(receipt.task))
    return times, tasks


def forced_writes(folder: Path, seconds: float = 1.0) -> list[float]:
    """How long the disk takes to make a claim's few pages last, at the same rate."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        end = time.perf_counter() + seconds
        while (begun := time.perf_counter()) < end:
            file.write(bytes(8 * 4096))
            file.flush()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begun)
            time.sleep(1 / RATE)
    return times


def settle(place: Place) -> None:
    """Let what was filled in reach the disk: it is not what is measured."""
    place.size()  # a server writes everything down before it counts
    path = Path(place.address)
    if path.is_file():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def share(times: Sequence[float], percent: int) -> float:
    """What so many percent of them stay below, in milliseconds."""
    return round(statistics.quantiles(times, n=100)[percent - 1] * 1e3, 3)


def doubles(tasks: Iterable[str]) -> int:
    """How many tasks were given to more than one."""
    given = [task for task in tasks if task]
    return len(given) - len(set(given))


def measured(place: Place, count: int, seconds: float) -> dict[str, object]:
    """Fill a database and claim from it."""
    address = place.address
    fill(address, count)
    settle(place)
    floor = forced_writes(Path(tempfile.gettempdir()))
    times, tasks = steady(address, RATE, seconds)
    hot, hot_tasks = saturated(address, seconds / 2)
    return {
        "open": count,
        "claims": len(times),
        "forced_write_p50_ms": share(floor, 50),
        "forced_write_p99_ms": share(floor, 99),
        "claim_p50_ms": share(times, 50),
        "claim_p99_ms": share(times, 99),
        "saturated_per_s": round(len(hot) / (seconds / 2)),
        "saturated_p99_ms": share(hot, 99),
        "double_claims": doubles([*tasks, *hot_tasks]),
        "without_a_task": sum(not task for task in tasks),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worklist")
    parser.add_argument("--open", type=int, default=100_000, dest="count")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    count, seconds = (5_000, 3.0) if asked.quick else (asked.count, SECONDS)
    with a_place(asked.postgres, None) as place:
        found = measured(place, count, seconds)
    if asked.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:20} {value}")


if __name__ == "__main__":
    main()
