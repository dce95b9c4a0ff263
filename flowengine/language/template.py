"""The text of a new process: small, complete, and explained line by line."""

from flowengine.errors import InvalidInput
from flowengine.language.reader.values import ID

_TEXT = """\
# A process of flowengine: one file, one process. Each step is a box of the diagram,
# each `next`, `choose` branch and outcome an arrow. Check it after every change:
#   flowengine process check {name}.yaml
process: {name}
version: 1
title: {{en: {title}, lv: {title}}}
about:                        # one text, or one for each language, as in `title`
  en: What it is for.
  lv: Kam tas vajadzīgs.
for: order                    # what moves through it: a record of `data`
number: order.number          # how people call one of them
calendar: office
promise: within 3 business days of office

# What is known of an order. Units stand in the values: 500 EUR, 20 kg, 4h.
data:
  order:
    number: text
    customer: personal text   # kept apart from the history, can be forgotten
    total: money
    approved: optional yes/no # optional: may be missing at first

calendars:
  office: {{days: mon-fri, hours: "09:00-18:00", holidays: LV, zone: Europe/Riga}}

departments:
  sales: {{title: {{en: Sales, lv: Pārdošana}}}}
  warehouse: {{title: {{en: Warehouse, lv: Noliktava}}}}

roles:
  clerk: {{department: sales, people: 2, calendar: office, cost: 15 EUR/h}}
  picker: {{department: warehouse, people: 4, calendar: office, cost: 12 EUR/h}}

steps:
  enter:                      # the step that no arrow leads to is the first
    role: clerk               # a task for people of this role
    work: 1m to 8m mostly 3m  # how long hands need
    sla: 30m                  # how long it should take, waiting included
    choose:                   # the first branch that holds; `else` is required
      - when: order.total > 500 EUR
        next: approve
      - else: pick

  approve:
    role: clerk
    work: 5m
    sla: 4h
    asks: [order.approved]    # what must be filled in to complete the task
    choose:
      - when: order.approved is given and order.approved
        next: pick
      - else: declined

  pick:
    role: picker
    work: 5m to 20m mostly 10m
    sla: 2h
    outcomes:                 # people press one of them
      ok: [pack, papers]      # a list starts all at once
      short:                  # a way back has an end
        next: pick
        at_most: 2
        then: cancel          # `cancel` does what cancelling the order does

  pack: {{role: picker, work: 4m, sla: 1h, next: hand-over}}

  papers: {{role: clerk, work: 2m, sla: 1h, next: hand-over}}

  hand-over:
    join: all                 # waits for pack and for papers
    wait:                     # a message from outside, and where it leads
      collected: delivered
    timeout: {{after: 3 business days, next: delivered}}

  delivered: {{end: success}}
  declined: {{end: failure}}
"""


def new_process(name: str) -> str:
    """The text of a process called `name` that checks clean.

    Raises:
        InvalidInput: `name` cannot be the id of a process.
    """
    if not ID.fullmatch(name):
        raise InvalidInput(
            "Expected an id of letters without accents, digits and `-` such as "
            f"`order-to-delivery`, but got '{name}'."
        )
    title = name.replace("-", " ")
    return _TEXT.format(name=name, title=title[:1].upper() + title[1:])
