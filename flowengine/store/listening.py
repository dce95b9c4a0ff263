"""Hearing from PostgreSQL that there is something for workers to do."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import psycopg
from sqlalchemy import Engine

#: The channel that the triggers of `outbox` and the gates speak on.
CHANNEL = "flowengine"
#: How long a thread listens before it looks whether it is to stop, in seconds.
_SLICE = 0.5
#: How long it waits before it connects again, in seconds.
_PAUSE = 2.0


def listen(engine: Engine, heard: threading.Event, stopped: threading.Event) -> None:
    """Set `heard` at every word on the channel, until `stopped`.

    A connection that breaks is made anew: what was said meanwhile is found by asking.
    """
    _, parameters = engine.dialect.create_connect_args(engine.url)
    while not stopped.is_set():
        with suppress(psycopg.Error):
            _listen_once(parameters, heard, stopped)
        stopped.wait(_PAUSE)


def _listen_once(
    parameters: Mapping[str, Any], heard: threading.Event, stopped: threading.Event
) -> None:
    """Listen on one connection for as long as it lasts."""
    connection = psycopg.connect(
        autocommit=True,
        application_name="flowengine worker",
        **parameters,
    )
    with connection:
        connection.execute(f"LISTEN {CHANNEL}")
        heard.set()
        while not stopped.is_set():
            for _ in connection.notifies(timeout=_SLICE, stop_after=1):
                heard.set()
