"""Waiting for something only so long."""

import threading
from collections.abc import Callable

from flowengine.engine.automations.values import Answer, Failed
from flowengine.errors import FlowError
from flowengine.quantities import SECOND, Duration, duration_text


def within(timeout: Duration, deed: Callable[[], Answer]) -> Answer:
    """What a deed answers, unless it takes too long: then it is left to itself.

    Nothing can stop it; it goes on in its own thread, and what it answers later is
    forgotten. Who tries again uses the same key.
    """
    answers: list[Answer] = []

    def run() -> None:
        try:
            answers.append(deed())
        except FlowError as error:
            answers.append(Failed(str(error)))
        except Exception as error:  # a bug in it must not stop the worker
            answers.append(Failed(f"it raised {type(error).__name__}"))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(timeout / SECOND)
    if answers:
        return answers[0]
    return Failed(f"it has not answered within {duration_text(timeout)}")
