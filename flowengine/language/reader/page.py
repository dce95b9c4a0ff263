"""The file being read, and what is wrong in it so far."""

from collections.abc import Collection
from dataclasses import dataclass, field

from flowengine.language.near import near_name
from flowengine.language.nodes import Node
from flowengine.language.position import Position
from flowengine.language.problems import Problem, Severity, problem_at

#: What helps where something stands twice in a list.
ONCE = "Take one of them out."


#: After so many problems reading stops: the first ones have to be mended anyway.
MOST_PROBLEMS = 100


class TooManyProblems(Exception):  # noqa: N818 -- it says what the page has
    """The page is full; stays inside the reader."""


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
        if len(self.problems) >= MOST_PROBLEMS:
            message = f"there are more than {MOST_PROBLEMS} problems"
            help_text = "Mend the first ones; what comes after them is not told yet."
            self.problems.append(
                problem_at(self.path, place, "F117", message, help_text)
            )
            raise TooManyProblems
        self.problems.append(
            problem_at(self.path, place, code, message, help_text, severity)
        )


def near_miss(name: str, known: Collection[str], likeness: float = 0.6) -> str | None:
    """The known name that was probably meant; a `likeness` of 1 is the same name."""
    return near_name(name, known, likeness)


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
