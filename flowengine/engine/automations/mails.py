"""Notices by mail, through an SMTP server."""

import re
import smtplib
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from flowengine.configuration import Mail
from flowengine.engine.automations.notices import Notice
from flowengine.engine.automations.values import Answer, Done, Failed
from flowengine.quantities import SECOND, Duration

#: Nothing that could end a header or begin another receiver.
_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
#: The port where encryption begins before the first word.
_ENCRYPTED_PORT = 465


def send_mail(
    mail: Mail,
    password: str | None,
    notice: Notice,
    addresses: Sequence[str],
    timeout: Duration,
) -> Answer:
    """Send a notice to all addresses at once; sent again it has the same Message-ID.

    What the server says is not repeated, but its code: it may name who is written to.
    """
    if not all(_ADDRESS.fullmatch(address) for address in addresses):
        return Failed("an address to write to is none", again=False)
    try:
        message = _message(mail, notice, addresses)
        with _connected(mail, timeout) as server:
            if mail.user is not None:
                server.login(mail.user, password or "")
            server.send_message(message, mail.sender, list(addresses))
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return Failed(
            f"the mail server takes none of {len(codes)} addresses ({max(codes)})",
            again=any(code < 500 for code in codes),
        )
    except smtplib.SMTPAuthenticationError as error:
        return Failed(f"the mail server refuses the login ({error.smtp_code})")
    except smtplib.SMTPResponseException as error:
        return Failed(
            f"the mail server refuses the mail ({error.smtp_code})",
            again=error.smtp_code < 500,
        )
    except (OSError, smtplib.SMTPException) as error:
        return Failed(f"the mail server cannot be reached: {_reason(error)}")
    return Done()


def _message(mail: Mail, notice: Notice, addresses: Sequence[str]) -> EmailMessage:
    message = EmailMessage()
    message["From"] = mail.sender
    message["To"] = ", ".join(addresses)
    message["Subject"] = notice.subject
    message["Date"] = format_datetime(datetime.fromtimestamp(notice.at // SECOND, UTC))
    name = sha256(notice.key.encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{name}@{mail.sender.rpartition('@')[2]}>"
    # No holiday reply answers a machine.
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = notice.lang
    message.set_content(f"{notice.text}\n")
    return message


def _connected(mail: Mail, timeout: Duration) -> smtplib.SMTP:
    seconds = timeout / SECOND
    if mail.port == _ENCRYPTED_PORT:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=seconds, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=seconds)
    if mail.starttls:
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return type(error).__name__
