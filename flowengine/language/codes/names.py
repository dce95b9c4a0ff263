"""F2xx: names that lead nowhere, or that nothing leads to."""

from flowengine.language.codes.code import Code
from flowengine.language.problems import Severity

NAME_CODES = (
    Code(
        "F201",
        "an unknown field",
        """
        The record has no such field. Fields stand under `data`; the help names the
        one that was probably meant.
        """,
        "when: order.contry == LV",
        "when: order.country == LV",
    ),
    Code(
        "F202",
        "an unknown step",
        """
        An arrow leads to a step that is not under `steps`.
        """,
        "pick: {role: picker, next: pak}\npack: {role: packer, next: done}",
        "pick: {role: picker, next: pack}\npack: {role: packer, next: done}",
    ),
    Code(
        "F203",
        "an unknown role",
        "A step names a role that is not under `roles`.",
        "roles:\n  picker: {department: warehouse}\nsteps:\n"
        "  pick: {role: piker, next: done}",
        "roles:\n  picker: {department: warehouse}\nsteps:\n"
        "  pick: {role: picker, next: done}",
    ),
    Code(
        "F204",
        "an unknown department",
        "A role or a step names a department that is not under `departments`.",
        "departments: {sales: {title: Sales}}\nroles:\n  clerk: {department: sale}",
        "departments: {sales: {title: Sales}}\nroles:\n  clerk: {department: sales}",
    ),
    Code(
        "F205",
        "an unknown calendar",
        "A role, a time or the head names a calendar that is not under `calendars`.",
        "promise: within 2 business days of ofice",
        "promise: within 2 business days of office",
    ),
    Code(
        "F206",
        "a message that is almost one of those declared",
        """
        A step waits for a message without an entry under `messages`. That is allowed:
        it finds its order by the head's `number` and sets no field. But an entry with
        a name very near to it is used by nothing.
        """,
        "wait: {payment-recieved: pick}",
        "wait: {payment-received: pick}",
        Severity.WARNING,
    ),
    Code(
        "F207",
        "an unknown record or type",
        "There is no record or type of that name under `data`.",
        "data:\n  order: {number: text, lines: list of lien}\n  line: {sku: text}",
        "data:\n  order: {number: text, lines: list of line}\n  line: {sku: text}",
    ),
    Code(
        "F208",
        "a field that does not fit its place",
        """
        A field is written from the start of the order (`order.total`, not `total`).
        `number` is text or integer and always there, and nothing sets it; a process
        sets no personal field; `per` counts a list; what has no fields inside has
        nothing behind a further dot.
        """,
        "asks: [credit]",
        "asks: [order.credit]",
    ),
    Code(
        "F209",
        "defined but never used",
        """
        Nothing names this role, department, calendar or message. Often the place that
        should has another name.
        """,
        "roles:\n  picker: {department: warehouse}\n  packer: {department: warehouse}\n"
        "steps:\n  pick: {role: picker, next: done}",
        "roles:\n  picker: {department: warehouse}\n"
        "steps:\n  pick: {role: picker, next: done}",
        Severity.WARNING,
    ),
    Code(
        "F210",
        "no step to begin with",
        """
        An order begins at the one step that no arrow leads to. Here an arrow leads to
        every step, so the head must say it.
        """,
        "steps:\n  enter: {role: clerk, next: check}\n"
        "  check: {role: lead, outcomes: {ok: done, bad: enter}}\n"
        "  done: {end: success}",
        "start: enter\nsteps:\n  enter: {role: clerk, next: check}\n"
        "  check: {role: lead, outcomes: {ok: done, bad: enter}}\n"
        "  done: {end: success}",
    ),
    Code(
        "F211",
        "a record that contains itself",
        "Its values would have no end. Name the other one by its number instead.",
        "parcel: {weight: weight, inside: list of parcel}",
        "parcel: {weight: weight, inside: list of text}",
    ),
    Code(
        "F212",
        "skipped as an outcome that is not there",
        "`skip_as` names one of the step's own outcomes.",
        "skip_when: order.total < 50 EUR\nskip_as: good\noutcomes: {ok: pack}",
        "skip_when: order.total < 50 EUR\nskip_as: ok\noutcomes: {ok: pack}",
    ),
    Code(
        "F213",
        "nobody to tell",
        """
        `notify` names a role or a department; an automation may also name a field that
        holds an address.
        """,
        "roles:\n  lead: {department: warehouse}\nsteps:\n"
        "  tell: {do: notify leed, next: done}",
        "roles:\n  lead: {department: warehouse}\nsteps:\n"
        "  tell: {do: notify lead, next: done}",
    ),
    Code(
        "F214",
        "another person than whom",
        """
        `not_same_person_as` names another step that people do. What a person did last
        there, the same person may not do here.
        """,
        "approve: {role: lead, not_same_person_as: approve, next: pay}",
        "approve: {role: lead, not_same_person_as: enter, next: pay}",
    ),
)
