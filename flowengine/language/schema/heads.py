"""The schema of everything beside the steps."""

from flowengine.language.schema.part import (
    ID,
    LABEL,
    STEP_NAME,
    TEXT,
    VALUE,
    WORD,
    Part,
    group,
    key,
    named,
    one_or_list,
    reference,
)


def title_part() -> Part:
    """A text in one language or in both."""
    return {
        "anyOf": [
            TEXT,
            group(
                {
                    "en": key("In English.", "Sales", TEXT),
                    "lv": key("In Latvian.", "Pārdošana", TEXT),
                }
            ),
        ]
    }


def identity_keys() -> dict[str, Part]:
    """What the process is called, and what moves through it."""
    return {
        "process": key("The id of the process.", "order-to-delivery", STEP_NAME),
        "version": key(
            "Its version. One that orders have used is never changed: write the next.",
            1,
            {"type": "integer", "minimum": 1},
        ),
        "title": key(
            "What people read instead of the id.",
            {"en": "Order to delivery", "lv": "No pasūtījuma līdz piegādei"},
            reference("title"),
        ),
        "about": key("What the process is for, in a sentence.", "One order.", TEXT),
        "for": key(
            "The record of `data` that moves through the process.",
            "order",
            {"type": "string", "pattern": WORD},
        ),
        "number": key(
            "The field by which people call one of them.", "order.number", TEXT
        ),
        "start": key(
            "The first step. Needed only where an arrow leads to every step.",
            "enter",
            STEP_NAME,
        ),
    }


def rule_keys() -> dict[str, Part]:
    """Promise, priority, money and reports."""
    return {
        "calendar": key(
            "The calendar where a step has no role with one.", "office", STEP_NAME
        ),
        "promise": key(
            "When the order should be done: a rule that gives a time, or a time from "
            "its opening.",
            "within 2 business days of office",
            TEXT,
        ),
        "priority": key(
            "A rule that gives a whole number; higher goes first.",
            "order.priority",
            VALUE,
        ),
        "currency": key(
            "The currency of all money that names no other. EUR without it.",
            "EUR",
            {"type": "string", "pattern": "^[A-Z]{3}$"},
        ),
        "measure": key(
            "Columns by which reports can be split, each with its rule.",
            {"service": "order.service"},
            named(LABEL, VALUE),
        ),
        "messages": key(
            "Messages from outside: the field that finds their order, and the fields "
            "they may set. One without an entry is matched by `number` and sets none.",
            {"payment-received": {"match": "order.number", "sets": ["order.credit"]}},
            named(LABEL, _message()),
        ),
        "on_cancel": key(
            "What cancelling an order does: until which step it is allowed, and where "
            "the order goes then.",
            {"until": "dispatch", "next": "put-back"},
            group(
                {
                    "until": key(
                        "Once this step has begun, cancelling is refused.",
                        "dispatch",
                        STEP_NAME,
                    ),
                    "next": key(
                        "Where the order goes.", "put-back", reference("arrow")
                    ),
                },
                "next",
            ),
        ),
    }


def company_keys() -> dict[str, Part]:
    """Data, calendars, departments and roles."""
    return {
        "data": key(
            "Records and the types of their fields: text, integer, number, yes/no, "
            "money, weight, length, volume, country, date, time, duration, "
            "`one of [a, b]`, `list of X`, a record; `optional` and `personal` before.",
            {"order": {"number": "text", "total": "money"}},
            named(WORD, named(WORD, TEXT)),
        ),
        "calendars": key(
            "Working times.",
            {"office": {"days": "mon-fri", "hours": "09:00-18:00", "zone": "UTC"}},
            named(ID, _calendar()),
        ),
        "departments": key(
            "Departments: the lanes of the diagram.",
            {"sales": {"title": {"en": "Sales", "lv": "Pārdošana"}}},
            named(ID, _department()),
        ),
        "roles": key(
            "Roles: people who can do the same tasks.",
            {"clerk": {"department": "sales", "people": 3, "calendar": "office"}},
            named(ID, _role()),
        ),
    }


def _message() -> Part:
    return group(
        {
            "match": key(
                "The field whose value finds the order.", "order.number", TEXT
            ),
            "sets": key(
                "The fields the message may set.", ["order.credit"], one_or_list(TEXT)
            ),
        }
    )


def _calendar() -> Part:
    return group(
        {
            "days": key("The days worked.", "mon-fri", one_or_list(TEXT)),
            "hours": key(
                "The hours worked; a list for several spans.",
                "09:00-18:00",
                one_or_list(TEXT),
            ),
            "zone": key("The time zone.", "Europe/Riga", TEXT),
            "holidays": key(
                "The country whose public holidays are free.",
                "LV",
                {"type": "string", "pattern": "^[A-Z]{2}$"},
            ),
            "transferred_days": key(
                "Whether days that the state moves are moved here too.",
                "no",
                {"enum": ["yes", "no", True, False]},
            ),
        },
        "days",
        "hours",
        "zone",
    )


def _department() -> Part:
    keys = {
        "title": key("What people read.", "Sales", reference("title")),
        "about": key("What it does.", "Takes orders.", TEXT),
    }
    return {"anyOf": [group(keys), {"type": "null"}]}


def _role() -> Part:
    return group(
        {
            "department": key("Where these people belong.", "sales", STEP_NAME),
            "people": key(
                "How many they are; 1 without it.",
                3,
                {"type": "integer", "minimum": 0},
            ),
            "calendar": key(
                "When they work; the head's calendar without it.", "office", STEP_NAME
            ),
            "cost": key("What an hour costs.", "15.10 EUR/h", TEXT),
            "title": key("What people read.", "Clerk", reference("title")),
            "about": key("What they do.", "Enters orders.", TEXT),
        },
        "department",
    )
