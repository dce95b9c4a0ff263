"""Notices by webhook, signed as Standard Webhooks says.

Source: https://github.com/standard-webhooks/standard-webhooks, specification 1.0.
"""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime

from flowengine.configuration import Webhook
from flowengine.engine.automations.addresses import USER_AGENT
from flowengine.engine.automations.notices import Notice
from flowengine.engine.automations.posting import Sending, exchange
from flowengine.engine.automations.values import Answer, Done, Failed
from flowengine.quantities import SECOND, Duration, Instant

_PREFIX = "whsec_"


def post_notice(
    webhook: Webhook,
    secret: str | None,
    notice: Notice,
    sent: Instant,
    timeout: Duration,
) -> Answer:
    """Post a notice; sent again it has the same `webhook-id`.

    `sent` is the present moment: receivers refuse what was signed long ago.
    """
    body = json.dumps(_said(notice), ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "webhook-id": notice.key,
        "webhook-timestamp": str(sent // SECOND),
    }
    if secret is not None:
        signature = signature_of(secret, notice.key, sent, body)
        if signature is None:
            return Failed(
                f"Expected a key in base64 in {webhook.secret_env}, but got none"
            )
        headers["webhook-signature"] = signature
    said = exchange(Sending("POST", webhook.url, body, headers, timeout))
    return said if isinstance(said, Failed) else Done()


def signature_of(secret: str, key: str, sent: Instant, body: bytes) -> str | None:
    """How a body is signed; None where the secret is no base64."""
    try:
        signing_key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        return None
    text = f"{key}.{sent // SECOND}.".encode() + body
    digest = hmac.new(signing_key, text, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _said(notice: Notice) -> dict[str, object]:
    moment = datetime.fromtimestamp(notice.at // SECOND, UTC)
    told = {
        "number": notice.number,
        "process": notice.process,
        "step": notice.step,
        "who": notice.who,
        "subject": notice.subject,
        "text": notice.text,
    }
    kind = "order.notified"
    if notice.share is not None:
        kind = "order.escalated"
        told["share"] = str(notice.share)
    return {
        "type": kind,
        "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "data": told,
    }
