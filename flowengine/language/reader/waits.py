"""What stands under `wait`: messages, a length of time, or a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flowengine.language.nodes import MapNode, TextNode
from flowengine.language.process import Arrow, TimeSpan
from flowengine.language.reader.arrows import read_messages
from flowengine.language.reader.conditions import TIME, read_rule
from flowengine.language.reader.fields import Fields, shortened
from flowengine.language.reader.names import Names
from flowengine.language.reader.times import looks_like_span, read_span
from flowengine.language.reader.values import LABEL, read_text
from flowengine.language.rules import Rule
from flowengine.language.source import LONGEST_VALUE

_UNTIL = "until "
_WHAT = "messages, a time such as `2h`, or `until order.promised_at`"


@dataclass(frozen=True, slots=True)
class Wait:
    """One of the three; nothing where there is no `wait` or it is wrong."""

    messages: Mapping[str, Arrow] = field(default_factory=dict)
    span: TimeSpan | None = None
    until: Rule | None = None


def read_wait(fields: Fields, names: Names) -> Wait:
    """What a step waits for."""
    page, node = fields.page, fields.get("wait")
    if isinstance(node, MapNode):
        return Wait(read_messages(page, names, node, fields.owner))
    text = read_text(page, node, _WHAT, LONGEST_VALUE)
    if text is None or not isinstance(node, TextNode):
        return Wait()
    if text.startswith(_UNTIL):
        return Wait(until=read_rule(page, names, node, _WHAT, TIME, after=_UNTIL))
    if looks_like_span(text):
        return Wait(span=read_span(page, names, node, "a time such as `2h`"))
    help_text = "Write a time with its unit (`2h`), or `until` and a rule."
    if LABEL.fullmatch(text):
        help_text = f"Write a message as `wait: {{{shortened(text)}: the-next-step}}`."
    message = f"expected {_WHAT}, but found `{shortened(text)}`"
    page.error(node, "F123", message, help_text)
    return Wait()
