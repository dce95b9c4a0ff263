"""Who is away counts as not there: in the causes of waiting, and in the hours."""

from flowengine.analysis import Cause, analyse
from flowengine.analysis.causes import Wait, causes_of
from flowengine.analysis.staffing import role_findings, staffing
from flowengine.eventlog import Absence, EventLog, Trace
from flowengine.quantities import MINUTE, Instant
from tests.analysis.builders import History, at, plain_net

NET = plain_net(
    "pack:packer > label:printer > done",
    roles={"packer": ("warehouse", 2), "printer": ("office", 1)},
)


def packed(number: str, opened: str, started: str, ended: str, who: str) -> Trace:
    order = History(NET, number, at(opened))
    order.do("pack", at(started), at(ended), who=who)
    return order.closed()


def away(person: str, since: str, until: str) -> Absence:
    return Absence(person, frozenset({"packer"}), at(since), at(until))


def causes(log: EventLog, number: str) -> dict[str, int]:
    """Why an order waited first, in minutes; what is none is left out."""
    trace = next(trace for trace in log if trace.number == number)
    staff = staffing(NET, log, at("00:00", day=7))
    (found,) = causes_of(staff, [Wait(trace.entries[0], trace.holds)])
    return {cause.value: amount // MINUTE for cause, amount in found.items() if amount}


def test_while_one_is_away_and_the_other_works_everybody_is_busy() -> None:
    first = packed("1", "08:00", "08:00", "10:00", "ann")
    second = packed("2", "09:00", "10:00", "10:30", "ann")

    alone = EventLog("shop", (first, second), (away("bob", "08:30", "12:00"),))
    both = EventLog("shop", (first, second))

    assert causes(alone, "2") == {"all busy": 60}
    assert causes(both, "2") == {"not picked up": 60}


def test_an_absence_counts_only_for_as_long_as_it_lasts() -> None:
    first = packed("1", "08:00", "08:00", "10:00", "ann")
    second = packed("2", "09:00", "10:00", "10:30", "ann")

    log = EventLog("shop", (first, second), (away("bob", "09:40", "12:00"),))

    assert causes(log, "2") == {"all busy": 20, "not picked up": 40}


def test_nothing_is_overtaken_by_an_absence() -> None:
    order = packed("1", "09:00", "10:00", "10:30", "ann")
    gone = (away("ann", "09:10", "10:00"), away("bob", "09:20", "12:00"))

    log = EventLog("shop", (order,), gone)

    assert causes(log, "1") == {"all busy": 40, "not picked up": 20}


def test_hours_of_those_who_are_away_are_no_hours_of_their_role() -> None:
    order = packed("1", "08:00", "08:00", "10:00", "ann")
    period = (at("08:00"), at("10:00"))

    def hours(*absences: Absence) -> tuple[int, int]:
        staff = staffing(NET, EventLog("shop", (order,), absences), at("17:00"))
        packer = role_findings(staff, period)[0]
        return packer.open_time // MINUTE, packer.busy_time // MINUTE

    assert hours() == (240, 120)
    assert hours(away("bob", "09:00", "12:00")) == (180, 120)


def test_findings_know_who_was_away() -> None:
    first = packed("1", "08:00", "08:00", "10:00", "ann")
    second = packed("2", "09:00", "10:00", "10:30", "ann")
    log = EventLog("shop", (first, second), (away("bob", "08:00", "12:00"),))

    found = analyse(NET, log, Instant(at("17:00")))

    pack = next(step for step in found.steps if step.step == "pack")
    assert pack.causes[Cause.ALL_BUSY] > 0
    assert pack.causes[Cause.NOT_PICKED_UP] == 0
