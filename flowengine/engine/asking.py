"""What an errand asks: an automation with its order, or a notice with its receivers."""

from collections.abc import Mapping
from typing import NamedTuple, cast

from sqlalchemy import Connection

from flowengine.configuration import Configuration
from flowengine.engine.automations import AutomationCall, Notice
from flowengine.engine.fields import type_of
from flowengine.engine.registry import Registry
from flowengine.errors import InvalidInput
from flowengine.kernel.case import Case
from flowengine.kernel.elements import value_at
from flowengine.language.exact import Place, exact_data, names_kept_by
from flowengine.language.parts import Automation
from flowengine.language.process import Process, Step, StepId
from flowengine.quantities import Instant
from flowengine.store import history, people
from flowengine.store.away import away_at
from flowengine.store.outbox import OutboxRow


class Asked(NamedTuple):
    """An errand with everything that it is about."""

    row: OutboxRow
    case: Case
    process: Process
    step: Step
    #: Personal values of the order by dotted path.
    private: Mapping[str, str]
    #: Addresses of those who are to be told; of `notify` only.
    addresses: tuple[str, ...] = ()

    @property
    def do(self) -> Automation:
        """What the step does."""
        if self.step.do is None:
            raise ValueError(f"Step {self.step.id} is no automation.")
        return self.step.do

    def words(self) -> tuple[str, ...]:
        """What no reason may show: personal values, and addresses."""
        return (*self.private.values(), *self.addresses)


def read_asked(
    connection: Connection,
    registry: Registry,
    row: OutboxRow,
    configuration: Configuration,
    at: Instant,
) -> Asked | None:
    """What an errand asks, as its order is now; None where its step is no more."""
    case = history.case_of(connection, row.case_id)
    if case is None:
        return None
    process = registry.net(case.process).process
    step = process.steps.get(StepId(str(row.body.get("step", ""))))
    if step is None:
        return None
    private = people.private_values(connection, row.case_id)
    asked = Asked(row, case, process, step, private)
    if "who" not in row.body:
        return asked
    addresses = _addresses(connection, asked, configuration.notify, at)
    return asked._replace(addresses=addresses)


def call_of(asked: Asked, *, personal: bool) -> AutomationCall:
    """What a machine is given; personal values only where it may have them."""

    def kept(place: Place) -> object:
        if not personal:
            return None
        names = names_kept_by(asked.process, asked.case.data, place)
        return next(
            (asked.private[name] for name in names if name in asked.private), None
        )

    fields = exact_data(asked.process, asked.case.data, kept)
    return AutomationCall(
        number=asked.case.number,
        process=asked.process.name,
        version=asked.process.version,
        step=asked.step.id,
        visit=int(str(asked.row.body.get("visit", 1))),
        element=cast("str | None", asked.row.body.get("element")),
        key=asked.row.key,
        attempt=asked.row.attempts,
        data=cast("Mapping[str, object]", fields),
    )


def notice_of(asked: Asked, lang: str) -> Notice:
    """What somebody is told."""
    share = asked.row.body.get("share")
    return Notice(
        key=asked.row.key,
        at=Instant(asked.row.at),
        number=asked.case.number,
        process=asked.process.name,
        process_title=asked.process.title.in_language(lang),
        step=asked.step.id,
        step_title=asked.step.title.in_language(lang),
        who=str(asked.row.body["who"]),
        lang=lang,
        share=share if isinstance(share, int) else None,
    )


def _addresses(
    connection: Connection, asked: Asked, named: Mapping[str, str], at: Instant
) -> tuple[str, ...]:
    """Where to write: a field's address, the one that is named, or people's own.

    Those who are away are left out, unless all are: better one too many than nobody.
    """
    who = str(asked.row.body["who"])
    if "." in who:
        return _in_field(asked, who)
    if who in named:
        return (named[who],)
    roles = {
        role.id
        for role in asked.process.roles.values()
        if who in (role.id, role.department)
    }
    known = people.emails(connection)
    found = [
        name
        for name, theirs in people.people(connection).items()
        if name in known and not roles.isdisjoint(theirs)
    ]
    away = away_at(connection, at)
    here = [name for name in found if name not in away]
    return tuple(known[name] for name in here or found)


def _in_field(asked: Asked, field: str) -> tuple[str, ...]:
    """The address that an order holds in a field; none where it has none."""
    path = tuple(field.split("."))
    try:
        data_type = type_of(asked.process, path)
    except InvalidInput:
        return ()
    value = asked.private.get(field) if data_type.personal else None
    if not data_type.personal:
        value = cast("str | None", value_at(asked.case.data, path))
    return (value,) if value else ()
