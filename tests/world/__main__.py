"""`python -m tests.world --seed 17 --trace` plays one scenario again."""

import argparse
import sys
import time
import traceback

from flowengine.kernel.events import Event
from tests.world.manners import PIPELINED, PLAIN
from tests.world.scenario import Run, play


def main() -> int:
    """Play scenarios; say which are broken. 1 where one is."""
    parser = argparse.ArgumentParser(prog="python -m tests.world")
    parser.add_argument("--seed", type=int, help="play this one")
    parser.add_argument("--first", type=int, default=0, help="the first of many")
    parser.add_argument("--scenarios", type=int, default=200, help="how many")
    parser.add_argument("--trace", action="store_true", help="every step that is taken")
    parser.add_argument("--pipelined", action="store_true", help="as on PostgreSQL")
    asked = parser.parse_args()
    manner = PIPELINED if asked.pipelined else PLAIN
    if asked.seed is not None:
        return _tell(play(asked.seed, manner), asked.trace)
    begun = time.process_time()
    broken = 0
    for seed in range(asked.first, asked.first + asked.scenarios):
        run = play(seed, manner)
        if run.broken is not None:
            broken += _tell(run, asked.trace)
    spent = time.process_time() - begun
    say(f"{asked.scenarios} scenarios, {broken} broken, {spent:.1f} s of processor")
    return 1 if broken else 0


def _tell(run: Run, is_traced: bool) -> int:
    if is_traced:
        for name, what in run.trace:
            say(f"{name:>14}  {what}")
        for number, events in sorted(run.histories.items()):
            for seq, event in enumerate(events, 1):
                say(f"{number:>14}  {seq:3} {told(event)}")
    say(f"seed {run.seed}: {len(run.trace)} steps, {run.events} events, {run.digest}")
    if run.broken is None:
        return 0
    if is_traced:
        traceback.print_exception(run.broken)
    say(f"seed {run.seed}: {type(run.broken).__name__}: {run.broken}")
    return 1


def told(event: Event) -> str:
    """An event in a line: what it says beside where it comes from."""
    said = ("step", "visit", "element", "to_step", "outcome", "way", "reason", "text")
    parts = [f"{getattr(event, name)}" for name in said if getattr(event, name, None)]
    return f"{type(event).__name__:16} {' '.join(parts)} by {event.by}"


def say(line: str) -> None:
    """Write a line for people."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    raise SystemExit(main())
