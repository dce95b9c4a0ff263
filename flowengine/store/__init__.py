"""SQL: the only package that speaks to the operational database.

`tables` is the one metadata; `batch` with `statements`, `rows` and `codec` is the hot
path that writes a command's events and everything derived from them in one
transaction; `worklist`, `history`, `processes`, `people` and `inbox` read and keep
the rest; `migrate` makes and upgrades; `dialect` connects and says the database's
refusals in our words.
"""

from flowengine.store.batch import Batch
from flowengine.store.dialect import open_engine, speaking_to

__all__ = ["Batch", "open_engine", "speaking_to"]
