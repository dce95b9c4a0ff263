"""Where orders' time goes, and why: the definitions, as pure functions of a log.

- `critical_path(trace)`: the step instances that tile an order's lead time (`path`).
- `analyse(net, log, now) -> Findings`: critical delay of steps, arrows, departments
  and roles, its causes, and the five biggest (`bottlenecks`, with an example).
- `work_in_progress(net, log, now)`: where the open orders are (`progress`).
- `bottleneck_table(findings, net, lang)` and `as_json(findings)`: the same numbers as
  text and as exact data (`report`).

`findings` holds the values that diagram and report read, `causes` says what each cause
of waiting means, `timeline` and `staffing` who was on shift and busy. Nothing here
reads a file or a clock; the same log gives the same findings in any order of traces.
"""

from flowengine.analysis.bottlenecks import analyse
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
from flowengine.analysis.path import critical_path
from flowengine.analysis.progress import work_in_progress
from flowengine.analysis.report import Table, as_json, bottleneck_table, cause_text

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
    "Table",
    "WorkInProgress",
    "analyse",
    "as_json",
    "bottleneck_table",
    "cause_text",
    "critical_path",
    "work_in_progress",
]
