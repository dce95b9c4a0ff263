"""Every code of a problem, explained: what `flowengine explain F106` prints.

    F1xx  the text and its keys       (text, keys)
    F2xx  names                       (names, calls)
    F3xx  rules                       (rules)
    F4xx  the flow of an order        (flow)
    F5xx  stock                       (stock)
    F6xx  time and money              (time)
    F7xx  duties                      (duties)

`docs/reference/problems.md` is `reference_page()`, written by
`python -m flowengine.language.codes`.
"""

from difflib import get_close_matches

from flowengine.errors import NotFound
from flowengine.language.codes.calls import CALL_CODES
from flowengine.language.codes.code import Code
from flowengine.language.codes.duties import DUTY_CODES
from flowengine.language.codes.flow import FLOW_CODES
from flowengine.language.codes.keys import KEY_CODES
from flowengine.language.codes.names import NAME_CODES
from flowengine.language.codes.rules import RULE_CODES
from flowengine.language.codes.stock import STOCK_CODES
from flowengine.language.codes.text import TEXT_CODES
from flowengine.language.codes.time import TIME_CODES

__all__ = ["CODES", "Code", "explain", "reference_page"]

_GROUPS = (
    ("F1xx: the text and its keys", (*TEXT_CODES, *KEY_CODES)),
    ("F2xx: names", (*NAME_CODES, *CALL_CODES)),
    ("F3xx: rules", RULE_CODES),
    ("F4xx: the flow of an order", FLOW_CODES),
    ("F5xx: stock", STOCK_CODES),
    ("F6xx: time and money", TIME_CODES),
    ("F7xx: duties", DUTY_CODES),
)

#: Every code by its name.
CODES = {code.code: code for _, codes in _GROUPS for code in codes}


def explain(code: str) -> str:
    """A code at length, with an example of wrong and of right, for a terminal.

    Raises:
        NotFound: There is no such code.
    """
    found = CODES.get(code.strip().upper())
    if found is None:
        near = get_close_matches(code.strip().upper(), CODES, 3, 0.5)
        shown = f"; there are {', '.join(sorted(near))}" if near else ""
        raise NotFound(f"Expected the code of a problem, but got '{code}'{shown}.")
    return found.text()


def reference_page() -> str:
    """All codes as one page of Markdown."""
    parts = [
        "# Problems",
        "What `flowengine process check` can say about a process file, by code. "
        "`flowengine explain CODE` prints one of them.",
    ]
    for title, codes in _GROUPS:
        parts.append(f"## {title}")
        parts += [code.markdown() for code in codes]
    return "\n\n".join(parts) + "\n"
