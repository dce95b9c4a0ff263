"""SQL: the only package that speaks to the operational database.

`tables` is the one metadata; `batch` with `statements`, `rows` and `codec` is the hot
path that writes a command's events and everything derived from them in one
transaction; `worklist`, `history`, `processes`, `people` and `inbox` read and keep
the rest; `migrate` makes and upgrades; `dialect` connects and says the database's
refusals in our words.
"""

from typing import TYPE_CHECKING

from flowengine.loading import when_used

if TYPE_CHECKING:
    from flowengine.store.batch import Batch
    from flowengine.store.dialect import open_engine, speaking_to

__all__ = [
    "Batch",
    "open_engine",
    "speaking_to",
]

_PLACES = {
    "Batch": ".batch",
    "open_engine": ".dialect",
    "speaking_to": ".dialect",
}

if not TYPE_CHECKING:
    __getattr__ = when_used(__name__, _PLACES)
