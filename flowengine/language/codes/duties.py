"""F7xx: who is there to do what."""

from flowengine.language.codes.code import Code
from flowengine.language.problems import Severity

DUTY_CODES = (
    Code(
        "F701",
        "a role with no people",
        """
        Steps wait for people of this role, but it has none in any month: orders would
        lie there for ever.
        """,
        "roles:\n  lead: {department: sales, people: 0, calendar: office}\n"
        "steps:\n  approve: {role: lead, next: done}",
        "roles:\n  lead: {department: sales, people: 1, calendar: office}\n"
        "steps:\n  approve: {role: lead, next: done}",
    ),
    Code(
        "F702",
        "a role with no people in some months",
        """
        In these months orders lie at the steps of this role until the next one begins.
        """,
        "roles:\n  mover: {department: warehouse, people: 2, season: {jul: 0}}",
        "roles:\n  mover: {department: warehouse, people: 2, season: {jul: 1}}",
        Severity.WARNING,
    ),
    Code(
        "F703",
        "two people needed where there is one",
        """
        `not_same_person_as` keeps out whoever did the other step last. Both steps are
        of one role, and the role has one person in every month, so an order that comes
        by both gets stuck. Two people are always enough, however many steps are kept
        apart: each step keeps out one.
        """,
        """
        roles:
          billing: {department: finance, people: 1}
        steps:
          refund: {role: billing, next: approve}
          approve: {role: billing, not_same_person_as: refund, next: done}
        """,
        """
        roles:
          billing: {department: finance, people: 2}
        steps:
          refund: {role: billing, next: approve}
          approve: {role: billing, not_same_person_as: refund, next: done}
        """,
    ),
    Code(
        "F704",
        "two people needed where there is one in some months",
        """
        `not_same_person_as` keeps out whoever did the other step last, and in these
        months the role of both steps has one person.
        """,
        """
        roles:
          billing: {department: finance, people: 3, season: {jul: 1}}
        steps:
          refund: {role: billing, next: approve}
          approve: {role: billing, not_same_person_as: refund, next: done}
        """,
        """
        roles:
          billing: {department: finance, people: 3, season: {jul: 2}}
        steps:
          refund: {role: billing, next: approve}
          approve: {role: billing, not_same_person_as: refund, next: done}
        """,
        Severity.WARNING,
    ),
    Code(
        "F705",
        "a separation of duties that never counts",
        """
        `not_same_person_as` names a step that no order has passed when it comes here,
        on whatever way: it keeps nobody out.
        """,
        """
        refund: {role: billing, not_same_person_as: approve, next: approve}
        approve: {role: billing, next: done}
        """,
        """
        refund: {role: billing, next: approve}
        approve: {role: billing, not_same_person_as: refund, next: done}
        """,
        Severity.WARNING,
    ),
)
