"""What one step costs: kernel, SQLite, PostgreSQL, beside the floor and the peers.

    python -m benchmarks.engine [--orders N] [--postgres] [--peers] [--json] [--quick]

A step is one human completion with all that the engine does for it. Everything is
measured in one run, alternating, medians of five; who takes longer than half a minute
runs once. Processor time on SQLite is taken with `synchronous=OFF`, steps a second and
forced writes with FULL; PostgreSQL forces its log throughout, and its processor time
stands apart (`server_cpu_us`). Peers need `make bench-peers`, and those on PostgreSQL
`--postgres`.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from benchmarks import beside
from benchmarks.callers import callers
from benchmarks.claimers import claimers
from benchmarks.contest import Contestant, Figures, contest, ratio
from benchmarks.floors import bare_postgres, bare_sqlite, core_sqlite, recorded
from benchmarks.forced import forced_by_callers, forced_on_file, round_trips
from benchmarks.ours import OnFile, OnServer
from benchmarks.servers import Server, postgres_server
from benchmarks.standard_work import PROCESS, STEPS, completions, opening
from flowengine.kernel import act
from flowengine.net.check import check_text

ROUNDS = 5
BATCH = 50
#: Orders with which system calls are counted; strace makes each of them slow.
COUNTED = 100
#: The same with many threads: some for each of them.
MANY = 256

OURS = (
    *("sqlite_single", "sqlite_batch", "sqlite_callers"),
    *("postgres_single", "postgres_workers"),
)

Results = dict[str, Figures]


def kernel_us(orders: int) -> float:
    """Microseconds of processor time a completion costs without any database."""
    net = check_text(PROCESS, "standard-work.yaml").net
    if net is None:
        raise ValueError("The standard work has errors.")
    spent = 0.0
    for number in range(orders):
        case = act(net, None, opening(number, net.process.digest)).case
        commands = list(completions(number))
        started = time.process_time()
        for command in commands:
            case = act(net, case, command).case
        spent += time.process_time() - started
        if case.outcome != "success":
            raise ValueError(f"Order {number} ended as {case.outcome}.")
    return spent / (orders * STEPS) * 1e6


def on_sqlite(folder: Path, orders: int) -> list[Contestant]:
    """Ours on a file, and its floors."""
    prepared = OnFile(folder, orders)
    prepared.prepare()
    single = recorded(prepared.place().address, orders, 1)
    batch = recorded(prepared.place().address, orders, BATCH)
    return [
        prepared.contestant("sqlite_single", 1),
        bare_sqlite(prepared, single, "bare_sqlite"),
        core_sqlite(prepared, single, "core_sqlite"),
        prepared.contestant("sqlite_batch", BATCH),
        bare_sqlite(prepared, batch, "bare_sqlite_batch"),
        callers(prepared, "sqlite_callers"),
    ]


def on_postgres(server: Server, orders: int) -> list[Contestant]:
    """Ours on a server, and its floor."""
    prepared = OnServer(server, orders)
    place = prepared.place()
    calls = recorded(place.address, orders, 1)
    server.drop(place)
    return [
        prepared.contestant("postgres_single", 1),
        bare_postgres(prepared, calls, "bare_postgres"),
        claimers(prepared, "postgres_workers"),
    ]


def results(
    orders: int, rounds: int, *, postgres: bool, peers: bool
) -> dict[str, object]:
    """All numbers under the keys of the shared shape; what was not asked is None."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres_server()) if postgres else None
        contestants = [
            Contestant("kernel", lambda: {"cpu_us": kernel_us(orders)}),
            *on_sqlite(folder, orders),
        ]
        if server is not None:
            contestants += on_postgres(server, orders)
        if peers:
            contestants += beside.contestants(orders, server)
        counted = counts(min(orders, COUNTED), server)
        if peers:
            counted |= beside.forced(min(orders, COUNTED))
        found = contest(contestants, rounds)
    for name, figures in counted.items():
        found[name] |= figures
    return shaped(found)


def counts(orders: int, server: Server | None) -> Results:
    """What strace sees: forced writes on files, round trips to a server."""
    found: Results = {
        "sqlite_single": {"fsync": forced_on_file(orders, 1)},
        "sqlite_batch": {"fsync": forced_on_file(orders, BATCH)},
        "sqlite_callers": {"fsync": forced_by_callers(MANY)},
    }
    if server is not None:
        found["postgres_single"] = {"round_trips": round_trips(server, orders)}
    return found


def shaped(found: Results) -> dict[str, object]:
    """The figures under the keys that all runs have, with their ratios."""
    floors = {
        name: figures for name, figures in found.items() if name.startswith(_FLOORS)
    }
    for name, under in (
        ("sqlite_single", "bare_sqlite"),
        ("sqlite_batch", "bare_sqlite_batch"),
        ("postgres_single", "bare_postgres"),
    ):
        if name in found:
            compare(found[name], found[under])
    peers = {name: found[name] for name in found if name in beside.NAMES}
    for name, figures in peers.items():
        kind = "postgres_single" if beside.NAMES[name].postgres else "sqlite_single"
        figures["ratio_to_ours"] = ratio(figures.get("cpu_us"), found[kind]["cpu_us"])
    return {
        "kernel_us": found["kernel"]["cpu_us"],
        "floor": floors,
        **{name: found.get(name) for name in OURS},
        "peers": peers or None,
    }


_FLOORS = ("bare_", "core_")


def compare(ours: Figures, floor: Mapping[str, object]) -> None:
    """Say beside ours how it stands to its floor."""
    ours["ratio_to_floor"] = ratio(ours["cpu_us"], floor["cpu_us"])
    ours["share_of_floor"] = ratio(ours["steps_per_s"], floor["steps_per_s"])


def table(found: Mapping[str, object]) -> str:
    """The same for people."""
    names = (
        *("cpu_us", "server_cpu_us", "fsync", "round_trips", "kib_per_order"),
        *("steps_per_s", "ratio_to_floor", "share_of_floor", "ratio_to_ours"),
    )
    lines = [f"kernel alone: {found['kernel_us']} µs a step", ""]
    lines.append(f"{'a step':24}" + "".join(f"{name:>15}" for name in names))
    for name, figures in _rows(found):
        shown = [str(figures.get(key, "")) for key in names]
        line = f"{name:24}" + "".join(f"{value:>15}" for value in shown)
        extra = [f"{key} {value}" for key, value in figures.items() if key not in names]
        lines.append(f"{line}  {', '.join(extra)}")
    return "\n".join(lines)


def _rows(found: Mapping[str, object]) -> list[tuple[str, Figures]]:
    rows: list[tuple[str, Figures]] = []
    for name, value in found.items():
        if not isinstance(value, dict):
            continue
        inner = value.items() if name in ("floor", "peers") else [(name, value)]
        rows += [(key, figures) for key, figures in inner]
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine")
    parser.add_argument("--orders", type=int, default=1000)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    orders, rounds = (40, 1) if asked.quick else (asked.orders, ROUNDS)
    found = results(orders, rounds, postgres=asked.postgres, peers=asked.peers)
    print(json.dumps(found) if asked.json else table(found))


if __name__ == "__main__":
    main()
