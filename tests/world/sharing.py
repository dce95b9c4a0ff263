"""What programs of one world share with those of the next, and ids that are counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from itertools import count
from types import ModuleType
from uuid import UUID

from sqlalchemy import Engine as SqlEngine

from flowengine.engine import batching, opening
from flowengine.store import database, dialect


@contextmanager
def replaced(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """In this context a module has something else by that name."""
    before = vars(module)[name]
    vars(module)[name] = value
    try:
        yield
    finally:
        vars(module)[name] = before


@contextmanager
def shared_engines(who: Callable[[], str]) -> Iterator[None]:
    """A program that starts anew has what SQLAlchemy had compiled for the old one.

    Its connections are its own; only texts of statements are kept, by who runs, from
    one world to the next: compiling them again was half of the time.
    """

    def opened(address: str, synchronous: str = "FULL") -> SqlEngine:
        return _engine(address, synchronous, who())

    with replaced(database, "open_engine", opened):
        yield


@cache
def _engine(address: str, synchronous: str, _who: str) -> SqlEngine:
    return dialect.open_engine(address, synchronous)


@contextmanager
def same_ids(first: int) -> Iterator[None]:
    """Orders and groups get the same ids every time, counted from `first`."""
    numbers = count(first)

    def made() -> UUID:
        number = next(numbers)
        digest = sha256(str(number).encode()).digest()[:10]
        return UUID(bytes=number.to_bytes(6, "big") + digest)

    with replaced(opening, "uuid7", made), replaced(batching, "uuid7", made):
        yield


def forget_engines() -> None:
    """What those that were in the middle of something had open is left."""
    _engine.cache_clear()
