"""transitions: a hierarchical machine, its state in a row, a history row a step.

The split is a parallel state of `pick` and `papers`; where both are at their final
child, `on_final` moves the order to `pack`. One machine serves all orders, as its FAQ
advises; the state is loaded into its model before each step.
"""

import json

from transitions.extensions import HierarchicalMachine

from benchmarks.peers.measuring import Ledger, Setup, is_checked, main

TRANSITIONS = [
    {
        "trigger": "enter",
        "source": "enter",
        "dest": "preparing",
        "conditions": "is_checked",
        "before": "check",
    },
    {"trigger": "enter", "source": "enter", "dest": "preparing"},
    {"trigger": "pick", "source": "preparing_pick_open", "dest": "preparing_pick_done"},
    {
        "trigger": "papers",
        "source": "preparing_papers_open",
        "dest": "preparing_papers_done",
    },
    {"trigger": "pack", "source": "pack", "dest": "ship"},
    {"trigger": "ship", "source": "ship", "dest": "done"},
]


def part(name: str) -> dict[str, object]:
    """One branch of the split."""
    children = ["open", {"name": "done", "final": True}]
    return {"name": name, "initial": "open", "children": children}


class Order:
    """The model: what the decision reads."""

    state: object
    data: dict[str, object]
    checked = False

    def is_checked(self) -> bool:
        """The decision."""
        return is_checked(self.data)

    def check(self) -> None:
        """The branch that was taken."""
        self.checked = True


class Transitions:
    """The peer."""

    def __init__(self, setup: Setup) -> None:
        self._orders = setup.orders
        self._ledger = Ledger(setup)
        self._order = Order()
        preparing = {
            "name": "preparing",
            "parallel": [part("pick"), part("papers")],
            "on_final": "to_pack",
        }
        self._machine = HierarchicalMachine(
            model=self._order,
            states=["enter", preparing, "pack", "ship", "done"],
            transitions=TRANSITIONS,
            initial="enter",
        )

    def open(self, number: int) -> None:
        """A row."""
        self._ledger.add(number, json.dumps("enter"))

    def complete(self, step: str) -> None:
        """Load, trigger, store."""

        def fire(state: str, data: dict[str, object]) -> str:
            self._order.data = data
            self._order.state = json.loads(state)
            self._order.trigger(step)  # type: ignore[attr-defined]  # the machine adds it
            return json.dumps(self._order.state)

        for number in range(self._orders):
            self._ledger.change(number, step, fire)

    def settle(self) -> None:
        """Nothing runs by itself."""

    def finished(self) -> int:
        """Those that are done."""
        return self._ledger.states().count(json.dumps("done"))

    def close(self) -> None:
        """Close the ledger."""
        self._ledger.close()


if __name__ == "__main__":
    main("transitions", Transitions)
