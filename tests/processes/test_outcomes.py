"""Every way through every reference process, as the stories of `scripts/` tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from flowengine.demo import REFERENCE_PROCESSES
from flowengine.kernel import CaseState
from tests.processes.played import Played, all_ways, reference_net

SCRIPTS = Path(__file__).parent / "scripts"


@dataclass(frozen=True, slots=True)
class Story:
    """One order: its fields, what is done, and the end it comes to."""

    process: str
    name: str
    fields: Mapping[str, object]
    deeds: str
    ends: str


def stories_of(process: str) -> Sequence[Story]:
    text = (SCRIPTS / f"{process}.yaml").read_text(encoding="utf-8")
    written = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    return [
        Story(
            process,
            story["name"],
            {**written["usual"], **story.get("order", {})},
            story["deeds"],
            story["ends"],
        )
        for story in written["stories"]
    ]


STORIES = [story for name in REFERENCE_PROCESSES for story in stories_of(name)]


@cache
def played(process: str, name: str) -> Played:
    story = next(s for s in STORIES if (s.process, s.name) == (process, name))
    order = Played(reference_net(process), story.fields)
    order.play(story.deeds)
    return order


@pytest.mark.parametrize(
    "story", STORIES, ids=lambda story: f"{story.process}: {story.name}"
)
def test_an_order_comes_to_its_end(story: Story) -> None:
    order = played(story.process, story.name)

    assert not order.case.incidents
    assert order.case.state is CaseState.CLOSED, sorted(order.open_steps)
    assert order.case.outcome == story.ends


@pytest.mark.parametrize("process", REFERENCE_PROCESSES)
def test_the_stories_of_a_process_take_every_way_of_it(process: str) -> None:
    taken = set()
    for story in stories_of(process):
        taken |= played(process, story.name).ways

    assert all_ways(reference_net(process)) - taken == set()


@pytest.mark.parametrize("process", REFERENCE_PROCESSES)
def test_the_stories_of_a_process_come_to_every_end_of_it(process: str) -> None:
    ends = {step.end for step in reference_net(process).process.steps.values()}

    assert {story.ends for story in stories_of(process)} == ends - {None}


@pytest.mark.parametrize(
    "story", STORIES, ids=lambda story: f"{story.process}: {story.name}"
)
def test_nothing_stays_reserved(story: Story) -> None:
    assert not any(played(story.process, story.name).case.reserved.values())
