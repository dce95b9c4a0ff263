"""Where orders' time goes, and why: the definitions, as pure functions.

`findings` holds the values that the diagram and the report read.
"""

from flowengine.analysis.findings import (
    ArrowFinding,
    Cause,
    DepartmentFinding,
    DepartmentWork,
    Findings,
    RankedDelay,
    RoleFinding,
    StepFinding,
    StepWork,
    WorkInProgress,
)

__all__ = [
    "ArrowFinding",
    "Cause",
    "DepartmentFinding",
    "DepartmentWork",
    "Findings",
    "RankedDelay",
    "RoleFinding",
    "StepFinding",
    "StepWork",
    "WorkInProgress",
]
