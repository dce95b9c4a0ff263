"""Who works here, in which roles, and who is away."""

from collections.abc import Sequence

from flowengine.engine import listing
from flowengine.engine.opened import Opened
from flowengine.engine.values import User
from flowengine.errors import CommandRejected, InvalidInput, NotFound
from flowengine.quantities import Instant
from flowengine.store import away, people
from flowengine.store.away import Absence


class People:
    """The part of an engine that knows people."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def add(self, name: str, roles: Sequence[str], *, email: str | None = None) -> None:
        """Add a person, or set the roles of one who is there already.

        An `email` that is not said stays as it was; an empty one is taken away.

        Raises:
            InvalidInput: The name is empty.
        """
        if not name.strip():
            raise InvalidInput("Expected the name of a person, but it is empty.")
        with self._opened.database.writing("account") as connection:
            people.add_person(connection, name, roles, email)

    def all(self) -> tuple[User, ...]:
        """Everybody with their roles, by name; who is away, until when."""
        with self._opened.database.reading() as connection:
            return listing.users(connection, self._opened.now())

    def away(self, name: str, since: Instant, until: Instant) -> None:
        """Note that somebody is away in [since, until); what was noted there gives way.

        Raises:
            NotFound: Nobody has that name.
            InvalidInput: It ends before it begins.
        """
        if until <= since:
            raise InvalidInput(
                f"Expected an absence of {name} that ends after it begins, "
                "but it does not."
            )
        with self._opened.database.writing() as connection:
            _refuse_unknown(name, people.people(connection))
            away.add_absence(connection, Absence(name, since, until))

    def back(self, name: str) -> None:
        """Somebody is here from now on; absences that were planned are taken back.

        Raises:
            NotFound: Nobody has that name.
            CommandRejected: They are not away.
        """
        with self._opened.database.writing() as connection:
            _refuse_unknown(name, people.people(connection))
            if not away.end_absences(connection, name, self._opened.now()):
                raise CommandRejected(
                    f"Expected {name} to be away, but they are here: "
                    "see `flowengine user list`."
                )


def _refuse_unknown(name: str, known: dict[str, tuple[str, ...]]) -> None:
    if name not in known:
        raise NotFound(
            f"Expected a known person, but nobody is called {name}: "
            f"add them with `flowengine user add {name} --role ROLE`."
        )
