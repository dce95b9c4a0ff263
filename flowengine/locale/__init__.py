"""What people read, in English and Latvian.

- `translator(lang)` gives the function that translates a text; the text in the code
  is the English one. `counted_text` chooses the plural.
- `duration_text`, `number_text`, `share_text` write amounts, never with more than two
  units, rounded and never cut off: `12.6 h`, `2.4 d`, Latvian `12,6 h`.
- `instant_text` and `date_text` write moments in a time zone.

Machine output (JSON, ids, DOT) stays English and uses none of this.

Translations live in `lv/LC_MESSAGES/flowengine.po`. After a change,
`pybabel compile --domain flowengine --directory flowengine/locale` builds the `.mo`
beside it; both are committed, and a test says that they agree.
"""

from flowengine.locale.amounts import duration_text, number_text, range_text, share_text
from flowengine.locale.moments import date_text, instant_text
from flowengine.locale.translation import LANGUAGES, counted_text, translator

__all__ = [
    "LANGUAGES",
    "counted_text",
    "date_text",
    "duration_text",
    "instant_text",
    "number_text",
    "range_text",
    "share_text",
    "translator",
]
