"""The file being read, and what is wrong in it so far."""

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

from flowengine.language.nodes import Node
from flowengine.language.position import Position
from flowengine.language.problems import Problem, Severity, problem_at

#: What helps where something stands twice in a list.
ONCE = "Take one of them out."


@dataclass(slots=True)
class Page:
    """One file under the reader's eyes; readers add problems and go on."""

    path: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    def error(
        self, at: Node | Position, code: str, message: str, help_text: str
    ) -> None:
        """Tell of something that keeps the process from running."""
        self._tell(at, code, message, help_text, Severity.ERROR)

    def warning(
        self, at: Node | Position, code: str, message: str, help_text: str
    ) -> None:
        """Tell of something that somebody should look at."""
        self._tell(at, code, message, help_text, Severity.WARNING)

    def _tell(
        self,
        at: Node | Position,
        code: str,
        message: str,
        help_text: str,
        severity: Severity,
    ) -> None:
        place = at if isinstance(at, Position) else at.at
        self.problems.append(
            problem_at(self.path, place, code, message, help_text, severity)
        )


def near_miss(name: str, known: Collection[str], likeness: float = 0.6) -> str | None:
    """The known name that was probably meant; a `likeness` of 1 is the same name."""
    found = get_close_matches(
        name.lower(), [word.lower() for word in known], 1, likeness
    )
    if not found:
        return None
    return next(word for word in known if word.lower() == found[0])


def did_you_mean(name: str, known: Collection[str], otherwise: str = "") -> str:
    """Help with a name that is not known: a near miss, else `otherwise`."""
    meant = near_miss(name, known)
    return f"did you mean `{meant}`?" if meant else otherwise


def listed(names: Collection[str]) -> str:
    """Names for people: `a`, `b` and `c`."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"
