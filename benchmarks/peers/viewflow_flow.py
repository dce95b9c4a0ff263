"""The standard work as a flow of Viewflow; imported when Django is set up."""

from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process

from benchmarks.peers.measuring import is_checked


class StandardWork(flow.Flow):
    """One decision, one split and its join."""

    process_class = Process
    # What its documentation recommends for flows with joins.
    lock_impl = lock.SelectForUpdateLock()

    start = flow.StartHandle(this.opened).Next(this.enter)
    enter = flow.View(None).Next(this.decide)
    decide = (
        flow.If(lambda activation: is_checked(activation.process.data))
        .Then(this.checked)
        .Else(this.split)
    )
    checked = flow.Function(this.check).Next(this.split)
    split = flow.Split().Next(this.pick).Next(this.papers)
    pick = flow.View(None).Next(this.join)
    papers = flow.View(None).Next(this.join)
    join = flow.Join().Next(this.pack)
    pack = flow.View(None).Next(this.ship)
    ship = flow.View(None).Next(this.done)
    done = flow.End()

    def opened(self, activation: Any, data: dict[str, object]) -> None:
        """Keep the order's data with its process."""
        activation.process.data = data

    def check(self, activation: Any) -> None:
        """The branch that was taken."""
        activation.process.data["checked"] = True
