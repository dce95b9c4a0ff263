"""What a picture can show on the same outline."""

from enum import StrEnum


class Layer(StrEnum):
    """One flag of `flowengine diagram draw --show`."""

    #: The bare written diagram: roles, SLA, work, conditions.
    PLAN = "plan"
    #: Where the open orders are now.
    WORK_IN_PROGRESS = "work-in-progress"
    #: Where the time of closed orders went, and why.
    BOTTLENECKS = "bottlenecks"
