"""Whom notices reach: people who are there, named addresses, customers, webhooks."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from flowengine.configuration import Configuration, Mail, Webhook
from flowengine.engine import Worked
from flowengine.kernel.events import NoteAdded
from flowengine.quantities import DAY, HOUR, Instant
from tests.engine.desk import SETTINGS, Desk, writing
from tests.engine.outside import (
    Mailbox,
    free_port,
    machine,
    mail_server,
    replying,
)


@pytest.fixture
def mailbox() -> Mailbox:
    """Where all mails arrive."""
    return Mailbox()


@pytest.fixture
def desk(address: str, mailbox: Mailbox) -> Iterator[Desk]:
    """A desk that writes mails; anna and berta are clerks with addresses."""
    with writing(mailbox) as configuration:
        made = Desk(address, configuration)
        for name in ("anna", "berta"):
            made.engine.people.add(name, ["clerk"], email=f"{name}@example.com")
        yield made
        made.close()


def given_up(desk: Desk) -> list[str]:
    """Why something is told to nobody any more."""
    errands = desk.engine.machines.outbox("notify")
    return [str(errand.failed) for errand in errands if errand.due is None]


def test_a_role_is_told_by_mail_to_all_who_have_it(
    desk: Desk, mailbox: Mailbox
) -> None:
    desk.order("1", "tell")

    assert desk.engine.machines.work() == Worked(machines=1)

    assert mailbox.receivers == [("anna@example.com", "berta@example.com")]
    assert mailbox.mails[0]["Subject"] == "Order 1: Tell"
    assert desk.engine.machines.outbox() == ()
    assert desk.engine.upkeep.check() == ()


def test_who_is_away_is_not_written_to(desk: Desk, mailbox: Mailbox) -> None:
    desk.engine.people.away("anna", desk.at, Instant(desk.at + DAY))
    desk.order("1", "tell")

    desk.engine.machines.work()

    assert mailbox.receivers == [("berta@example.com",)]


def test_where_all_are_away_all_are_written_to(desk: Desk, mailbox: Mailbox) -> None:
    for name in ("anna", "berta"):
        desk.engine.people.away(name, desk.at, Instant(desk.at + DAY))
    desk.order("1", "tell")

    desk.engine.machines.work()

    assert mailbox.receivers == [("anna@example.com", "berta@example.com")]


def test_an_escalation_reaches_the_people_of_its_department(
    desk: Desk, mailbox: Mailbox
) -> None:
    desk.engine.open_order("desk", {"number": "1", "total": "1 EUR"}, by="anna")
    desk.engine.people.away("berta", desk.at, Instant(desk.at + HOUR * 9))
    desk.wait(120)

    desk.engine.machines.work()

    assert mailbox.receivers == [("anna@example.com",)]
    assert mailbox.mails[0]["Subject"] == "Order 1 has used up 50 % of its time: Enter"


def test_a_customer_is_told_at_the_address_that_the_order_keeps_apart(
    desk: Desk, mailbox: Mailbox
) -> None:
    desk.order("1", "customer", email="zelma@example.com")

    desk.engine.machines.work()

    assert mailbox.receivers == [("zelma@example.com",)]


def test_notices_speak_the_language_of_the_installation(
    address: str, mailbox: Mailbox
) -> None:
    with writing(mailbox) as configuration:
        mine = Desk(address, replace(configuration, lang="lv"))
        mine.engine.people.add("anna", ["clerk"], email="anna@example.com")
        mine.order("1", "tell")
        mine.engine.machines.work()
        mine.close()

    assert mailbox.mails[0]["Subject"] == "Pasūtījums 1: Tell"
    assert "(Galds)" in mailbox.mails[0].get_content()


def test_an_address_that_the_installation_names_comes_before_those_of_people(
    address: str, mailbox: Mailbox
) -> None:
    with writing(mailbox) as configuration:
        named = replace(configuration, notify={"clerk": "desk@example.com"})
        mine = Desk(address, named)
        mine.engine.people.add("anna", ["clerk"], email="anna@example.com")
        mine.order("1", "tell")
        mine.engine.machines.work()
        mine.close()

    assert mailbox.receivers == [("desk@example.com",)]


def test_what_reaches_nobody_is_given_up_with_a_note_until_somebody_says_so(
    address: str, mailbox: Mailbox
) -> None:
    with writing(mailbox) as configuration:
        mine = Desk(address, configuration)
        mine.order("1", "tell")
        mine.engine.machines.work()
        mine.wait(60)
        left = mine.engine.machines.work()
        reasons = given_up(mine)
        notes = [event.text for event in mine.events("1") if type(event) is NoteAdded]

        mine.engine.people.add("anna", ["clerk"], email="anna@example.com")
        again = mine.engine.machines.retry()
        told = mine.engine.machines.work()
        assert mine.engine.upkeep.check() == ()
        mine.close()

    assert left == Worked()
    assert len(reasons) == len(notes) == 1
    assert "nobody of clerk has an e-mail address" in reasons[0]
    assert notes[0].startswith("Not told to clerk: ")
    assert (again, told) == (1, Worked(machines=1))
    assert mailbox.receivers == [("anna@example.com",)]


def test_a_mail_server_that_was_down_gets_the_mail_when_it_is_up(
    address: str, mailbox: Mailbox
) -> None:
    port = free_port()
    mail = Mail("127.0.0.1", port, "desk@example.com", starttls=False)
    mine = Desk(address, Configuration(mail=mail, worker=SETTINGS))
    mine.engine.people.add("anna", ["clerk"], email="anna@example.com")
    mine.order("1", "tell")

    down = mine.engine.machines.work()
    (waiting,) = mine.engine.machines.outbox("notify")
    with mail_server(mailbox, port=port):
        mine.wait(1)
        up = mine.engine.machines.work()

    assert down.machines == 0
    assert "cannot be reached" in down.skipped[0].reason
    assert "anna@example.com" not in str(waiting)
    assert up == Worked(machines=1)
    assert len(mailbox.mails) == 1
    mine.close()


def test_a_secret_that_is_missing_is_told_by_its_name_and_tried_again(
    address: str, mailbox: Mailbox
) -> None:
    with mail_server(mailbox) as port:
        mail = Mail("127.0.0.1", port, "desk@example.com", "desk", "DESK_LOGIN")
        mine = Desk(address, Configuration(mail=mail, worker=SETTINGS))
        mine.engine.people.add("anna", ["clerk"], email="anna@example.com")
        mine.order("1", "tell")
        mine.engine.machines.work()

    (errand,) = mine.engine.machines.outbox("notify")
    assert "DESK_LOGIN" in str(errand.failed)
    assert errand.due is not None
    mine.close()


def test_what_nobody_has_an_address_for_is_posted_where_a_webhook_is_named(
    address: str,
) -> None:
    with machine(replying(200)) as receiver:
        hook = Webhook(receiver.address)
        mine = Desk(address, Configuration(webhook=hook, worker=SETTINGS))
        mine.order("1", "tell")

        assert mine.engine.machines.work() == Worked(machines=1)
        mine.close()

    data = receiver.asked[0].said["data"]
    assert isinstance(data, dict)
    assert (data["number"], data["who"]) == ("1", "clerk")
    assert "receiver" not in data
