"""Who works here, and in which roles."""

from collections.abc import Sequence

from flowengine.engine import listing
from flowengine.engine.opened import Opened
from flowengine.engine.values import User
from flowengine.store import people


class People:
    """The part of an engine that knows people."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def add(self, name: str, roles: Sequence[str]) -> None:
        """Add a person, or set the roles of one who is there already."""
        with self._opened.database.writing() as connection:
            people.add_person(connection, name, roles)

    def all(self) -> tuple[User, ...]:
        """Everybody with their roles, by name."""
        with self._opened.database.reading() as connection:
            return listing.users(connection)
