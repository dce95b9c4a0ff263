"""How long to wait before the next attempt."""

from hashlib import sha256

from flowengine.quantities import MINUTE, SECOND, Duration

FIRST = SECOND
LONGEST = Duration(10 * MINUTE)
#: Beyond it every pause is the longest; 2 to the power of more is needless.
_MOST_DOUBLINGS = 40


def pause_after(
    attempts: int, key: str, first: Duration = FIRST, longest: Duration = LONGEST
) -> Duration:
    """The pause after so many attempts: it doubles, up to the longest.

    What failed together does not come back together: by its key, each waits up to a
    quarter more or less, the same every time.
    """
    doubled = min(longest, first << min(attempts - 1, _MOST_DOUBLINGS))
    digest = sha256(f"{key} {attempts}".encode()).digest()
    share = int.from_bytes(digest[:4]) / 2**32
    return Duration(int(doubled * (0.75 + share / 2)))
