"""A desk where machines do most: a label by http, a box by a function, notices."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from flowengine.configuration import Configuration, Http, Mail, WorkerSettings
from flowengine.engine import Engine
from flowengine.engine.automations import AutomationCall, Function
from flowengine.quantities import SECOND, Duration
from tests.engine.outside import Mailbox, mail_server
from tests.engine.world import World

#: The label printer: always there, so that one prepared database serves all tests.
PORT = 47_011
PRINTER = f"http://127.0.0.1:{PORT}"

DESK = """\
process: desk
version: 1
title: {en: Desk, lv: Galds}
for: order
number: order.number
currency: EUR
data:
  order:
    number: text
    total: money
    email: optional personal text
    label: optional text
    box: optional one of [small, large]
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
roles:
  clerk: {department: sales, people: 2}
steps:
  enter:
    role: clerk
    sla: 4h
    escalate: [{at: 50%, notify: sales}]
    outcomes: {print: label, pack: choose-box, tell: tell, customer: tell-customer}
  label:
    do: http POST http://127.0.0.1:47011/make
    asks: [order.label]
    outcomes: {ok: done, bad: look}
  choose-box:
    do: python choose-box
    asks: [order.box]
    outcomes: {ok: done, none: look}
  tell: {do: notify clerk, next: done}
  tell-customer: {do: notify order.email, next: done}
  look: {role: clerk, next: done}
  done: {end: success}
"""

#: Short enough for tests, and with the longest pause under a minute.
SETTINGS = WorkerSettings(
    threads=2,
    timeout=Duration(5 * SECOND),
    attempts=3,
    first_pause=SECOND,
    longest_pause=Duration(10 * SECOND),
    poll=Duration(SECOND // 20),
)


#: How the printer answers.
PRINTED = {"outcome": "ok", "answers": {"order.label": "L-17"}}


class Desk(World):
    """The desk with its machines, and a clock that the test moves."""

    def __init__(
        self,
        place: str,
        configuration: Configuration | None = None,
        functions: Mapping[str, Function] | None = None,
    ) -> None:
        self.configuration = configuration or Configuration(worker=SETTINGS)
        self.functions = functions or {}
        super().__init__(place, DESK)

    def another(self) -> Engine:
        """One more engine, with the same machines."""
        return Engine(
            self.address,
            clock=self.now,
            synchronous="OFF",
            configuration=self.configuration,
            automations=self.functions,
        )

    def order(self, number: str, outcome: str, **fields: str) -> None:
        """Open an order and send it to one of the machines."""
        whole = {"number": number, "total": "450 EUR", **fields}
        self.engine.open_order("desk", whole, by="anna")
        self.engine.complete(f"{number}/enter", by="anna", outcome=outcome)

    def steps(self, number: str) -> tuple[str, ...]:
        """Where an order stands."""
        return tuple(self.engine.order(number).case.tasks)

    def incident(self, number: str) -> str:
        """Why an order stands still; "" where it does not."""
        return "; ".join(self.engine.order(number).case.incidents.values())


def asking(*, allow: str = PRINTER, personal: tuple[str, ...] = ()) -> Configuration:
    """An installation that may call one machine and no other."""
    return Configuration(http=Http((allow,), personal), worker=SETTINGS)


def boxing(address: str, function: Function, **settings: Duration) -> Desk:
    """A desk with one function, and an order that waits for it."""
    worker = replace(SETTINGS, **settings)
    made = Desk(address, Configuration(worker=worker), {"choose-box": function})
    made.order("1", "pack")
    return made


def small(_: AutomationCall) -> dict[str, object]:
    return {"outcome": "ok", "answers": {"order.box": "small"}}


@contextmanager
def writing(mailbox: Mailbox) -> Iterator[Configuration]:
    """An installation that writes mails, and the server that takes them."""
    with mail_server(mailbox) as port:
        mail = Mail("127.0.0.1", port, "desk@example.com", starttls=False)
        yield replace(Configuration(worker=SETTINGS), mail=mail)
