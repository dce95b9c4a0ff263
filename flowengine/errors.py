"""Everything that flowengine refuses, as one tree.

    FlowError                    what a caller may catch
    ├── InvalidInput             a file or value that cannot be read, with its place
    ├── InvalidProcess           a process file with errors: all of them at once
    ├── NotFound                 no such order, task, process, user or message wait
    ├── CommandRejected          a rule refuses the command; nothing has changed
    │   └── Conflict             somebody else was first; nothing has changed
    │       ├── ConcurrentChange the case has moved on since it was read
    │       └── LeaseLost        another worker has taken the errand since
    └── StoreError               the database cannot be used as it is
        ├── StoreMissing         there is no flowengine database there yet
        ├── StoreOutdated        it was written by an older flowengine
        ├── StoreTooNew          it was written by a newer flowengine
        └── StoreRefused         read-only, full, locked for too long, or not ours

A bug is a built-in exception and never one of these. Texts say "Expected X, but Y",
name the ids, and say what to do next. Each surface translates the tree in one place.
"""


class FlowError(Exception):
    """Something that flowengine refuses, with a text for people."""


class InvalidInput(FlowError):
    """A file, a row or a value that cannot be read; the text names its place."""


class InvalidProcess(FlowError):
    """A process file with errors; `problems` holds all of them, in file order."""

    def __init__(self, message: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        #: `flowengine.language.Problem` values; typed as object as errors sit below.
        self.problems = problems


class NotFound(FlowError):
    """There is no such order, task, process, user or open wait."""


class CommandRejected(FlowError):
    """A rule refuses the command; nothing has changed."""


class Conflict(CommandRejected):
    """Somebody else was first; nothing has changed."""


class ConcurrentChange(Conflict):
    """The case has moved on since it was read."""


class LeaseLost(Conflict):
    """Another worker has taken the errand since, or it is answered."""


class StoreError(FlowError):
    """The database cannot be used as it is; nothing was lost."""


class StoreMissing(StoreError):
    """There is no flowengine database there yet."""


class StoreOutdated(StoreError):
    """The database was written by an older flowengine and must be upgraded."""


class StoreTooNew(StoreError):
    """The database was written by a newer flowengine."""


class StoreRefused(StoreError):
    """The database is read-only, full, locked for too long, or not one of ours."""
