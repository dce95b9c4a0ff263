"""SpiffWorkflow: BPMN of the standard work, serialised to SQLite at every step.

As in its example application the definition is stored once and a workflow without it;
each step loads the workflow, runs the user task, lets the engine go on as far as it
can, and stores it again with a row of history, in one commit. Closed orders stay.
"""

import json

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

from benchmarks.peers.measuring import Ledger, Setup, main, order

FLOWS = (
    ("start", "enter", None),
    ("enter", "decide", None),
    ("decide", "checked", "total &gt; 5000 and service == 'express'"),
    ("decide", "released", None),
    ("checked", "merge", None),
    ("released", "merge", None),
    ("merge", "split", None),
    ("split", "pick", None),
    ("split", "papers", None),
    ("pick", "join", None),
    ("papers", "join", None),
    ("join", "pack", None),
    ("pack", "ship", None),
    ("ship", "done", None),
)
NODES = {
    "startEvent": ("start",),
    "endEvent": ("done",),
    "userTask": ("enter", "pick", "papers", "pack", "ship"),
    "scriptTask": ("checked", "released"),
    "exclusiveGateway": ("decide", "merge"),
    "parallelGateway": ("split", "join"),
}


def bpmn() -> bytes:
    """The standard work in BPMN 2.0."""
    parts = []
    for kind, names in NODES.items():
        for name in names:
            extra = ' default="decide-released"' if name == "decide" else ""
            inner = "".join(
                f"<incoming>{a}-{b}</incoming>" for a, b, _ in FLOWS if b == name
            ) + "".join(
                f"<outgoing>{a}-{b}</outgoing>" for a, b, _ in FLOWS if a == name
            )
            if kind == "scriptTask":
                inner += f"<script>checked = {name == 'checked'}</script>"
            parts.append(f'<{kind} id="{name}" name="{name}"{extra}>{inner}</{kind}>')
    for source, target, condition in FLOWS:
        inner = "" if condition is None else _condition(condition)
        parts.append(
            f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" '
            f'targetRef="{target}">{inner}</sequenceFlow>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' id="standard" targetNamespace="http://bpmn.io/schema/bpmn">'
        f'<process id="standard_work" isExecutable="true">{"".join(parts)}</process>'
        "</definitions>"
    ).encode()


def _condition(text: str) -> str:
    return (
        '<conditionExpression xsi:type="tFormalExpression">'
        f"{text}</conditionExpression>"
    )


class SpiffWorkflow:
    """The peer."""

    def __init__(self, setup: Setup) -> None:
        self._orders = setup.orders
        self._ledger = Ledger(setup)
        parser = BpmnParser()
        parser.add_bpmn_str(bpmn())
        self._spec = parser.get_spec("standard_work")
        self._serializer = BpmnWorkflowSerializer()
        self._stored_spec = json.dumps(self._serializer.to_dict(self._spec))

    def open(self, number: int) -> None:
        """A workflow that waits for its first task."""
        workflow = BpmnWorkflow(self._spec)
        workflow.data.update(order(number))
        workflow.task_tree.data.update(order(number))
        workflow.do_engine_steps()
        self._ledger.add(number, self._stored(workflow))

    def complete(self, step: str) -> None:
        """Load, run the user task, go on, store."""

        def fire(state: str, _data: dict[str, object]) -> str:
            workflow = self._loaded(state)
            task = workflow.get_next_task(state=TaskState.READY, spec_name=step)
            task.run()
            workflow.do_engine_steps()
            return self._stored(workflow)

        for number in range(self._orders):
            self._ledger.change(number, step, fire)

    def _stored(self, workflow: BpmnWorkflow) -> str:
        found = self._serializer.to_dict(workflow)
        del found["spec"]
        return json.dumps(found)

    def _loaded(self, state: str) -> BpmnWorkflow:
        found = json.loads(state)
        found["spec"] = json.loads(self._stored_spec)
        return self._serializer.from_dict(found)

    def settle(self) -> None:
        """Nothing runs by itself."""

    def finished(self) -> int:
        """Those that have ended."""
        return sum(
            self._loaded(state).is_completed() for state in self._ledger.states()
        )

    def close(self) -> None:
        """Close the ledger."""
        self._ledger.close()


if __name__ == "__main__":
    main("SpiffWorkflow", SpiffWorkflow)
