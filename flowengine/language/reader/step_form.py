"""Which keys go together in one step."""

from flowengine.language.nodes import MapNode
from flowengine.language.reader.fields import Fields
from flowengine.language.reader.page import listed

#: What a step can be; none of them is a decision, a split or a join alone.
KIND_KEYS = ("role", "wait", "end")
#: Ways a step can lead on.
WAY_KEYS = ("next", "choose", "outcomes")
STEP_KEYS = (
    *KIND_KEYS,
    *WAY_KEYS,
    "work",
    "sla",
    "asks",
    "timeout",
    "skip_when",
    "skip_as",
    "join",
    "department",
    "title",
    "about",
    "public_status",
)
#: Keys of the language that this version does not run.
STEP_KEYS_LATER = (
    "do",
    "call",
    "gives",
    "takes",
    "gate",
    "each",
    "batch",
    "stock",
    "cost",
    "scan",
    "escalate",
    "set",
    "undo",
    "choose_all",
    "not_same_person_as",
    "epcis",
)

_TASK_ONLY = ("work", "asks", "outcomes", "skip_when", "skip_as")
_TIMED_ONLY = ("sla", "timeout")


def check_form(fields: Fields, *, is_complete: bool) -> None:
    """Tell of keys that do not go together.

    A step that is not `is_complete` uses keys of a later version, so what it is and
    where it leads cannot be judged.
    """
    kinds = [key for key in KIND_KEYS if key in fields]
    if len(kinds) > 1:
        fields.page.error(
            fields.key(kinds[1]),
            "F131",
            f"{fields.owner} has {listed(kinds)}, but a step is one thing",
            "Make two steps of it, with `next` from one to the other.",
        )
    elif is_complete:
        _check_ways(fields)
        _check_additions(fields, kinds[0] if kinds else None)
    _check_skip(fields)


def _check_ways(fields: Fields) -> None:
    ways = [key for key in WAY_KEYS if key in fields]
    if len(ways) > 1:
        fields.page.error(
            fields.key(ways[1]),
            "F133",
            f"{fields.owner} has {listed(ways)}, so where it leads is not clear",
            "Keep one; a decision after an outcome is a step of its own.",
        )
    elif "end" in fields:
        help_text = "An end leads nowhere: take it out, or take `end` out."
        fields.refuse(WAY_KEYS, "F134", "does not go with `end`", help_text)
    elif isinstance(fields.get("wait"), MapNode):
        help_text = "Each message says where it leads: `wait: {delivered: next-step}`."
        fields.refuse(
            WAY_KEYS, "F134", "does not go with a wait for messages", help_text
        )
    elif "wait" in fields and ways and ways != ["next"]:
        help_text = "Use `next`, and make the decision a step of its own."
        fields.refuse(ways, "F134", "does not go with `wait`", help_text)
    elif not ways:
        fields.page.error(
            fields.at,
            "F132",
            f"{fields.owner} leads nowhere",
            "Add `next: some-step`, or make it an end with `end: success`.",
        )


def _check_additions(fields: Fields, kind: str | None) -> None:
    if kind != "role":
        help_text = "It belongs to a task: a step with `role`."
        keys = [key for key in _TASK_ONLY if kind is None or key != "outcomes"]
        fields.refuse(
            keys, "F134", f"is in {fields.owner}, which has no role", help_text
        )
    if kind not in ("role", "wait"):
        help_text = "It belongs to a step with `role` or `wait`, where time passes."
        fields.refuse(
            _TIMED_ONLY, "F134", f"is in {fields.owner}, which takes no time", help_text
        )


def _check_skip(fields: Fields) -> None:
    if "skip_when" in fields and "outcomes" in fields and "skip_as" not in fields:
        fields.page.error(
            fields.key("skip_when"),
            "F137",
            f"{fields.owner} can be skipped, but does not say as which outcome",
            "Add `skip_as:` with one of its outcomes.",
        )
    if "skip_as" in fields and not ("skip_when" in fields and "outcomes" in fields):
        help_text = "It names the outcome of a step with `outcomes` that is skipped."
        why = "needs `skip_when` and `outcomes`"
        fields.refuse(("skip_as",), "F137", why, help_text)
