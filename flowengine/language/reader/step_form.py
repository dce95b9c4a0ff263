"""Which keys go together in one step."""

from flowengine.language.nodes import MapNode, Node, TextNode
from flowengine.language.reader.automations import VERBS
from flowengine.language.reader.fields import Fields
from flowengine.language.reader.page import listed

#: What a step can be; none of them is a decision, a split or a join alone.
KIND_KEYS = ("role", "do", "wait", "call", "gate", "end")
#: Ways a step can lead on.
WAY_KEYS = ("next", "choose", "choose_all", "outcomes")
STEP_KEYS = (
    *KIND_KEYS,
    *WAY_KEYS,
    "gives",
    "takes",
    "each",
    "batch",
    "work",
    "sla",
    "escalate",
    "asks",
    "set",
    "stock",
    "undo",
    "cost",
    "scan",
    "timeout",
    "skip_when",
    "skip_as",
    "not_same_person_as",
    "join",
    "department",
    "title",
    "about",
    "public_status",
    "epcis",
)


def check_form(fields: Fields) -> None:
    """Tell of keys that do not go together."""
    kinds = [key for key in KIND_KEYS if key in fields]
    if len(kinds) > 1:
        fields.page.error(
            fields.key(kinds[1]),
            "F131",
            f"{fields.owner} has {listed(kinds)}, but a step is one thing",
            "Make two steps of it, with `next` from one to the other.",
        )
        return
    kind = kinds[0] if kinds else None
    _check_ways(fields, kind)
    _check_additions(fields, kind)
    _check_pairs(fields)


#: Keys, the kinds of step they belong to (None has no kind), and what is told.
_BELONGS = (
    (
        (
            "work",
            "skip_when",
            "skip_as",
            "scan",
            "batch",
            "not_same_person_as",
        ),
        ("role",),
        "has no role",
        "It belongs to a task: a step with `role`.",
    ),
    (
        ("asks",),
        ("role", "do"),
        "answers nothing",
        "It belongs to a task or to an automation such as `do: python NAME`.",
    ),
    (
        ("sla", "timeout"),
        ("role", "wait", "call", "gate"),
        "takes no time",
        "It belongs to a step with `role`, `wait`, `call` or `gate`, where time "
        "passes.",
    ),
    (
        ("each",),
        ("role", "call"),
        "is neither a task nor a call",
        "It belongs to a step with `role` or `call`, which is done for each element.",
    ),
    (
        ("gives", "takes"),
        ("call",),
        "calls no process",
        "It belongs to a step with `call`.",
    ),
    (
        ("stock",),
        ("role", "wait", None),
        "does nothing with goods itself",
        "It belongs to a task, a wait or a decision; an automation is "
        "`do: stock.pick order.lines`.",
    ),
    (
        ("set", "cost"),
        ("role", "do", "wait", "call", "gate", None),
        "is an end",
        "It belongs to the step before the end.",
    ),
)


def _check_additions(fields: Fields, kind: str | None) -> None:
    for keys, kinds, lacking, help_text in _BELONGS:
        if kind not in kinds:
            why = f"is in {fields.owner}, which {lacking}"
            fields.refuse(keys, "F134", why, help_text)
    do = fields.get("do")
    if isinstance(do, TextNode) and do.value.startswith(("stock.", "notify ")):
        help_text = "Nobody answers there: ask in a task, or of `python` or `http`."
        why = f"is in {fields.owner}, which asks nobody"
        fields.refuse(("asks",), "F134", why, help_text)


def _check_ways(fields: Fields, kind: str | None) -> None:
    ways = [key for key in WAY_KEYS if key in fields]
    if len(ways) > 1:
        fields.page.error(
            fields.key(ways[1]),
            "F133",
            f"{fields.owner} has {listed(ways)}, so where it leads is not clear",
            "Keep one; a decision after an outcome is a step of its own.",
        )
    elif kind == "end":
        help_text = "An end leads nowhere: take it out, or take `end` out."
        fields.refuse(WAY_KEYS, "F134", "does not go with `end`", help_text)
    elif isinstance(fields.get("wait"), MapNode):
        help_text = "Each message says where it leads: `wait: {delivered: next-step}`."
        fields.refuse(
            WAY_KEYS, "F134", "does not go with a wait for messages", help_text
        )
    elif kind == "wait" and ways and ways != ["next"]:
        help_text = "Use `next`, and make the decision a step of its own."
        fields.refuse(ways, "F134", "does not go with `wait`", help_text)
    elif not ways:
        fields.page.error(
            fields.at,
            "F132",
            f"{fields.owner} leads nowhere",
            "Add `next: some-step`, or make it an end with `end: success`.",
        )
    else:
        _check_outcomes(fields, kind)


def _check_outcomes(fields: Fields, kind: str | None) -> None:
    """Tell of `outcomes` where nothing reports one, or not those."""
    if kind in (None, "gate"):
        lacking = "has no role" if kind is None else "is a gate"
        why = f"is in {fields.owner}, which {lacking}"
        help_text = "It belongs to a step with `role`, `do` or `call`; use `choose`."
        fields.refuse(("outcomes",), "F134", why, help_text)
    elif "each" in fields:
        why = f"does not go with `each`: {fields.owner} ends in many ways at once"
        help_text = (
            "Ask for a field of the element with `asks`, and go on by `choose`."
            if kind == "role"
            else "Take a field of each result with `takes`, and go on by `choose`."
        )
        fields.refuse(("outcomes",), "F138", why, help_text)
    elif kind == "do":
        _check_answers(fields, fields["do"])


def _check_answers(fields: Fields, do: Node) -> None:
    """Tell of outcomes that an automation does not answer with."""
    name = do.value.split(maxsplit=1)[:1] if isinstance(do, TextNode) else []
    answered = _ANSWERS.get(name[0]) if name else None
    if answered is not None:
        node = fields.get("outcomes")
        entries = node.entries if isinstance(node, MapNode) else ()
        written = [key.value for key, _ in entries]
        if sorted(written) != sorted(answered):
            at = fields.key("outcomes" if "outcomes" in fields else "do")
            message = f"`{name[0]}` ends as {listed(answered)}, each of which leads on"
            help_text = "Write `outcomes: {all: …, some: …, none: …}`."
            fields.page.error(at, "F138", message, help_text)
    elif name and (name[0] == "notify" or name[0].removeprefix("stock.") in VERBS):
        why = f"is in {fields.owner}, but `{name[0]}` reports none"
        help_text = "Use `next` or `choose`."
        fields.refuse(("outcomes",), "F138", why, help_text)


#: The outcomes of automations that have no others.
_ANSWERS = {"stock.reserve": ("all", "some", "none")}


def _check_pairs(fields: Fields) -> None:
    """Tell of keys that need another one."""
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
    if "sla" not in fields:
        help_text = "Its shares are those of the SLA: add `sla: 4h`, say."
        fields.refuse(("escalate",), "F145", "needs `sla`", help_text)
    if "do" not in fields and "stock" not in fields:
        help_text = "It reverses what `do` or `stock` of the same step has booked."
        fields.refuse(("undo",), "F146", "needs `do` or `stock`", help_text)
