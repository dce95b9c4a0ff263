"""Where the tokens of one version lie in another."""

from flowengine.language.process import StepId
from flowengine.net.moving import Lack, Moves, moves_between, unlike_fields
from flowengine.net.net import Net
from tests.builders import HEAD, net_of, process_of

JOINED = "enter > pick & label > pack"


def moved(old: Net, new: Net, **names: str) -> Moves:
    return moves_between(
        old, new, {StepId(was): StepId(now) for was, now in names.items()}
    )


def places(old: Net, new: Net, **names: str) -> dict[str, str | tuple[str, Lack]]:
    """Each place of the old net with its name in the new one, or why it has none."""
    found = moved(old, new, **names)
    return {
        place: new.places[found.bits[number]]
        if number in found.bits
        else found.lost[number]
        for number, place in enumerate(old.places)
    }


def test_the_same_net_keeps_every_place() -> None:
    net = net_of(JOINED)

    assert all(was == now for was, now in places(net, net).items())


def test_steps_go_by_their_ids_wherever_they_stand() -> None:
    found = places(net_of("a > b > c"), net_of("c > a > b"))

    assert found["a"] == "a"
    assert found["c"] == "c"


def test_a_step_that_is_gone_has_no_place() -> None:
    found = places(net_of("a > b > c"), net_of("a > c"))

    assert found["b"] == ("b", Lack.GONE)


def test_a_step_under_another_name_is_found_by_the_list() -> None:
    found = places(net_of("a > b > c"), net_of("a > x > c"), b="x")

    assert found["b"] == "x"


def test_two_names_may_be_changed_over() -> None:
    found = places(net_of("a > b > c"), net_of("a > b > c"), a="b", b="a")

    assert (found["a"], found["b"]) == ("b", "a")


def test_a_token_that_waits_at_a_join_goes_by_the_name_of_its_source() -> None:
    old, new = net_of(JOINED), net_of("enter > choose & label > pack")

    assert places(old, new)["pick>pack"] == ("pack", Lack.NO_ARROW)
    assert places(old, new, pick="choose")["pick>pack"] == "choose>pack"
    assert places(old, new)["label>pack"] == "label>pack"


def test_a_step_that_waits_for_several_there_cannot_take_one_token() -> None:
    found = places(net_of("enter > pick > pack"), net_of(JOINED))

    assert found["pack"] == ("pack", Lack.JOINS)
    assert found["pick"] == "pick"


def test_a_task_does_not_go_on_as_a_wait() -> None:
    new = net_of(
        "steps:\n  a: {wait: 2h, next: b}\n  b: {role: clerk, next: done}\n"
        "  done: {end: success}\n"
    )

    assert places(net_of("a > b"), new)["a"] == ("a", Lack.OTHER_KIND)


def test_the_way_back_undoes_the_way() -> None:
    old, new = net_of(JOINED), net_of("enter > take & label > pack")

    there = moved(old, new, pick="take")
    back = moved(new, old, take="pick")

    assert {back.bits[bit] for bit in there.bits.values()} == set(there.bits)
    assert all(back.bits[there.bits[bit]] == bit for bit in there.bits)


def test_a_field_of_another_type_is_named() -> None:
    steps = "steps:\n  a: {role: clerk, next: done}\n  done: {end: success}\n"
    old = process_of(HEAD + steps)
    new = process_of(
        HEAD.replace("total: optional money", "total: optional weight") + steps
    )

    assert unlike_fields(old, new) == ("order.total",)
    assert unlike_fields(old, old) == ()


def test_a_field_that_became_optional_or_is_new_does_no_harm() -> None:
    steps = "steps:\n  a: {role: clerk, next: done}\n  done: {end: success}\n"
    old = process_of(HEAD + steps)
    new = process_of(
        HEAD.replace("total: optional money", "total: money").replace(
            "note:", "more: optional text\n    note:"
        )
        + steps
    )

    assert unlike_fields(old, new) == ()
