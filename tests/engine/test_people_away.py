"""Who is away: noted, ended, and obeyed."""

from flowengine.errors import CommandRejected, InvalidInput, NotFound
from flowengine.quantities import HOUR, Instant
from tests.engine.world import World, refusal_of


def at(world: World, hours: int) -> Instant:
    return Instant(world.engine.now() + hours * HOUR)


def gone(world: World, name: str) -> tuple[object, object]:
    person = next(each for each in world.engine.people.all() if each.name == name)
    return person.away_until, person.away_next


def test_somebody_is_away_from_the_beginning_until_before_the_end(
    world: World,
) -> None:
    start, end = at(world, 1), at(world, 3)
    world.engine.people.away("anna", start, end)

    assert gone(world, "anna") == (None, (start, end))
    world.wait(60)
    assert gone(world, "anna") == (end, None)
    world.wait(119)
    assert gone(world, "anna") == (end, None)
    world.wait(1)
    assert gone(world, "anna") == (None, None)


def test_a_new_absence_replaces_what_was_noted_for_its_time(world: World) -> None:
    world.engine.people.away("anna", at(world, 0), at(world, 10))
    early, late = at(world, 5), at(world, 20)

    world.engine.people.away("anna", early, late)

    assert gone(world, "anna") == (early, (early, late))
    world.engine.people.away("anna", at(world, 0), at(world, 30))
    assert gone(world, "anna") == (at(world, 30), None)


def test_who_is_back_is_here_from_now_on(world: World) -> None:
    world.engine.people.away("anna", at(world, 0), at(world, 10))
    world.engine.people.away("anna", at(world, 100), at(world, 110))
    world.wait(60)

    world.engine.people.back("anna")

    assert gone(world, "anna") == (None, None)
    refused = refusal_of(lambda: world.engine.people.back("anna"))
    assert isinstance(refused, CommandRejected)


def test_an_absence_ends_after_it_begins_and_is_of_somebody_known(
    world: World,
) -> None:
    now = world.engine.now()

    backwards = refusal_of(lambda: world.engine.people.away("anna", now, now))
    unknown = refusal_of(lambda: world.engine.people.away("zelma", now, at(world, 1)))

    assert isinstance(backwards, InvalidInput)
    assert isinstance(unknown, NotFound)


def test_nothing_is_given_to_somebody_who_is_away(world: World) -> None:
    world.open("1")
    world.engine.people.away("berta", at(world, 0), at(world, 1))

    refused = refusal_of(lambda: world.engine.assign("1/enter", "berta", by="anna"))

    assert isinstance(refused, CommandRejected)
    assert "berta to be here" in str(refused)


def test_an_address_stays_until_another_or_none_is_said(world: World) -> None:
    def address() -> str | None:
        found = world.engine.people.all()
        return next(each.email for each in found if each.name == "anna")

    world.engine.people.add("anna", ["clerk"], email="anna@example.com")
    world.engine.people.add("anna", ["clerk", "picker"])
    assert address() == "anna@example.com"

    world.engine.people.add("anna", ["clerk"], email="")
    assert address() is None


def test_the_event_log_tells_who_was_away(world: World) -> None:
    start, end = at(world, 0), at(world, 8)
    world.engine.people.away("olga", start, end)

    (absence,) = world.engine.event_log("sale").absences

    assert absence.person == "olga"
    assert sorted(absence.roles) == ["clerk", "picker"]
    assert (absence.since, absence.until) == (start, end)
