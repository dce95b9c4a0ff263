"""Plays a company: orders come, virtual staff work them, the world answers.

Everything goes through the same `Engine` methods as the command line and the API; the
commands of one moment are submitted together.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from flowengine.demo.agenda import Agenda
from flowengine.demo.fates import early_messages, fate_of
from flowengine.demo.floor import Floor, OpenStep, PlayedOrder
from flowengine.demo.habits import ending_of, service_of
from flowengine.demo.machines import machine_answer
from flowengine.demo.outside import Message, messages_for
from flowengine.demo.people import Doing, Person
from flowengine.demo.returns import ReturnRequest, return_of
from flowengine.engine import Engine, Receipt
from flowengine.errors import FlowError
from flowengine.kernel.case import CaseId
from flowengine.kernel.commands import (
    CancelCase,
    ClaimTask,
    Command,
    CompleteTask,
    StartTask,
)
from flowengine.kernel.events import CaseClosed, ChildAsked
from flowengine.language.process import StepKind
from flowengine.quantities import Instant

#: The processes that orders, the parts of split ones, and returns move through.
ORDERS = "order-to-delivery"
SHIPMENTS = "shipment"
RETURNS = "return"
_SHOP = "shop"


class Play:
    """One playing of the demo."""

    def __init__(
        self, engine: Engine, agenda: Agenda, staff: Sequence[Person], seed: int
    ) -> None:
        self._engine = engine
        self._agenda = agenda
        self._staff = staff
        self._seed = seed
        self._floor = Floor()
        self._commands: list[Command] = []
        #: Cases that calls ask for and the engine has yet to open.
        self._children: dict[CaseId, tuple[PlayedOrder, ChildAsked]] = {}
        #: Another order must be told of something: of an end, or that it is cancelled.
        self._is_due = False
        #: How many commands and messages the engine has refused: the late ones.
        self.refused = 0

    def expect_order(self, at: Instant, fields: Mapping[str, object]) -> None:
        """Let an order come in at a moment."""
        self._agenda.add(at, partial(self._open, ORDERS, fields))

    def expect_return(self, request: ReturnRequest) -> None:
        """Let a customer ask for a return."""
        self._agenda.add(request.at, partial(self._open, RETURNS, request.fields))

    def until(self, end: Instant, tick: Callable[[Instant], None]) -> None:
        """Play up to a moment; `tick` hears each moment at which something happens."""
        for acts in self._agenda.moments(end):
            tick(self._agenda.now)
            for act in acts:
                act()
            self._submit()
            self._go_on()
            self._call_people()

    # What comes from outside

    def _open(self, process: str, fields: Mapping[str, object]) -> None:
        for answer in self._engine.open_orders(process, [fields], by=_SHOP):
            if isinstance(answer, FlowError):
                raise answer
            order = PlayedOrder(
                case_id=answer.case_id,
                number=answer.number,
                net=self._engine.net(process),
                fields=fields,
                priority=int(str(fields["priority"])),
            )
            self._floor.begin(order)
            self._hear(answer)
            if process == ORDERS:
                self._plan(order)

    def _plan(self, order: PlayedOrder) -> None:
        """Let befall an order what does."""
        opened = self._agenda.now
        for command in fate_of(order, opened, self._seed):
            self._agenda.add(command.at, partial(self._commands.append, command))
        for message in early_messages(order.number, opened, self._seed):
            self._expect_message(order, message)

    def _expect_message(self, order: PlayedOrder, message: Message) -> None:
        self._agenda.add(message.at, partial(self._deliver, order, message))

    def _deliver(self, order: PlayedOrder, message: Message) -> None:
        try:
            receipt = self._engine.deliver(
                message.name, match=order.number, body=message.body
            )
        except FlowError:
            self.refused += 1
        else:
            if receipt is not None:
                self._hear(receipt)

    def _fire_timers(self, wait: OpenStep) -> None:
        if not self._floor.is_open(wait):
            return
        self._engine.machines.fire_timers()
        history = self._engine.order(wait.order.number).history
        self._notice(wait.order, self._floor.follow(wait.order, history))

    # What the engine answers

    def _submit(self) -> None:
        """Submit the commands of this moment, and hear what came of them."""
        commands = tuple(self._commands)
        self._is_due |= any(isinstance(each, CancelCase) for each in commands)
        self._commands.clear()
        for answer in self._engine.submit(commands):
            if isinstance(answer, FlowError):
                self.refused += 1
            else:
                self._hear(answer)

    def _hear(self, receipt: Receipt) -> None:
        order = self._floor.orders[receipt.case_id]
        self._notice(order, self._floor.hear(receipt))

    def _notice(
        self, order: PlayedOrder, news: Iterable[OpenStep | ChildAsked | CaseClosed]
    ) -> None:
        for each in news:
            if isinstance(each, CaseClosed):
                self._closed(order, each)
            elif isinstance(each, ChildAsked):
                self._children[each.child] = order, each
            else:
                self._opened(order, each)

    def _opened(self, order: PlayedOrder, step: OpenStep) -> None:
        for moment in (step.timer, *step.alarms):
            if moment is not None:
                self._agenda.add(moment, partial(self._fire_timers, step))
        if step.step.kind is StepKind.AUTOMATION:
            delay, answers = machine_answer(step, self._seed)
            at = Instant(self._agenda.now + delay)
            self._agenda.add(at, partial(self._answer, step, answers))
        elif step.step.role is None:
            for message in messages_for(step, self._seed):
                self._expect_message(order, message)

    def _answer(self, step: OpenStep, answers: Mapping[str, object]) -> None:
        """What a machine says; it may come too late."""
        if self._floor.is_open(step):
            ref = f"{step.order.number}/{step.step.id}"
            self._hear(self._engine.machines.answer(ref, answers=answers))

    def _go_on(self) -> None:
        """Let the engine do what happens by itself, and hear what came of it."""
        while self._is_due or self._children or self._floor.at(StepKind.GATE):
            self._is_due = False
            resting = self._floor.at(StepKind.GATE, StepKind.CALL)
            if not self._engine.machines.work().done:
                return
            self._begin_children()
            for order in resting:
                history = self._engine.order(order.number).history
                self._notice(order, self._floor.follow(order, history))

    def _begin_children(self) -> None:
        asked = tuple(self._children.values())
        self._children.clear()
        for parent, child in asked:
            numbers = self._engine.order(parent.number).relatives
            if child.child not in numbers:  # cancelled before it was opened
                continue
            number = numbers[child.child]
            opened = self._engine.order(number)
            order = PlayedOrder(
                case_id=child.child,
                number=number,
                net=self._engine.net(child.process, child.version),
                fields=child.data,
                priority=opened.case.priority,
                parent=parent.case_id,
            )
            self._floor.begin(order)
            self._notice(order, self._floor.follow(order, opened.history))

    def _closed(self, order: PlayedOrder, end: CaseClosed) -> None:
        if order.parent is not None:
            self._is_due = True
            return
        if order.net.process.name == ORDERS and end.outcome == "success":
            for request in return_of(order, end.at, self._seed):
                self.expect_return(request)

    # What the staff do

    def _call_people(self) -> None:
        """People who have nothing to do notice tasks that nobody is coming for."""
        for person in self._staff:
            if person.doing is not Doing.NOTHING:
                continue
            coming = sum(
                other.role == person.role and other.doing is Doing.COMING
                for other in self._staff
            )
            if len(self._floor.waiting(person.role)) > coming:
                person.doing = Doing.COMING
                self._look_at(person, person.moment_to_look(self._agenda.now))

    def _look_at(self, person: Person, at: Instant) -> None:
        self._agenda.add(at, partial(self._look, person))

    def _look(self, person: Person) -> None:
        """Take the most urgent task, and begin it now or, if late, in a while."""
        tasks = self._floor.waiting(person.role)
        if not tasks:
            person.doing = Doing.NOTHING
            return
        task = tasks[0]
        task.taken = True
        person.doing = Doing.WORKING
        delay = person.delay_of_start()
        if not delay:
            self._start(person, task)
            return
        self._commands.append(self._task_command(ClaimTask, person, task))
        start = Instant(self._agenda.now + delay)
        self._agenda.add(start, partial(self._start, person, task))

    def _start(self, person: Person, task: OpenStep) -> None:
        if not self._is_ready(task):
            self._done(person, task)
            return
        self._commands.append(self._task_command(StartTask, person, task))
        end = Instant(self._agenda.now + service_of(task, self._seed))
        self._agenda.add(end, partial(self._complete, person, task))

    def _is_ready(self, task: OpenStep) -> bool:
        return self._floor.is_open(task) and not task.order.held

    def _task_command(
        self, kind: type[ClaimTask] | type[StartTask], person: Person, task: OpenStep
    ) -> Command:
        return kind(
            case_id=task.order.case_id,
            at=self._agenda.now,
            by=person.name,
            step=task.step.id,
            visit=task.visit,
            element=task.element,
            roles=frozenset({person.role}),
        )

    def _complete(self, person: Person, task: OpenStep) -> None:
        if self._floor.is_open(task):
            ending = ending_of(task, self._seed)
            self._commands.append(
                CompleteTask(
                    case_id=task.order.case_id,
                    at=self._agenda.now,
                    by=person.name,
                    step=task.step.id,
                    visit=task.visit,
                    element=task.element,
                    roles=frozenset({person.role}),
                    outcome=ending.outcome,
                    answers=ending.answers,
                )
            )
        self._done(person, task)

    def _done(self, person: Person, task: OpenStep) -> None:
        """Look for the next task; one that could not be begun is there for others."""
        task.taken = False
        person.doing = Doing.COMING
        self._look_at(person, person.moment_of_next(self._agenda.now))
