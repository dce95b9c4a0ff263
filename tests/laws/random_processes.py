"""Random small processes: grown sound from blocks, then perhaps led astray."""

import re
from random import Random

from tests.builders import HEAD

_TARGET = re.compile(r"(?<=next: |then: )[a-z]\d+(?=[,}])")


def random_steps(chance: Random) -> str:
    """The text of a process that is sound by the way it is grown."""
    writer = _Writer(chance)
    writer.add("d0", "{end: success}")
    writer.add("d1", "{end: failure}")
    first = writer.block(2, "d0")
    writer.add("s0", f"{{role: clerk, next: {first}}}")
    head = HEAD + "start: s0\n"
    if chance.random() < 0.5:
        writer.add("k0", "{role: clerk, next: d1}")
        head += "on_cancel: {next: k0}\n"
    else:
        writer.add("k0", "{role: clerk, next: d1}")
        writer.steps["s0"] = f"{{role: clerk, outcomes: {{ok: {first}, no: k0}}}}"
    lines = [f"  {name}: {text}" for name, text in writer.steps.items()]
    return head + "steps:\n" + "\n".join(lines) + "\n"


def led_astray(text: str, chance: Random) -> str:
    """The same text with one arrow led to another step."""
    found = list(_TARGET.finditer(text))
    arrow = chance.choice(found)
    names = re.findall(r"^  ([a-z]\d+):", text, re.MULTILINE)
    other: str = chance.choice(names)
    return text[: arrow.start()] + other + text[arrow.end() :]


class _Writer:
    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._count = 0
        self.steps: dict[str, str] = {}

    def add(self, name: str, text: str) -> str:
        self.steps[name] = text
        return name

    def block(self, depth: int, target: str) -> str:
        """The first step of a new part that leads to `target`, and nowhere else."""
        kinds = [self._task, self._wait, self._rest, self._skip, self._give_up]
        if depth:
            kinds += [self._two, self._outcomes, self._decide, self._parallel]
            kinds += [self._loop, self._parallel]
        kind = self._chance.choice(kinds)
        return kind(depth - 1, target)

    def _name(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _role(self) -> str:
        return self._chance.choice(["clerk", "boss"])

    def _task(self, depth: int, target: str) -> str:
        timeout = ""
        if self._chance.random() < 0.3:
            timeout = f", timeout: {{after: 2h, next: {target}}}"
        text = f"{{role: {self._role()}, sla: 1h{timeout}, next: {target}}}"
        return self.add(self._name("t"), text)

    def _wait(self, depth: int, target: str) -> str:
        text = f"{{wait: {{ping: {{next: {target}}}}}, timeout: {{after: 3h, "
        return self.add(self._name("w"), f"{text}next: {target}}}}}")

    def _rest(self, depth: int, target: str) -> str:
        return self.add(self._name("r"), f"{{wait: 30m, next: {target}}}")

    def _skip(self, depth: int, target: str) -> str:
        text = f"{{role: clerk, skip_when: order.paid == yes, next: {target}}}"
        return self.add(self._name("q"), text)

    def _give_up(self, depth: int, target: str) -> str:
        text = f"{{role: boss, outcomes: {{ok: {{next: {target}}}, lost: cancel}}}}"
        return self.add(self._name("g"), text)

    def _two(self, depth: int, target: str) -> str:
        return self.block(depth, self.block(depth, target))

    def _outcomes(self, depth: int, target: str) -> str:
        one, other = self.block(depth, target), self.block(depth, target)
        text = f"{{role: {self._role()}, outcomes: {{a: {{next: {one}}}, "
        return self.add(self._name("o"), f"{text}b: {{next: {other}}}}}}}")

    def _decide(self, depth: int, target: str) -> str:
        one, other = self.block(depth, target), self.block(depth, target)
        text = (
            "{role: clerk, asks: [order.count], choose: "
            f"[{{when: order.count > 5, next: {one}}}, {{else: {other}}}]}}"
        )
        return self.add(self._name("c"), text)

    def _parallel(self, depth: int, target: str) -> str:
        join = self.add(self._name("j"), f"{{join: all, next: {target}}}")
        firsts = []
        for _ in range(self._chance.choice([2, 2, 3])):
            # Ways into a join first meet in one step.
            last = self.add(self._name("m"), f"{{next: {join}}}")
            firsts.append(self.block(depth, last))
        return self.add(self._name("p"), f"{{next: [{', '.join(firsts)}]}}")

    def _loop(self, depth: int, target: str) -> str:
        check = self._name("l")
        body = self.block(depth, check)
        self.add(
            check,
            f"{{role: clerk, outcomes: {{ok: {{next: {target}}}, "
            f"again: {{next: {body}, at_most: 2, then: {target}}}}}}}",
        )
        return body
