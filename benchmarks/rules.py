"""How many rules a second, beside four peers: the rule of the design over many orders.

    python -m benchmarks.rules [--json] [--quick]

Processor time of one thread, the median of five rounds, the peers in between. They come
with `make bench-peers`; without them their keys are null.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from flowengine.language.position import NOWHERE
from flowengine.language.rules import Rule, Scope, compile_rule
from flowengine.language.types import DataType, Kind, Record
from flowengine.quantities import Instant

TEXT = "order.total > 5000 EUR and order.country not in [LV, EE, LT]"
#: Each peer with how often it goes over all orders: about half a second.
PEERS = {"cel_python": 50, "cel_rust": 4_000, "zen": 20_000, "simpleeval": 4_000}
PEERS_PYTHON = Path(__file__).parents[1] / ".venv-peers" / "bin" / "python"
ROUNDS = 5

_ORDER = Record(
    "order", {"total": DataType(Kind.MONEY), "country": DataType(Kind.COUNTRY)}
)
_SCOPE = Scope({"order": _ORDER}, "order", "EUR", {})
#: Three orders in four pass the first half, half of those the second.
_ORDERS: Sequence[Mapping[str, object]] = tuple(
    {"order": {"total": total * 10_000, "country": country}}
    for total in (5_001, 9_000, 4_000, 80_000)
    for country in ("LV", "US", "EE", "DE")
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table or one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args(arguments)
    rule = compile_rule(TEXT, _SCOPE, NOWHERE, DataType(Kind.YES_NO))
    if not isinstance(rule, Rule):
        sys.exit(f"Expected a rule, but got {rule}.")
    speeds = _measured(rule, 10 if options.quick else 1)
    result = {
        f"{name}_per_s": round(median(measured)) if measured else None
        for name, measured in speeds.items()
    }
    if options.json:
        print(json.dumps(result))
        return
    print(TEXT)
    ours = result["flowengine_per_s"] or 0
    for name, speed in result.items():
        shown = "not measured: make bench-peers"
        if speed is not None:
            shown = f"{speed:>12,}"
            if speed != ours:
                shown += f"   flowengine does {ours / speed:,.1f} times as many"
        print(f"{name:24}{shown}")


def _measured(rule: Rule, shorter: int) -> dict[str, list[float]]:
    """Evaluations a second by name, one figure a round."""
    expected = [rule.evaluate(order, Instant(0)) for order in _ORDERS]
    speeds: dict[str, list[float]] = {"flowengine": [], **{name: [] for name in PEERS}}
    for _ in range(ROUNDS):
        speeds["flowengine"].append(_per_second(rule, 100_000 // shorter))
        if PEERS_PYTHON.exists():
            for name, rounds in PEERS.items():
                speeds[name].append(_peer(name, max(1, rounds // shorter), expected))
    return speeds


def _per_second(rule: Rule, rounds: int) -> float:
    """Evaluations of one rule in a second of processor time."""
    start = time.process_time()
    for _ in range(rounds):
        for order in _ORDERS:
            rule.evaluate(order, Instant(0))
    return rounds * len(_ORDERS) / (time.process_time() - start)


def _peer(name: str, rounds: int, expected: list[object]) -> float:
    """The same of a peer, which must give the same answers."""
    script = Path(__file__).with_name("rule_peers.py")
    run = subprocess.run(  # noqa: S603 - a script of ours
        [PEERS_PYTHON, script, name, str(rounds)],
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(run.stdout)
    if found["answers"] != expected:
        sys.exit(f"Expected {name} to answer {expected}, but got {found['answers']}.")
    return float(found["per_s"])


if __name__ == "__main__":
    main()
