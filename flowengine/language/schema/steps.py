"""The schema of a step and of its arrows."""

from flowengine.language.schema.part import (
    ID,
    LABEL,
    STEP_NAME,
    TEXT,
    Part,
    group,
    key,
    named,
    one_or_list,
    reference,
)

_NEXT = key(
    "Where the order goes: a step, or a list of steps that all start at once. "
    "`cancel` cancels the order.",
    "pack",
    reference("targets"),
)
_AT_MOST = key(
    "How often an order may take this way in its life. Needs `then`.",
    2,
    {"type": "integer", "minimum": 1},
)
_THEN = key(
    "Where the order goes once `at_most` is used up.",
    "call-customer",
    STEP_NAME,
)
_BOUND: dict[str, Part] = {"at_most": _AT_MOST, "then": _THEN}


def arrow_parts() -> dict[str, Part]:
    """Definitions of where steps lead."""
    return {
        "targets": one_or_list(STEP_NAME),
        "arrow": {
            "anyOf": [
                reference("targets"),
                group({"next": _NEXT, **_BOUND}, "next"),
            ]
        },
        "branch": {
            "anyOf": [
                group({"when": _when(), "next": _NEXT, **_BOUND}, "when", "next"),
                group({"else": _else(), **_BOUND}, "else"),
            ]
        },
    }


def step_part() -> Part:
    """The schema of one step."""
    return group({**_kind_keys(), **_way_keys(), **_task_keys(), **_other_keys()})


def _when() -> Part:
    return key(
        "The rule of this branch. Branches are tried from the top; the first that "
        "holds is taken.",
        "order.total > 500 EUR",
        TEXT,
    )


def _else() -> Part:
    return key(
        "The last branch: where the order goes when no other holds.",
        "pick",
        reference("targets"),
    )


def _kind_keys() -> dict[str, Part]:
    return {
        "role": key(
            "Makes the step a task for people of this role. A step has one of `role`, "
            "`wait` and `end`; without any it decides or splits.",
            "picker",
            STEP_NAME,
        ),
        "wait": key(
            "Makes the step a wait: for messages, each with where it leads; for a "
            "time (`2h`); or `until` a rule that gives a time.",
            {"payment-received": "pick"},
            {"anyOf": [named(LABEL, reference("arrow")), TEXT]},
        ),
        "end": key(
            "Makes the step an end: `success`, `failure`, or a name of its own.",
            "success",
            {"type": "string", "pattern": LABEL},
        ),
    }


def _way_keys() -> dict[str, Part]:
    return {
        "next": {**_NEXT, **reference("arrow")},
        "choose": key(
            "Branches with rules; the first that holds is taken, the last is `else`.",
            [{"when": "order.total > 500 EUR", "next": "check"}, {"else": "pick"}],
            {"type": "array", "items": reference("branch"), "minItems": 1},
        ),
        "outcomes": key(
            "What people may report when the task is done, and where each leads.",
            {"ok": "pack", "short": "count-again"},
            named(LABEL, reference("arrow")),
        ),
        "timeout": key(
            "How long the step may take, and where the order goes then; the task is "
            "withdrawn. Elapsed time, unless it says business days.",
            {"after": "3 days", "next": "remind"},
            group(
                {
                    "after": key("The time.", "3 business days", TEXT),
                    "next": _NEXT,
                    **_BOUND,
                },
                "after",
                "next",
            ),
        ),
    }


def _task_keys() -> dict[str, Part]:
    return {
        "work": key(
            "How long hands need: one time, or shortest to longest with the most "
            "frequent; `per` counts it for each element of a list.",
            "30s to 3m mostly 70s per order.lines",
            TEXT,
        ),
        "sla": key(
            "How long the step should take at most, waiting included, in the working "
            "time of its role.",
            "4h",
            TEXT,
        ),
        "asks": key(
            "Fields that whoever completes the task must fill in.",
            ["order.credit"],
            one_or_list(TEXT),
        ),
        "skip_when": key(
            "The rule under which nobody needs to do this task.",
            "order.total <= 500 EUR",
            TEXT,
        ),
        "skip_as": key(
            "The outcome that a skipped task counts as. Needed beside `outcomes`.",
            "ok",
            {"type": "string", "pattern": LABEL},
        ),
    }


def _other_keys() -> dict[str, Part]:
    return {
        "join": key(
            "`all`: the step waits for every arrow that leads to it.",
            "all",
            {"const": "all"},
        ),
        "department": key(
            "The department, where the role does not say it or there is no role. "
            "Without it, that of the nearest step before.",
            "transport",
            {"type": "string", "pattern": ID},
        ),
        "title": key(
            "What people read instead of the id.",
            {"en": "Check credit", "lv": "Pārbaudīt kredītu"},
            reference("title"),
        ),
        "about": key("What is done here.", "Weigh each box.", TEXT),
        "public_status": key(
            "What customers are told from this step on.",
            "handed_over",
            {"type": "string", "pattern": LABEL},
        ),
    }
