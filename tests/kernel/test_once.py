"""`at_most`, timeouts and fields where several ways or branches meet."""

from flowengine.kernel.elements import value_at
from flowengine.quantities import HOUR
from tests.builders import GOODS, Run

TRIES = """\
steps:
  enter: {role: clerk, next: ring}
  ring:
    wait: {busy: {next: ring, at_most: 2, then: write}, reached: done}
    timeout: {after: 1h, next: ring, at_most: 1, then: write}
  write: {role: clerk, next: done}
  done: {end: success}
"""
JOINED = """\
steps:
  enter: {role: clerk, next: [left, right]}
  left: {role: clerk, asks: [order.count], next: both}
  right: {role: clerk, asks: [order.count], next: both}
  both:
    join: all
    role: clerk
    skip_when: order.count > 5
    timeout: {after: 1h, next: done}
    next: done
  done: {end: success}
"""
PICK = (
    GOODS
    + """\
steps:
  enter: {role: clerk, next: [pick, change]}
  pick: {role: clerk, each: line in order.lines, asks: [line.picked], next: ready}
  change: {role: clerk, asks: [order.lines], next: ready}
  ready: {join: all, next: done}
  done: {end: success}
"""
)


def test_uses_of_a_message_and_of_a_timeout_are_counted_each_for_itself() -> None:
    run = Run(TRIES)
    run.complete("enter")

    run.deliver("busy", key="1")
    run.wait(90)
    run.fire("ring", visit=2)
    run.deliver("busy", key="2")
    assert run.open_steps == {"ring"}
    assert run.case.uses == {"ring/message:busy": 2, "ring/timeout": 1}
    run.deliver("busy", key="3")

    assert run.open_steps == {"write"}


def test_the_timeout_beyond_its_at_most_leads_on() -> None:
    run = Run(TRIES)
    run.complete("enter")

    for visit in (1, 2):
        run.wait(90)
        run.fire("ring", visit=visit)

    assert run.open_steps == {"write"}


def test_skip_when_is_asked_as_the_join_is_complete() -> None:
    run = Run(JOINED)
    run.complete("enter")

    run.complete("left", answers={"order.count": 9})
    assert not run.ended("both")
    run.complete("right", answers={"order.count": 2})

    assert run.open_steps == {"both"}


def test_of_branches_that_write_one_field_the_last_write_wins() -> None:
    run = Run(JOINED)
    run.complete("enter")

    run.complete("right", answers={"order.count": 2})
    run.complete("left", answers={"order.count": 9})

    assert value_at(run.case.data, ("order", "count")) == 9
    assert run.ended("both")[0].outcome == "skipped"


def test_a_timeout_counts_from_the_moment_the_join_is_complete() -> None:
    run = Run(JOINED)
    run.complete("enter")
    run.complete("left", answers={"order.count": 1})
    run.wait(600)

    run.complete("right", answers={"order.count": 2})

    assert run.task("both").timer == run.at + HOUR


def test_elements_that_come_while_the_step_is_open_are_not_run() -> None:
    lines = [{"sku": "a", "quantity": 1}]
    run = Run(PICK, {"lines": lines})
    run.complete("enter")

    more = [{"#": "1", **lines[0]}, {"sku": "b", "quantity": 2}]
    run.complete("change", answers={"order.lines": more})
    assert run.open_steps == {"pick#1"}
    run.complete("pick#1", answers={"line.picked": True})

    assert run.case.outcome == "success"


def test_an_element_that_is_gone_can_still_be_done() -> None:
    run = Run(PICK, {"lines": [{"sku": "a", "quantity": 1}]})
    run.complete("enter")
    run.complete("change", answers={"order.lines": [{"sku": "b", "quantity": 2}]})

    run.complete("pick#1", answers={"line.picked": True})

    assert value_at(run.case.data, ("order", "lines")) == [
        {"#": "2", "sku": "b", "quantity": 2}
    ]
    assert run.case.outcome == "success"


def test_a_kept_message_sets_its_fields_when_it_is_taken() -> None:
    run = Run("""\
messages:
  paid: {match: order.number, sets: [order.note]}
steps:
  enter: {role: clerk, next: await}
  await: {wait: {paid: next-one}, set: {order.count: 3}}
  next-one: {role: clerk, next: done}
  done: {end: success}
""")

    run.deliver("paid", body={"order.note": "by card"})
    assert value_at(run.case.data, ("order", "note")) is None
    run.complete("enter")

    assert value_at(run.case.data, ("order", "note")) == "by card"
    assert value_at(run.case.data, ("order", "count")) == 3


def test_service_level_and_promise_run_on_while_held() -> None:
    text = """\
promise: order.until
steps:
  enter: {role: clerk, sla: 4h, next: done}
  done: {end: success}
"""
    run = Run(text, {"until": 7})
    before = run.case

    run.hold()
    run.wait(90)
    run.resume()

    assert run.case.promised == before.promised == 7
    assert run.case.tasks == before.tasks
