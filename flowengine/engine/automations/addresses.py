"""`http METHOD ADDRESS`: asking a machine over the network."""

import json
from dataclasses import asdict
from typing import NamedTuple
from urllib.parse import urlsplit

from flowengine.engine.automations.posting import Sending, exchange
from flowengine.engine.automations.values import (
    Answer,
    AutomationCall,
    Done,
    Failed,
    answer_from,
)
from flowengine.quantities import Duration

USER_AGENT = "flowengine"
_PORTS = {"http": 80, "https": 443}
_WITHOUT_BODY = ("GET", "DELETE")


class _Host(NamedTuple):
    scheme: str
    name: str
    port: int


def call_address(
    method: str,
    address: str,
    asked: AutomationCall,
    token: str | None,
    timeout: Duration,
) -> Answer:
    """Ask a machine; its answer is JSON with `outcome` and `answers`, or empty.

    The address must have been allowed (`is_allowed`). 5xx, 408, 429 and a network that
    fails are worth another try; other refusals are not.
    """
    headers = {
        "Accept": "application/json",
        "Idempotency-Key": asked.key,
        "User-Agent": USER_AGENT,
    }
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    body = None
    if method not in _WITHOUT_BODY:
        headers["Content-Type"] = "application/json"
        body = json.dumps(asdict(asked), ensure_ascii=False).encode()
    said = exchange(Sending(method, address, body, headers, timeout))
    return said if isinstance(said, Failed) else _read(said)


def is_allowed(address: str, hosts: tuple[str, ...]) -> bool:
    """Whether an address lies at one of these hosts, with its way and its port."""
    host = _host(address)
    return host is not None and host in {_host(each) for each in hosts}


def host_of(address: str) -> str:
    """The host of an address as it would be written in a list of allowed ones."""
    host = _host(address)
    if host is None:
        return address
    port = "" if host.port == _PORTS[host.scheme] else f":{host.port}"
    return f"{'http://' if host.scheme == 'http' else ''}{host.name}{port}"


def _host(written: str) -> _Host | None:
    """Scheme, name and port of an address, or of a host; https where none is said."""
    parts = urlsplit(written if "://" in written else f"https://{written}")
    try:
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        return None
    return _Host(parts.scheme, parts.hostname, port or _PORTS[parts.scheme])


def _read(body: bytes) -> Answer:
    if not body.strip():
        return Done()
    try:
        said = json.loads(body)
    except ValueError:
        return Failed("Expected JSON with an outcome, but it answers text", again=False)
    return answer_from(said)
