"""Random small processes: grown sound from blocks, then perhaps led astray."""

import re
from random import Random

from tests.builders import GOODS

_TARGET = re.compile(r"(?<=next: |then: |else: )[a-z]\d+(?=[,}])")


def random_steps(chance: Random, *, calling: bool = True) -> str:
    """The text of a process that is sound by the way it is grown.

    Without `calling` it needs no other process.
    """
    writer = _Writer(chance, calling)
    writer.add("d0", "{end: success}")
    writer.add("d1", "{end: failure}")
    # Whatever was reserved is gone in the end.
    writer.add("b0", "{role: clerk, stock: ship order.lines, next: d0}")
    first = writer.block(2, "b0")
    writer.add("s0", f"{{role: clerk, next: {first}}}")
    head = GOODS + "start: s0\n"
    writer.add("k0", "{role: clerk, next: d1}")
    kind = chance.random()
    if kind < 0.35:
        head += "on_cancel: {next: k0}\n"
    elif kind < 0.7:
        writer.reserving = False  # what is reserved after the cancel stays reserved
        last = writer.block(1, "d1")
        head += (
            "on_cancel: {choose: [{when: order.paid == yes, next: k0}, "
            f"{{else: {last}}}]}}\n"
        )
    else:
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
    def __init__(self, chance: Random, calling: bool) -> None:
        self._chance = chance
        self._calling = calling
        self.reserving = True
        self._count = 0
        self.steps: dict[str, str] = {}

    def add(self, name: str, text: str) -> str:
        self.steps[name] = text
        return name

    def block(self, depth: int, target: str) -> str:
        """The first step of a new part that leads to `target`, and nowhere else."""
        kinds = [self._task, self._wait, self._rest, self._skip, self._give_up]
        kinds += [self._notify, self._ask, self._each]
        if self.reserving:
            kinds.append(self._reserve)
        if depth:
            kinds += [self._two, self._outcomes, self._decide, self._parallel]
            kinds += [self._loop, self._parallel, self._open, self._open]
            kinds += [self._machine, self._call if self._calling else self._gate]
            kinds.append(self._gate)
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

    def _notify(self, depth: int, target: str) -> str:
        return self.add(self._name("n"), f"{{do: notify boss, next: {target}}}")

    def _ask(self, depth: int, target: str) -> str:
        text = f"{{do: python weigh, asks: [order.count], next: {target}}}"
        return self.add(self._name("y"), text)

    def _reserve(self, depth: int, target: str) -> str:
        # Never led astray: a second time there is nothing to reserve, always `all`.
        text = (
            "{do: stock.reserve order.lines, undo: stock.release order.lines, "
            f"outcomes: {{all: {target}, some: {target}, none: {target}}}}}"
        )
        return self.add(self._name("v"), text)

    def _each(self, depth: int, target: str) -> str:
        text = (
            "{role: clerk, each: line in order.lines, asks: [line.picked], choose: "
            "[{when: any line in order.lines where line.picked == no, "
            f"next: {target}}}, {{else: {target}}}]}}"
        )
        return self.add(self._name("e"), text)

    def _machine(self, depth: int, target: str) -> str:
        one, other = self.block(depth, target), self.block(depth, target)
        text = (
            "{do: http POST https://rates.example/quote, outcomes: "
            f"{{found: {{next: {one}}}, none: {{next: {other}}}}}}}"
        )
        return self.add(self._name("h"), text)

    def _call(self, depth: int, target: str) -> str:
        one, other = self.block(depth, target), self.block(depth, target)
        text = (
            f"{{call: credit-check@2, outcomes: {{success: {{next: {one}}}, "
            f"cancelled: {{next: {other}}}}}}}"
        )
        return self.add(self._name("x"), text)

    def _gate(self, depth: int, target: str) -> str:
        inside = self.block(depth, target)
        text = f"{{gate: {{limit: 5, in: [{inside}]}}, next: {inside}}}"
        return self.add(self._name("u"), text)

    def _open(self, depth: int, target: str) -> str:
        """Two or three branches of which some are opened; one may go straight."""
        join = self.add(self._name("z"), f"{{join: opened, next: {target}}}")
        rules = ["order.paid == yes", "order.count > 5", "order.urgent == yes"]
        branches: list[str] = []
        for rule in rules[: self._chance.choice([2, 2, 3])]:
            first = join
            if not branches or self._chance.random() < 0.8:
                last = self.add(self._name("m"), f"{{next: {join}}}")
                first = self.block(depth, last)
            branches.append(f"{{when: {rule}, next: {first}}}")
        branches.append(f"{{else: {target}}}")
        text = (
            "{role: clerk, asks: [order.paid, order.count, order.urgent], "
            f"choose_all: [{', '.join(branches)}]}}"
        )
        return self.add(self._name("i"), text)

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
