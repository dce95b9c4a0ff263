"""The rules of a case: pure functions over frozen values.

    decide(net, case, command) -> events     refuses, or says what happened
    evolve(case, event)        -> case       applies what happened

A case's tokens lie in the places of its net; its open tasks and waits stand beside
them. Deciding never changes anything, applying never refuses. `act` is `decide` with
the case that its events lead to, for callers that need both. Nothing here reads a
clock, a file or a database: time is `command.at`.
"""

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
from flowengine.kernel.decide import Decision, act, decide
from flowengine.kernel.events import Event
from flowengine.kernel.evolve import evolve, replay

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
    "decide",
    "evolve",
    "replay",
    "task_id",
]
