"""The industrial nets with published verdicts: all of them right."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.soundness import measure, read_nets
from flowengine.net.soundness import judge

NETS = (
    Path(__file__).parents[2].parent
    / "shared"
    / "data"
    / "soundness"
    / "ibm-A-B1.jsonl.gz"
)

pytestmark = pytest.mark.skipif(
    not NETS.exists(), reason="the shared data are not beside the repository"
)


def test_every_industrial_net_gets_its_published_verdict() -> None:
    nets = read_nets(NETS)

    found = measure(nets, rounds=1)

    assert Counter(net.sound for net in nets) == {True: 152 + 107, False: 130 + 181}
    assert (found["right"], found["wrong"], found["undecided"]) == (570, 0, 0)


def test_an_unsound_industrial_net_comes_with_a_run_or_a_dead_transition() -> None:
    nets = read_nets(NETS)[:200]

    verdicts = [judge(net.net, witness_limit=2_000) for net in nets if not net.sound]

    assert verdicts
    assert all(verdict.shown and verdict.shown.faults for verdict in verdicts)
