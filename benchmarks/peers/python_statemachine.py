"""python-statemachine: a chart with a parallel state, stored through its model.

A chart is made for an order from the model that holds its state, as the documentation
of domain models says; `done.state.preparing` joins the two branches.
"""

import json

from statemachine import State, StateChart
from statemachine.orderedset import OrderedSet

from benchmarks.peers.measuring import Ledger, Setup, is_checked, main


class Order:
    """The model: the chart's configuration, and what the decision reads."""

    def __init__(self, state: str | None, data: dict[str, object]) -> None:
        found = None if state is None else json.loads(state)
        self.state = OrderedSet(found) if isinstance(found, list) else found
        self.data = data
        self.checked = False

    def text(self) -> str:
        """The configuration as it is stored."""
        if isinstance(self.state, OrderedSet):
            return json.dumps(list(self.state))
        return json.dumps(self.state)


class Chart(StateChart[Order]):
    """The standard work."""

    entering = State(initial=True)

    class preparing(State.Parallel):  # noqa: N801 - a state is named as it is read
        """The split."""

        class picking(State.Compound):  # noqa: N801 - as above
            """One branch."""

            pick_open = State(initial=True)
            pick_done = State(final=True)
            pick = pick_open.to(pick_done)

        class documents(State.Compound):  # noqa: N801 - as above
            """The other branch."""

            papers_open = State(initial=True)
            papers_done = State(final=True)
            papers = papers_open.to(papers_done)

    packing = State()
    shipping = State()
    done = State(final=True)

    enter = entering.to(preparing, cond="is_checked", on="check") | entering.to(
        preparing
    )
    done_state_preparing = preparing.to(packing)
    pack = packing.to(shipping)
    ship = shipping.to(done)

    def is_checked(self) -> bool:
        """The decision."""
        return is_checked(self.model.data)

    def check(self) -> None:
        """The branch that was taken."""
        self.model.checked = True


class PythonStatemachine:
    """The peer."""

    def __init__(self, setup: Setup) -> None:
        self._orders = setup.orders
        self._ledger = Ledger(setup)
        first = Order(None, {})
        Chart(first)
        self._first = first.text()

    def open(self, number: int) -> None:
        """A row."""
        self._ledger.add(number, self._first)

    def complete(self, step: str) -> None:
        """Load, send, store."""

        def fire(state: str, data: dict[str, object]) -> str:
            model = Order(state, data)
            Chart(model).send(step)
            return model.text()

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
    main("python-statemachine", PythonStatemachine)
