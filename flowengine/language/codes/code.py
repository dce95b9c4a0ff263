"""One code of a problem: what it means, and how it looks wrong and right."""

from dataclasses import dataclass
from textwrap import dedent, fill, indent

from flowengine.language.problems import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A code with everything `flowengine explain` tells about it."""

    code: str
    title: str
    #: Why it is a problem and what to do, in paragraphs.
    explanation: str
    wrong: str
    right: str
    severity: Severity = Severity.ERROR

    def text(self) -> str:
        """The explanation for a terminal."""
        parts = (
            f"{self.severity}[{self.code}]: {self.title}",
            "\n\n".join(fill(part, 80) for part in self.paragraphs()),
            f"Wrong:\n{indent(self.wrong_example(), '    ')}",
            f"Right:\n{indent(self.right_example(), '    ')}",
        )
        return "\n\n".join(parts)

    def markdown(self) -> str:
        """The explanation as a section of the reference."""
        kind = "" if self.severity is Severity.ERROR else " (a warning)"
        parts = (
            f"### {self.code}: {self.title}{kind}",
            "\n\n".join(self.paragraphs()),
            f"Wrong:\n\n```yaml\n{self.wrong_example()}\n```",
            f"Right:\n\n```yaml\n{self.right_example()}\n```",
        )
        return "\n\n".join(parts)

    def paragraphs(self) -> list[str]:
        """The explanation, one paragraph a line."""
        blocks = dedent(self.explanation).strip().split("\n\n")
        return [" ".join(block.split()) for block in blocks]

    def wrong_example(self) -> str:
        """An excerpt of a process that has the problem."""
        return dedent(self.wrong).strip("\n")

    def right_example(self) -> str:
        """The same excerpt without the problem."""
        return dedent(self.right).strip("\n")
