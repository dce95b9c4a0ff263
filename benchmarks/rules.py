"""How many rules a second: the rule of the design over a mix of orders.

    python -m benchmarks.rules [--json] [--quick]

Processor time of one thread, the best of five rounds. The peers come with
`make bench-peers`; until then their keys are null.
"""

import argparse
import json
import time
from collections.abc import Mapping, Sequence

from flowengine.language.position import NOWHERE
from flowengine.language.rules import Rule, Scope, compile_rule
from flowengine.language.types import DataType, Kind, Record
from flowengine.quantities import Instant

TEXT = "order.total > 5000 EUR and order.country not in [LV, EE, LT]"
PEERS = ("cel_python", "cel_rust", "zen", "simpleeval")
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
    count = 100_000 if options.quick else 1_000_000
    rule = compile_rule(TEXT, _SCOPE, NOWHERE, DataType(Kind.YES_NO))
    if not isinstance(rule, Rule):
        raise SystemExit(f"Expected a rule, but got {rule}.")
    result: dict[str, float | None] = {
        "flowengine_per_s": round(_per_second(rule, count)),
        **dict.fromkeys((f"{peer}_per_s" for peer in PEERS), None),
    }
    if options.json:
        print(json.dumps(result))
        return
    print(TEXT)
    for name, speed in result.items():
        shown = "not measured" if speed is None else f"{speed:>12,.0f}"
        print(f"{name:24}{shown}")


def _per_second(rule: Rule, count: int) -> float:
    """Evaluations of one rule in a second of processor time."""
    repeats = max(1, count // len(_ORDERS))
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(repeats):
            for order in _ORDERS:
                rule.evaluate(order, Instant(0))
        best = min(best, time.process_time() - start)
    return repeats * len(_ORDERS) / best


if __name__ == "__main__":
    main()
