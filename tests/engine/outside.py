"""The world outside, for tests: a real SMTP server and a real HTTP server."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Mailbox:
    """Takes every mail, but those to addresses that it does not know."""

    def __init__(self, unknown: tuple[str, ...] = ()) -> None:
        self.mails: list[EmailMessage] = []
        self.receivers: list[tuple[str, ...]] = []
        self._unknown = unknown

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: object,
    ) -> str:
        """Take a receiver, or say that there is none of that name."""
        if address in self._unknown:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd names it
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep a mail."""
        content = cast("bytes", envelope.content)
        self.mails.append(message_from_bytes(content, policy=policy.default))
        self.receivers.append(tuple(str(each) for each in envelope.rcpt_tos))
        return "250 OK"


@contextmanager
def mail_server(
    mailbox: Mailbox, *, port: int = 0, login: tuple[str, str] | None = None
) -> Iterator[int]:
    """A server that gives its mails to a mailbox; its port."""

    def authenticated(
        _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, data: object
    ) -> AuthResult:
        wanted = login and LoginPassword(login[0].encode(), login[1].encode())
        return AuthResult(success=data == wanted, handled=False)

    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port,
        authenticator=authenticated,
        auth_require_tls=False,
    )
    if port == 0:
        controller.port = free_port()
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@dataclass(slots=True)
class Asked:
    """One request that a machine got."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, object]:
        """Its body as JSON."""
        return cast("dict[str, object]", json.loads(self.body))


#: Status, body and headers of an answer.
Reply = tuple[int, bytes, Mapping[str, str]]


@dataclass(slots=True)
class Machine:
    """A server that answers as a test says, and remembers what it was asked."""

    reply: Callable[[Asked], Reply]
    asked: list[Asked] = field(default_factory=list)
    address: str = ""

    @property
    def host(self) -> str:
        """Its name in a list of allowed hosts."""
        return self.address.rstrip("/")


@contextmanager
def machine(reply: Callable[[Asked], Reply], port: int = 0) -> Iterator[Machine]:
    """A machine that runs in this process."""
    found = Machine(reply)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command, self.path, dict(self.headers), self.rfile.read(length)
            )
            found.asked.append(asked)
            status, body, headers = found.reply(asked)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - named by http.server

        def log_message(self, *_: object) -> None:
            """Say nothing beside the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    found.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def replying(
    status: int = 200, said: object = None, **headers: str
) -> Callable[[Asked], Reply]:
    """The same answer to everything."""
    body = b"" if said is None else json.dumps(said).encode()
    return lambda _: (status, body, headers)


def free_port() -> int:
    """A port that nobody listens at."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.server_close()
    return server.server_port
