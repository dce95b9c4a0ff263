"""Runs with what people do beside the process: pauses, repairs, corrections."""

from collections.abc import Mapping

from flowengine.kernel import Event, UserId
from flowengine.kernel.commands import (
    ChangeData,
    MoveToken,
    PauseTask,
    ReassignTask,
    ReportIncident,
    ResolveIncident,
    ResumeTask,
)
from flowengine.language.process import RoleId, StepId
from tests.builders import Run


class Deeds(Run):
    """One case under test, and somebody who leads the work; one minute apart."""

    def incident(self, step: str) -> str:
        """Why a step stands still; "" where it does not."""
        return self.case.incidents.get(StepId(step), "")

    def pause(
        self, name: str, by: str = "anna", reason: str = "lunch"
    ) -> tuple[Event, ...]:
        step, element = _named(name)
        return self.tell(
            PauseTask(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId(by),
                step=step,
                element=element,
                reason=reason,
            )
        )

    def go_on(self, name: str, by: str = "anna") -> tuple[Event, ...]:
        step, element = _named(name)
        return self.tell(
            ResumeTask(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId(by),
                step=step,
                element=element,
            )
        )

    def reassign(
        self, name: str, to: str, roles: frozenset[str] | None = None
    ) -> tuple[Event, ...]:
        step, element = _named(name)
        return self.tell(
            ReassignTask(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("lead"),
                step=step,
                element=element,
                to=UserId(to),
                to_roles=None if roles is None else frozenset(map(RoleId, roles)),
            )
        )

    def report(self, name: str, reason: str = "it is broken") -> tuple[Event, ...]:
        step, element = _named(name)
        return self.tell(
            ReportIncident(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("anna"),
                step=step,
                element=element,
                reason=reason,
            )
        )

    def resolve(self, step: str, *, again: bool = True) -> tuple[Event, ...]:
        return self.tell(
            ResolveIncident(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("lead"),
                step=StepId(step),
                reason="mended",
                again=again,
            )
        )

    def move(
        self, from_step: str, to_step: str, *, reset: bool = False
    ) -> tuple[Event, ...]:
        return self.tell(
            MoveToken(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("lead"),
                from_step=StepId(from_step),
                to_step=StepId(to_step),
                reason="wrong shelf",
                reset=reset,
            )
        )

    def change(self, values: Mapping[str, object]) -> tuple[Event, ...]:
        return self.tell(
            ChangeData(
                case_id=self.case.id,
                at=self.wait(),
                by=UserId("lead"),
                values=values,
                reason="the customer has called",
            )
        )


def _named(name: str) -> tuple[StepId, str | None]:
    step, _, element = name.partition("#")
    return StepId(step), element or None
