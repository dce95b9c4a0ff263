"""One exchange over HTTP: no redirects, a bounded answer, failures sorted."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import IO, NamedTuple

from flowengine.engine.automations.values import Failed
from flowengine.quantities import SECOND, Duration

#: No answer that is read is longer, in bytes.
LONGEST_ANSWER = 1_000_000
#: Refused now, but perhaps not later: too slow, too many at once.
_TRY_LATER = frozenset({408, 429})


class Sending(NamedTuple):
    """What is sent where."""

    method: str
    address: str
    #: None sends none.
    body: bytes | None
    headers: Mapping[str, str]
    timeout: Duration


def exchange(sending: Sending) -> bytes | Failed:
    """Send, and give the body of an answer 2xx; all else has failed.

    What the other side had to say is not repeated: it may hold what was sent.
    """
    asked = urllib.request.Request(  # noqa: S310 - the caller allows http and https only
        sending.address,
        data=sending.body,
        headers=dict(sending.headers),
        method=sending.method,
    )
    try:
        with _OPENER.open(asked, timeout=sending.timeout / SECOND) as answer:
            body: bytes = answer.read(LONGEST_ANSWER + 1)
    except urllib.error.HTTPError as error:
        error.close()
        return _refused(error.code)
    except urllib.error.URLError as error:
        return Failed(f"it cannot be reached: {_reason(error.reason)}")
    except (OSError, http.client.HTTPException) as error:
        return Failed(f"it broke off: {_reason(error)}")
    if len(body) > LONGEST_ANSWER:
        return Failed(f"its answer is longer than {LONGEST_ANSWER} bytes", again=False)
    return body


def _refused(code: int) -> Failed:
    if 300 <= code < 400:
        return Failed(
            f"it answers {code}, a redirect, which is not followed", again=False
        )
    return Failed(f"it answers {code}", again=code >= 500 or code in _TRY_LATER)


def _reason(error: object) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Another address than the one that was allowed is never called."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:
        """Follow nothing: the redirect itself is the answer."""


_OPENER = urllib.request.build_opener(_NoRedirects)
