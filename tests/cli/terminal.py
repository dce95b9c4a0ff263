"""Somebody at a terminal, and the process their orders move through."""

from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner, Result

from flowengine.cli.program import program

#: A small process with a decision, a split, a join, a wait and what customers see.
PROCESS = """\
process: shop
version: 1
title: {en: Shop order, lv: Veikala pasūtījums}
for: order
number: order.number
calendar: office
promise: 2 business days of office
priority: order.priority
data:
  order:
    number: text
    customer: personal text
    total: money
    priority: integer
    gift: optional yes/no
    lines: list of line
    credit: optional one of [ok, refused]
    paid_at: optional time
  line: {sku: text, quantity: integer}
calendars:
  office: {days: mon-fri, hours: "09:00-18:00", holidays: LV, zone: Europe/Riga}
departments:
  finance: {title: {en: Finance, lv: Finanses}}
  warehouse: {title: {en: Warehouse, lv: Noliktava}}
roles:
  credit: {department: finance, people: 1, calendar: office}
  picker: {department: warehouse, people: 2, calendar: office}
steps:
  check:
    title: {en: Check credit, lv: Pārbaudīt kredītu}
    role: credit
    sla: 4h
    asks: [order.credit]
    public_status: confirmed
    choose:
      - when: order.credit is given and order.credit == refused
        next: declined
      - else: pick
  pick:
    title: {en: Pick, lv: Komplektēt}
    role: picker
    sla: 2h
    outcomes: {ok: [pack, papers], short: pay}
  pack: {title: {en: Pack, lv: Iepakot}, role: picker, next: hand-over}
  papers: {title: {en: Papers, lv: Dokumenti}, role: credit, next: hand-over}
  hand-over:
    title: {en: Hand over, lv: Nodot}
    join: all
    role: picker
    public_status: handed_over
    next: transit
  transit:
    title: {en: In transit, lv: Ceļā}
    public_status: in_transit
    wait: {delivered: delivered}
    timeout: {after: 30 days, next: declined}
  pay:
    title: {en: Await payment, lv: Gaidīt maksu}
    department: finance
    wait: {paid: delivered}
    timeout: {after: 1s, next: declined}
  delivered:
    title: {en: Delivered, lv: Piegādāts}
    end: success
    public_status: delivered
  declined:
    title: {en: Declined, lv: Noraidīts}
    end: failure
    public_status: cancelled
on_cancel: {until: hand-over, next: declined}
messages:
  paid: {match: order.number, sets: [order.paid_at]}
  delivered: {match: order.number}
"""


@dataclass
class Terminal:
    """Somebody at a terminal, in a folder with a process, a database and people."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, given: str | bytes | None = None) -> Result:
        """Type a command; what it printed and its exit code."""
        return CliRunner().invoke(
            program, list(words), input=given, env=self.environment
        )

    def done(self, *words: str, given: str | bytes | None = None) -> str:
        """Type a command that works; what it printed on stdout."""
        result = self.run(*words, given=given)
        assert result.exit_code == 0, result.output
        return result.stdout

    def refused(self, code: int, *words: str, given: str | bytes | None = None) -> str:
        """Type a command that ends with `code`; what it said on stderr."""
        result = self.run(*words, given=given)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result.stderr

    def write(self, name: str, text: str) -> str:
        """Write a file into the folder; its name."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def opened(self, number: str) -> None:
        """Open an order of `shop`."""
        fields = {
            "number": number,
            "customer": "Jānis",
            "total": "12,50",
            "priority": "5",
            "lines": "[]",
        }
        words = [f"--set={name}={value}" for name, value in fields.items()]
        self.done("order", "open", "shop", *words, "--as", "anna")
