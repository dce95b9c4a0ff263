"""What a step tells others: customers, other companies' systems, and its scanner."""

from flowengine.language.nodes import Node
from flowengine.language.reader.fields import shortened
from flowengine.language.reader.page import ONCE, Page, did_you_mean, listed
from flowengine.language.reader.values import read_items, read_label, read_text

#: What customers may be told.
PUBLIC_STATUSES = (
    "confirmed",
    "preparing",
    "packed",
    "handed_over",
    "in_transit",
    "delayed",
    "out_for_delivery",
    "ready_for_pickup",
    "attempt_failed",
    "delivered",
    "returning",
    "returned",
    "on_hold",
    "cancelled",
)
#: The business steps of GS1's Core Business Vocabulary 2.0.
BUSINESS_STEPS = (
    "accepting",
    "arriving",
    "assembling",
    "collecting",
    "commissioning",
    "consigning",
    "creating_class_instance",
    "cycle_counting",
    "decommissioning",
    "departing",
    "destroying",
    "disassembling",
    "dispensing",
    "encoding",
    "entering_exiting",
    "holding",
    "inspecting",
    "installing",
    "killing",
    "loading",
    "other",
    "packing",
    "picking",
    "receiving",
    "removing",
    "repackaging",
    "repairing",
    "replacing",
    "reserving",
    "retail_selling",
    "sampling",
    "sensor_reporting",
    "shipping",
    "staging_outbound",
    "stock_taking",
    "stocking",
    "storing",
    "transporting",
    "unloading",
    "unpacking",
    "void_shipping",
)


def read_public_status(page: Page, node: Node | None) -> str | None:
    """What customers are told from this step on."""
    help_text = f"There are {listed(PUBLIC_STATUSES)}."
    what = "a status such as `handed_over`"
    return _read_known(page, node, what, "public status", PUBLIC_STATUSES, help_text)


def read_business_step(page: Page, node: Node | None) -> str | None:
    """What EPCIS events of this step say."""
    help_text = "Use one of CBV 2.0, such as `picking`, `packing` or `shipping`."
    what = "a business step such as `shipping`"
    return _read_known(page, node, what, "business step", BUSINESS_STEPS, help_text)


def read_scan(page: Page, node: Node | None) -> tuple[str, ...]:
    """What a scanner reads, in this order."""
    found: list[str] = []
    for item in read_items(node):
        name = read_label(page, item, "the name of what is scanned")
        if name in found:
            page.error(item, "F123", f"`{name}` stands twice in this list", ONCE)
        elif name:
            found.append(name)
    return tuple(found)


def _read_known(
    page: Page,
    node: Node | None,
    what: str,
    kind: str,
    known: tuple[str, ...],
    help_text: str,
) -> str | None:
    text = read_text(page, node, what)
    if text is None or node is None or text in known:
        return text
    message = f"there is no {kind} `{shortened(text)}`"
    page.error(node, "F147", message, did_you_mean(text, known, help_text))
    return None
