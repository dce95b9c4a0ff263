"""The name that was probably meant, found in a time that no file can make long."""

from collections.abc import Collection
from difflib import get_close_matches

#: Longer names are not compared, and of more names only those that begin alike.
_LONGEST = 60
_MOST = 200


def near_name(name: str, known: Collection[str], likeness: float) -> str | None:
    """The known name most like `name`, whatever its capitals, or None.

    A `likeness` of 1 is the same name, 0 is any.
    """
    wanted = name.strip().lower()
    if not 0 < len(wanted) <= _LONGEST:
        return None
    lowered = {word.lower(): word for word in known if len(word) <= _LONGEST}
    words = list(lowered)
    if len(words) > _MOST:
        words = [word for word in words if word[:2] == wanted[:2]][:_MOST]
    found = get_close_matches(wanted, words, 1, likeness)
    return lowered[found[0]] if found else None
