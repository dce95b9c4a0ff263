"""One peer of `benchmarks.rules` at the same rule over the same orders.

    python rule_peers.py NAME ROUNDS   NAME: cel_python cel_rust zen simpleeval

Runs in the environment of `make bench-peers`, which has no flowengine. Every peer gets
its orders in the form it evaluates fastest and its rule compiled or parsed once, as
its documentation says. Prints JSON: evaluations a second of processor time, and the
answers.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

ORDERS = [
    {"total": total, "country": country}
    for total in (5_001, 9_000, 4_000, 80_000)
    for country in ("LV", "US", "EE", "DE")
]
CEL = "order.total > 5000 && !(order.country in ['LV', 'EE', 'LT'])"
ZEN = "order.total > 5000 and order.country not in ['LV', 'EE', 'LT']"
PYTHON = "order['total'] > 5000 and order['country'] not in ['LV', 'EE', 'LT']"

#: A peer: how it evaluates, and the orders in its own form.
Peer = tuple[Callable[[Any], object], Sequence[Any]]


def cel_python() -> Peer:
    """Google's Common Expression Language, in Python."""
    celpy = importlib.import_module("celpy")
    environment = celpy.Environment()
    program = environment.program(environment.compile(CEL))
    return program.evaluate, [{"order": celpy.json_to_cel(order)} for order in ORDERS]


def cel_rust() -> Peer:
    """The same language, in Rust."""
    program = importlib.import_module("cel").compile(CEL)
    return program.execute, [{"order": order} for order in ORDERS]


def zen() -> Peer:
    """GoRules' expressions, in Rust."""
    expression = importlib.import_module("zen").compile_expression(ZEN)
    return expression.evaluate, [{"order": order} for order in ORDERS]


def simpleeval() -> Peer:
    """Python's syntax tree, walked."""
    evaluator = importlib.import_module("simpleeval").EvalWithCompoundTypes()
    parsed = evaluator.parse(PYTHON)

    def evaluate(names: dict[str, object]) -> object:
        evaluator.names = names
        return evaluator.eval(PYTHON, previously_parsed=parsed)

    return evaluate, [{"order": order} for order in ORDERS]


PEERS = {peer.__name__: peer for peer in (cel_python, cel_rust, zen, simpleeval)}


def main(name: str, rounds: int) -> None:
    """Measure one peer."""
    evaluate, orders = PEERS[name]()
    answers = [bool(evaluate(order)) for order in orders]
    start = time.process_time()
    for _ in range(rounds):
        for order in orders:
            evaluate(order)
    spent = time.process_time() - start
    print(json.dumps({"per_s": rounds * len(orders) / spent, "answers": answers}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
