"""What machines do: functions, addresses, mails and webhooks, with real servers."""

import base64
import hashlib
import hmac
import time
from dataclasses import replace

import pytest

from flowengine.configuration import Mail, Webhook
from flowengine.engine.automations import (
    Answer,
    AutomationCall,
    Done,
    Failed,
    Notice,
    call_function,
    import_functions,
    within,
)
from flowengine.engine.automations.addresses import call_address, host_of, is_allowed
from flowengine.engine.automations.mails import send_mail
from flowengine.engine.automations.webhooks import post_notice
from flowengine.errors import InvalidInput
from flowengine.quantities import SECOND, Duration, Instant
from tests.builders import MONDAY
from tests.engine.outside import Mailbox, free_port, machine, mail_server, replying

ASKED = AutomationCall(
    number="1001",
    process="shop",
    version=1,
    step="label",
    visit=1,
    key="c0ffee:label:1:",
    attempt=2,
    data={"total": "450 EUR"},
)
NOTICE = Notice(
    key="c0ffee:7",
    at=MONDAY,
    number="1001",
    process="shop",
    process_title="Shop",
    step="enter",
    step_title="Enter",
    who="sales",
)
SOON = Duration(5 * SECOND)


def asked_at(address: str, token: str | None = None) -> Answer:
    return call_address("POST", address, ASKED, token, SOON)


# Functions


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (None, Done()),
        ("ok", Done("ok")),
        ({"outcome": "ok"}, Done("ok")),
        ({"answers": {"order.box": "L"}}, Done(None, {"order.box": "L"})),
        ({}, Done()),
    ],
)
def test_a_function_answers_with_an_outcome_or_outcome_and_answers(
    said: dict[str, object] | str | None, answer: Done
) -> None:
    assert call_function(lambda _: said, ASKED) == answer


def test_a_function_is_given_the_order_with_amounts_as_people_write_them() -> None:
    seen: list[AutomationCall] = []

    call_function(seen.append, ASKED)

    assert seen == [ASKED]


@pytest.mark.parametrize("said", [7, ["ok"], {"result": "ok"}, {"outcome": 3}])
def test_what_is_no_answer_has_failed_for_good(said: object) -> None:
    answer = call_function(lambda _: said, ASKED)  # type: ignore[arg-type,return-value]  # what a function may do all the same

    assert isinstance(answer, Failed)
    assert not answer.again


def test_a_function_that_raises_is_tried_again_with_what_it_raised_as_reason() -> None:
    def broken(_: AutomationCall) -> str:
        raise ValueError("no box\nis large enough")

    answer = call_function(broken, ASKED)

    assert answer == Failed("ValueError: no box is large enough", again=True)


def test_a_function_that_hangs_is_left_to_itself() -> None:
    def hanging(_: AutomationCall) -> str:
        time.sleep(0.5)
        return "ok"

    answer = within(Duration(SECOND // 50), lambda: call_function(hanging, ASKED))

    assert isinstance(answer, Failed)
    assert "has not answered" in answer.reason
    assert answer.again


def test_functions_are_found_by_module_and_name() -> None:
    found: object = import_functions({"length": "builtins:len"}, {})

    assert found == {"length": len}


@pytest.mark.parametrize("path", ["no_such_module:run", "builtins:nothing", ":", "x"])
def test_a_function_that_cannot_be_found_is_told(path: str) -> None:
    with pytest.raises(InvalidInput, match="for the automation choose-box"):
        import_functions({"choose-box": path}, {})


# Addresses


def test_a_machine_is_asked_with_the_key_and_answers_in_json() -> None:
    said = {"outcome": "ok", "answers": {"order.label": "L-17"}}
    with machine(replying(200, said)) as labels:
        answer = asked_at(f"{labels.address}make", "t0ken")

    assert answer == Done("ok", {"order.label": "L-17"})
    (asked,) = labels.asked
    assert (asked.method, asked.path) == ("POST", "/make")
    assert asked.headers["Idempotency-Key"] == ASKED.key
    assert asked.headers["Authorization"] == "Bearer t0ken"
    assert asked.said["number"] == "1001"
    assert asked.said["data"] == {"total": "450 EUR"}


def test_an_empty_answer_is_done() -> None:
    with machine(replying(204)) as labels:
        assert asked_at(labels.address) == Done()


@pytest.mark.parametrize("status", [500, 503, 408, 429])
def test_a_machine_in_trouble_is_asked_again(status: int) -> None:
    with machine(replying(status)) as labels:
        assert asked_at(labels.address) == Failed(f"it answers {status}", again=True)


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422])
def test_a_machine_that_refuses_has_failed_for_good(status: int) -> None:
    with machine(replying(status, {"password": "s3cret"})) as labels:
        assert asked_at(labels.address) == Failed(f"it answers {status}", again=False)


def test_a_redirect_is_not_followed_with_what_was_sent() -> None:
    with (
        machine(replying(200)) as other,
        machine(replying(307, Location=other.address)) as labels,
    ):
        answer = asked_at(labels.address)

    assert isinstance(answer, Failed)
    assert not answer.again
    assert other.asked == []


def test_an_answer_that_is_no_json_has_failed_for_good() -> None:
    with machine(lambda _: (200, b"<html>", {})) as labels:
        answer = asked_at(labels.address)

    assert isinstance(answer, Failed)
    assert not answer.again


def test_a_machine_that_is_not_there_is_asked_again() -> None:
    answer = asked_at(f"http://127.0.0.1:{free_port()}/")

    assert answer == Failed("it cannot be reached: connection refused", again=True)


@pytest.mark.parametrize(
    ("address", "hosts", "allowed"),
    [
        ("https://a.example.com/x", ("a.example.com",), True),
        ("https://A.example.com:443/x", ("a.example.com",), True),
        ("http://a.example.com/x", ("a.example.com",), False),
        ("http://a.example.com/x", ("http://a.example.com",), True),
        ("https://a.example.com:8443/x", ("a.example.com",), False),
        ("https://a.example.com:8443/x", ("a.example.com:8443",), True),
        ("https://a.example.com.evil.example/x", ("a.example.com",), False),
        ("https://a.example.com@evil.example/x", ("a.example.com",), False),
        ("https://evil.example/a.example.com", ("a.example.com",), False),
        ("https://b.a.example.com/", ("a.example.com",), False),
        ("https://a.example.com/", (), False),
    ],
)
def test_only_hosts_that_are_allowed_may_be_called(
    address: str, hosts: tuple[str, ...], allowed: bool
) -> None:
    assert is_allowed(address, hosts) is allowed


def test_a_host_is_told_as_it_would_be_allowed() -> None:
    for address in ("https://a.example/x", "http://a.example:81/x"):
        assert is_allowed(address, (host_of(address),))


# Mails


def test_a_notice_is_a_mail_that_says_what_happened() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        mail = Mail("127.0.0.1", port, "orders@example.com", starttls=False)
        answer = send_mail(mail, None, NOTICE, ["a@example.com", "b@example.com"], SOON)

    assert answer == Done()
    (sent,) = mailbox.mails
    assert sent["Subject"] == "Order 1001: Enter"
    assert sent["From"] == "orders@example.com"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert "Order 1001 (Shop) has come to Enter." in sent.get_content()
    assert mailbox.receivers == [("a@example.com", "b@example.com")]


def test_a_mail_that_is_sent_again_is_known_by_its_id() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        mail = Mail("127.0.0.1", port, starttls=False)
        for _ in range(2):
            send_mail(mail, None, NOTICE, ["a@example.com"], SOON)
        other = replace(NOTICE, key="c0ffee:8")
        send_mail(mail, None, other, ["a@example.com"], SOON)

    ids = [sent["Message-ID"] for sent in mailbox.mails]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(
    ("share", "lang", "subject"),
    [
        (80, "en", "Order 1001 has used up 80 % of its time: Enter"),
        (100, "en", "Order 1001 is late: Enter"),
        (120, "lv", "Pasūtījums 1001 kavējas: Enter"),
        (None, "lv", "Pasūtījums 1001: Enter"),
    ],
)
def test_a_notice_speaks_the_language_of_the_installation(
    share: int | None, lang: str, subject: str
) -> None:
    assert replace(NOTICE, share=share, lang=lang).subject == subject


def test_a_mail_server_asks_for_the_password() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, login=("orders", "s3cret")) as port:
        mail = Mail("127.0.0.1", port, user="orders", starttls=False)
        refused = send_mail(mail, "wrong", NOTICE, ["a@example.com"], SOON)
        done = send_mail(mail, "s3cret", NOTICE, ["a@example.com"], SOON)

    assert refused == Failed("the mail server refuses the login (535)", again=True)
    assert done == Done()
    assert len(mailbox.mails) == 1


def test_addresses_that_are_unknown_have_failed_for_good_and_are_not_told() -> None:
    mailbox = Mailbox(unknown=("a@example.com",))
    with mail_server(mailbox) as port:
        mail = Mail("127.0.0.1", port, starttls=False)
        answer = send_mail(mail, None, NOTICE, ["a@example.com"], SOON)

    assert answer == Failed("the mail server takes none of 1 addresses (550)", False)


def test_a_mail_server_that_is_not_there_is_tried_again() -> None:
    mail = Mail("127.0.0.1", free_port(), starttls=False)

    answer = send_mail(mail, None, NOTICE, ["a@example.com"], SOON)

    assert isinstance(answer, Failed)
    assert answer.again


def test_a_mail_server_that_does_not_encrypt_gets_nothing_where_it_should() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        answer = send_mail(
            Mail("127.0.0.1", port), None, NOTICE, ["a@example.com"], SOON
        )

    assert isinstance(answer, Failed)
    assert mailbox.mails == []


@pytest.mark.parametrize("address", ["a@example.com\nBcc: b@example.com", ""])
def test_an_address_cannot_bring_other_receivers(address: str) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        mail = Mail("127.0.0.1", port, starttls=False)
        answer = send_mail(mail, None, NOTICE, [address], SOON)

    assert isinstance(answer, Failed)
    assert mailbox.mails == []


# Webhooks

SIGNING = b"a key of thirty-two bytes, truly"
SECRET = f"whsec_{base64.b64encode(SIGNING).decode()}"
NOW = Instant(MONDAY + 90 * SECOND)


def test_a_webhook_is_signed_so_that_its_receiver_can_verify_it() -> None:
    with machine(replying(200)) as receiver:
        hook = Webhook(receiver.address, "SIGNING_KEY")
        answer = post_notice(hook, SECRET, NOTICE, NOW, SOON)

    assert answer == Done()
    (asked,) = receiver.asked
    headers = {name.lower(): value for name, value in asked.headers.items()}
    sent = headers["webhook-timestamp"]
    signed = f"{headers['webhook-id']}.{sent}.".encode() + asked.body
    expected = hmac.new(SIGNING, signed, hashlib.sha256).digest()
    version, _, signature = headers["webhook-signature"].partition(",")
    assert version == "v1"
    assert base64.b64decode(signature) == expected
    assert int(sent) == NOW // SECOND
    assert asked.said["type"] == "order.notified"


def test_a_webhook_that_is_posted_again_has_the_same_id() -> None:
    with machine(replying(503)) as receiver:
        for wait in (0, 60):
            moment = Instant(NOW + wait * SECOND)
            answer = post_notice(Webhook(receiver.address), None, NOTICE, moment, SOON)

    assert answer == Failed("it answers 503")
    first, second = [asked.headers for asked in receiver.asked]
    assert first["Webhook-Id"] == second["Webhook-Id"] == NOTICE.key
    assert first["Webhook-Timestamp"] != second["Webhook-Timestamp"]


def test_a_signing_key_that_is_none_is_told_by_its_variable_only() -> None:
    hook = Webhook("http://127.0.0.1:1/", "SIGNING_KEY")

    answer = post_notice(hook, "not base64!", NOTICE, NOW, SOON)

    assert isinstance(answer, Failed)
    assert "SIGNING_KEY" in answer.reason
    assert "not base64!" not in answer.reason
