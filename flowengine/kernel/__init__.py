"""The rules of a case: pure functions over frozen values.

    decide(net, case, command) -> events     refuses, or says what happened
    evolve(case, event)        -> case       applies what happened

A case's tokens lie in the places of its net; what it waits for stands open beside
them: tasks of people, messages, times, machines, gates, children. Deciding never
changes anything, applying never refuses. `act` is `decide` with the case that its
events lead to, for callers that need both. `decide` and `evolve` are imported from the
modules of the same names. Nothing here reads a clock, a file or a database: time is
`command.at`.

Where a step needs goods, a decision ends with `StockAsked` and its case says what is
`asked`. The caller moves the stock and answers with `AnswerStock` in the same
transaction, until nothing is asked:

    decision = act(net, case, command)
    while decision.case.asked is not None:
        answer = ...                       # AnswerStock(of=command, given=...)
        decision = act(net, decision.case, answer)

A step ends in one order: answers, `set`, `stock`, `at_most`, where it leads.

| modules | what they hold |
|---|---|
| `case`, `commands`, `events`, `outside_events`, `happened`, `values` | the values |
| `evolve`, `folds`, `task_folds` | how events fold into a case |
| `decide` | the one door, and who stands behind it |
| `tasks`, `pauses`, `duties` | what people do with tasks, and who may not |
| `messages`, `machines`, `answering` | what comes from outside |
| `repairs`, `migrating` | what changes a case past its arrows |
| `advance`, `opening`, `automations`, `times` | what happens by itself, and when |
| `ending`, `leave`, `ways`, `stock`, `gates`, `cancelling` | how a step ends |
| `instances`, `elements`, `run` | what the others stand on |
"""

from typing import TYPE_CHECKING

from flowengine.loading import when_used

if TYPE_CHECKING:
    from flowengine.kernel.case import (
        Arrival,
        Case,
        CaseId,
        CaseState,
        KeptMessage,
        Parent,
        StockAsk,
        StockItem,
        Task,
        TaskId,
        TaskState,
        UserId,
        task_id,
    )
    from flowengine.kernel.commands import Command
    from flowengine.kernel.decide import Decision, act
    from flowengine.kernel.events import Event
    from flowengine.kernel.evolve import replay

__all__ = [
    "Arrival",
    "Case",
    "CaseId",
    "CaseState",
    "Command",
    "Decision",
    "Event",
    "KeptMessage",
    "Parent",
    "StockAsk",
    "StockItem",
    "Task",
    "TaskId",
    "TaskState",
    "UserId",
    "act",
    "replay",
    "task_id",
]

_PLACES = {
    "Arrival": ".case",
    "Case": ".case",
    "CaseId": ".case",
    "CaseState": ".case",
    "Command": ".commands",
    "Decision": ".decide",
    "Event": ".events",
    "KeptMessage": ".case",
    "Parent": ".case",
    "StockAsk": ".case",
    "StockItem": ".case",
    "Task": ".case",
    "TaskId": ".case",
    "TaskState": ".case",
    "UserId": ".case",
    "act": ".decide",
    "replay": ".evolve",
    "task_id": ".case",
}

if not TYPE_CHECKING:
    __getattr__ = when_used(__name__, _PLACES)
