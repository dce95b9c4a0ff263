"""Whether what a process says about time can be kept (F6xx), and what an order costs.

    weeks      the reference week: hours that repeat, forwards and backwards
    lapses     how long an order stays at a step before it leaves by each way
    reach      the earliest moment at each step, and the latest that is enough
    promise    whether the promise of the head can be kept, at every hour of a week
    levels     service levels, timeouts and escalations against work and promise
    outlook    what an order takes of hands and money: a value, not a problem

At best nobody waits: work takes its least, lists have one element, rules skip what
they may skip, messages, machines, gates and called processes answer at once. So a
promise that cannot be kept here cannot be kept by anyone; one that can be kept here may
still be missed on a busy day, which is for simulation to say.
"""

from flowengine.net.feasibility.check import feasibility_problems
from flowengine.net.feasibility.outlook import CostOutlook, expected_cost

__all__ = ["CostOutlook", "expected_cost", "feasibility_problems"]
