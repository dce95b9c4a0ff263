"""What each key of a process is called where a change of it is told."""

from flowengine.locale import translator


def key_text(key: str, lang: str) -> str:
    """The name of a key for people; its own where there is none."""
    return (_step_keys(lang) | _work_keys(lang) | _head_keys(lang)).get(key, key)


def _step_keys(lang: str) -> dict[str, str]:
    """Where a step leads, and what makes it go there."""
    _ = translator(lang)
    return {
        "kind": _("kind of step"),
        "title": _("title"),
        "about": _("description"),
        "department": _("department"),
        "skip_when": _("skipped if"),
        "skip_as": _("skipped as"),
        "join": _("waits for arrows"),
        "next": _("leads to"),
        "choose": _("branch"),
        "choose_all": _("branch"),
        "choose_order": _("order of branches"),
        "choose_all_order": _("order of branches"),
        "outcomes": _("outcome"),
        "messages": _("message"),
        "wait_for": _("waits"),
        "wait_until": _("waits until"),
        "timeout": _("timeout"),
        "end": _("end"),
    }


def _work_keys(lang: str) -> dict[str, str]:
    """What happens at a step."""
    _ = translator(lang)
    return {
        "role": _("role"),
        "work": _("work"),
        "sla": "SLA",
        "asks": _("asks"),
        "public_status": _("public status"),
        "do": _("automation"),
        "call": _("call"),
        "gate": _("gate"),
        "each": _("once for each"),
        "batch": _("batch"),
        "stock": _("goods"),
        "cost": _("cost"),
        "scan": _("scans"),
        "escalate": _("escalation"),
        "sets": _("sets"),
        "undo": _("undone by"),
        "not_same_person_as": _("not the same person as"),
        "epcis": "EPCIS",
    }


def _head_keys(lang: str) -> dict[str, str]:
    """The head, and what stands under names of its own."""
    _ = translator(lang)
    return {
        "name": _("name"),
        "subject": _("what moves through it"),
        "number": _("number"),
        "start": _("start"),
        "calendar": _("calendar"),
        "promise": _("promise"),
        "priority": _("priority"),
        "currency": _("currency"),
        "on_cancel": _("on cancel"),
        "lateness": _("cost of lateness"),
        "people": _("people"),
        "external": _("external"),
        "seasons": _("people by month"),
        "days": _("days"),
        "hours": _("hours"),
        "holidays": _("holidays"),
        "zone": _("time zone"),
        "transferred_days": _("transferred days"),
        "fields": _("field"),
        "match": _("matched by"),
        "measure": _("rule"),
    }
