"""How many scenarios are played: 2,000, half of each manner; `make soak` plays more."""

import os

from tests.world.manners import Manner
from tests.world.scenario import play

SCENARIOS = int(os.environ.get("FLOWENGINE_SCENARIOS", "2000"))

#: Whether this is a long run, for which time is no reason to leave anything out.
IS_SOAK = SCENARIOS > 2000

#: Seeds in one test, so that a failure is known before all are played.
CHUNK = 100


def broken_in(first: int, manner: Manner) -> list[str]:
    """What was broken in a hundred scenarios, each with how it is played again."""
    last = min(first + CHUNK, SCENARIOS // 2)
    option = " --pipelined" if manner.is_pipelined else ""
    return [
        f"python -m tests.world --seed {run.seed}{option} --trace: {run.broken!r}"
        for run in (play(seed, manner) for seed in range(first, last))
        if run.broken is not None
    ]
