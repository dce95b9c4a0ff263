"""What a worker tells while it works: lines for people, or JSON for machines."""

from __future__ import annotations

import json
import os
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from flowengine.cli.exits import DEBUG
from flowengine.cli.output import say
from flowengine.quantities import Instant, iso_time

if TYPE_CHECKING:
    from flowengine.engine import Settled, Trouble, Worked


class Log:
    """Tells each thing once, on stderr; called by several threads."""

    def __init__(self, name: str, now: Callable[[], Instant], *, is_json: bool) -> None:
        self.total: Counter[str] = Counter()
        self._name = name
        self._now = now
        self._is_json = is_json
        self._turn = threading.Lock()
        self._skipped: set[object] = set()

    def started(self) -> None:
        """It begins."""
        self._tell("Waiting for what is due; Ctrl-C stops.", "started")

    def stopped(self) -> None:
        """It has finished what it had in hand."""
        self._tell("Stopped; nothing is in hand.", "stopped")

    def __call__(self, told: Worked | Settled | Trouble) -> None:
        """Tell what a round did, what became of an errand, or what is in the way."""
        from flowengine.engine import Settled, Worked

        with self._turn:
            if isinstance(told, Worked):
                self._round(told)
            elif isinstance(told, Settled):
                self._settled(told)
            else:
                self._tell(told.reason, "trouble", reason=told.reason)
                if told.error is not None and os.environ.get(DEBUG):
                    traceback.print_exception(told.error)

    def _round(self, worked: Worked) -> None:
        done = {
            "fired": worked.timers,
            "told": worked.children,
            "let through": worked.gates,
        }
        self.total.update(
            timers=worked.timers, children=worked.children, gates=worked.gates
        )
        parts = [f"{count} {word}" for word, count in done.items() if count]
        if parts:
            named = {word.replace(" ", "_"): count for word, count in done.items()}
            self._tell(f"{', '.join(parts)}.", "worked", **named)
        for skipped in worked.skipped:
            if skipped not in self._skipped:
                self._skipped.add(skipped)
                self.total["skipped"] += 1
                text = f"Skipped, order {skipped.number}: {skipped.reason}"
                self._tell(text, "skipped", order=skipped.number, reason=skipped.reason)

    def _settled(self, settled: Settled) -> None:
        row = settled.row
        self.total["machines"] += settled.fate in ("done", "given-up")
        self.total["skipped"] += settled.fate == "given-up"
        step = str(row.body.get("step", ""))
        text = f"{settled.number}/{step} ({row.kind}): {settled.fate}"
        if settled.reason:
            text = f"{text}: {settled.reason}"
        self._tell(
            text,
            settled.fate.value,
            kind=row.kind,
            order=settled.number,
            step=step,
            key=row.key,
            attempt=row.attempts,
            reason=settled.reason or None,
            due=iso_time(settled.due),
        )

    def _tell(self, text: str, event: str, **more: object) -> None:
        if not self._is_json:
            say(text)
            return
        said = {"at": iso_time(self._now()), "worker": self._name, "event": event}
        known = {name: value for name, value in more.items() if value is not None}
        say(json.dumps({**said, **known}, ensure_ascii=False))
