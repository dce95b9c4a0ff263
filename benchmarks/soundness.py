"""Soundness of given nets against their published verdicts.

    python -m benchmarks.soundness --nets FILE.jsonl[.gz] [--json]

A line of the file is one net: `name, initial, places, transitions[{name, consumes,
produces}], sound`. A net is asked to end with one token in each of its sinks, the
places that no transition takes from (the nets of IBM's libraries have one each).
Sound is meant as by Fahland and others, "Analysis on demand" (2011): from every
reachable marking the end can be reached, at the end nothing else is marked, every
transition can happen, and no place gets a second token.

Timed is the verdict alone, reading the file apart; `seconds` is the sum over all nets
of the median of five rounds (one with `--quick`).
"""

import argparse
import gzip
import json
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from flowengine.net.plain import PlainNet, plain_net
from flowengine.net.soundness import is_sound


@dataclass(frozen=True, slots=True)
class JudgedNet:
    """A net with the verdict that was published for it."""

    name: str
    net: PlainNet
    sound: bool


def main() -> None:
    """Measure, and print the table or the object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soundness")
    parser.add_argument("--nets", type=Path, required=True, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    results = measure(read_nets(asked.nets), rounds=1 if asked.quick else 5)
    if asked.json:
        print(json.dumps(results))
        return
    for name, value in results.items():
        print(f"{name:12} {value}")


def read_nets(path: Path) -> tuple[JudgedNet, ...]:
    """The nets of a file, which may be compressed."""
    text = path.read_bytes()
    if path.suffix == ".gz":
        text = gzip.decompress(text)
    return tuple(_judged_net(json.loads(line)) for line in text.splitlines())


def _judged_net(record: dict[str, object]) -> JudgedNet:
    match record:
        case {
            "name": str(name),
            "initial": list(initial),
            "places": list(places),
            "transitions": list(transitions),
            "sound": bool(sound),
        }:
            moves = [(move["consumes"], move["produces"]) for move in transitions]
            return JudgedNet(name, plain_net(places, moves, initial), sound)
        case _:
            raise ValueError(
                "Expected a net with name, initial, places, transitions and sound, "
                f"but got {sorted(record)}."
            )


def measure(nets: tuple[JudgedNet, ...], rounds: int) -> dict[str, object]:
    """Judge every net, and compare with what was published."""
    verdicts = [is_sound(judged.net) for judged in nets]
    seconds = [
        statistics.median(times)
        for times in zip(*(_round(nets) for _ in range(rounds)), strict=True)
    ]
    wrong = [
        judged.name
        for judged, verdict in zip(nets, verdicts, strict=True)
        if verdict is not None and verdict is not judged.sound
    ]
    undecided = sum(verdict is None for verdict in verdicts)
    return {
        "nets": len(nets),
        "right": len(nets) - len(wrong) - undecided,
        "wrong": len(wrong),
        "undecided": undecided,
        "seconds": round(sum(seconds), 4),
        "median_ms": round(1000 * statistics.median(seconds), 4),
        "slowest_ms": round(1000 * max(seconds), 4),
        "wrong_names": wrong,
    }


def _round(nets: tuple[JudgedNet, ...]) -> list[float]:
    times = []
    for judged in nets:
        begun = time.perf_counter()
        is_sound(judged.net)
        times.append(time.perf_counter() - begun)
    return times


if __name__ == "__main__":
    main()
