"""The process that `flowengine process new` writes, to be changed."""

import re

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_TEXT = """\
# Check it with `flowengine process check FILE`, draw it with `flowengine diagram draw
# FILE`. Every box of the diagram is a step, every arrow says where a step leads.
process: NAME
version: 1
title: {en: TITLE, lv: TITLE}
about: What moves through it, from where to where.
for: order                                  # what moves through it
number: order.number                        # how people call one of them
calendar: office
promise: 2 business days of office
priority: order.priority

data:
  order:
    number: text
    customer: personal text                 # kept apart, can be forgotten
    total: money
    priority: integer
    lines: list of line
    approved: optional yes/no
  line: {sku: text, quantity: integer}

calendars:
  office: {days: mon-fri, hours: "09:00-18:00", holidays: LV, zone: Europe/Riga}

departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
  warehouse: {title: {en: Warehouse, lv: Noliktava}}

roles:
  clerk: {department: sales, people: 2, calendar: office}
  packer: {department: warehouse, people: 3, calendar: office}

steps:
  approve:
    title: {en: Approve, lv: Apstiprināt}
    role: clerk
    work: 1m to 10m mostly 3m
    sla: 1h
    skip_when: order.total <= 100 EUR       # decided by rule, no hands
    asks: [order.approved]
    choose:
      - when: order.approved is given and not order.approved
        next: refused
      - else: pack

  pack:
    title: {en: Pack, lv: Iepakot}
    role: packer
    work: 2m to 8m mostly 4m
    sla: 4h
    public_status: preparing
    outcomes: {ok: hand-over, missing: refused}

  hand-over:
    title: {en: With the carrier, lv: Pie pārvadātāja}
    department: warehouse
    public_status: in_transit
    wait: {delivered: delivered}
    timeout: {after: 5 days, next: refused}

  delivered:
    title: {en: Delivered, lv: Piegādāts}
    end: success
    public_status: delivered

  refused:
    title: {en: Refused, lv: Noraidīts}
    end: failure
    public_status: cancelled

on_cancel: {until: hand-over, next: refused}
"""


def is_process_name(name: str) -> bool:
    """Whether a process may be called so: small letters, digits and hyphens."""
    return _NAME.fullmatch(name) is not None


def starter_text(name: str) -> str:
    """A small process of this name, complete and without problems."""
    title = name.replace("-", " ").capitalize()
    return _TEXT.replace("NAME", name, 1).replace("TITLE", title)
