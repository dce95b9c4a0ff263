"""F12x and F13x: keys and the form of their values."""

from flowengine.language.codes.code import Code

KEY_CODES = (
    Code(
        "F120",
        "an unknown key",
        """
        There is no such key at this place. The help names the one that was probably
        meant, or those there are. `flowengine process schema` explains every key.
        """,
        "pick: {rolle: picker, next: pack}",
        "pick: {role: picker, next: pack}",
    ),
    Code(
        "F122",
        "a missing key",
        """
        Something has to be said here. The help shows how.
        """,
        "clerk: {people: 3}",
        "clerk: {people: 3, department: sales}",
    ),
    Code(
        "F123",
        "a value of the wrong form",
        """
        Here stands a list, a group of keys, a text or nothing, where something else
        is expected.
        """,
        "version: first",
        "version: 1",
    ),
    Code(
        "F124",
        "a name that cannot be one",
        """
        Ids of processes, steps, roles, departments and calendars are letters without
        accents, digits and `-`. Names that stand in rules (records, fields and the
        values of `one of`) have `_` in place of `-`, which is a minus sign there.
        Titles may hold anything.
        """,
        "check credit: {role: credit, next: pick}",
        "check-credit: {role: credit, next: pick}",
    ),
    Code(
        "F125",
        "a length of time that cannot be read",
        """
        Times have their unit: `90s`, `15m` (minutes), `4h`, `3 days`, `2 weeks`,
        `2 business days`, `2 business days of office`.
        """,
        "sla: 15",
        "sla: 15m",
    ),
    Code(
        "F126",
        "days where working time is counted",
        """
        `sla` and `work` run while the role works. There, `1 day` could be 24 hours of
        work or one working day of nine. Write `1 business day`, or the hours.
        """,
        "pick: {role: picker, sla: 1 day, next: pack}",
        "pick: {role: picker, sla: 1 business day, next: pack}",
    ),
    Code(
        "F127",
        "a work time that is not in order",
        """
        `1m to 8m mostly 3m` names the shortest, the longest and the most frequent
        time; the last lies between the others.
        """,
        "work: 8m to 1m mostly 3m",
        "work: 1m to 8m mostly 3m",
    ),
    Code(
        "F128",
        "a type that cannot be read",
        """
        Types are text, integer, number, yes/no, money, weight, length, volume,
        country, date, time, duration, `one of [a, b]`, `list of X`, and the records
        of `data`; `optional` and `personal` stand before them.
        """,
        "order: {number: string}",
        "order: {number: text}",
    ),
    Code(
        "F129",
        "a calendar that cannot be read",
        """
        A calendar has `days` (`mon-fri`, `[mon, thu]`), `hours` (`"09:00-18:00"`, a
        list for several spans), a `zone` (`Europe/Riga`), and if wanted the country
        whose public `holidays` are free.
        """,
        'office: {days: mo-fr, hours: "09:00-18:00", zone: Europe/Riga}',
        'office: {days: mon-fri, hours: "09:00-18:00", zone: Europe/Riga}',
    ),
    Code(
        "F130",
        "a cost or currency that cannot be read",
        """
        `currency` is three letters. The `cost` of a role is an amount in it for an
        hour, the `cost` of a step an amount, `per` element of a list or not. Of
        `lateness`, `cost` is for a day and `penalty` comes once.
        """,
        "clerk: {department: sales, people: 3, cost: 15.10}",
        "clerk: {department: sales, people: 3, cost: 15.10 EUR/h}",
    ),
    Code(
        "F131",
        "a step that is two things",
        """
        A step has one of `role` (a task for people), `do` (an automation), `wait` (a
        message or a time), `call` (another process), `gate` (a release valve) and
        `end`; a step with none of them decides or splits.
        """,
        "pack: {role: packer, wait: {collected: done}}",
        "pack: {role: packer, next: collect}\ncollect: {wait: {collected: done}}",
    ),
    Code(
        "F132",
        "a step that leads nowhere",
        """
        Every step says where the order goes next, or is an end.
        """,
        "pack: {role: packer}",
        "pack: {role: packer, next: dispatch}",
    ),
    Code(
        "F133",
        "a step that leads on in two ways",
        """
        `next`, `choose`, `choose_all` and `outcomes` each say where the order goes.
        With two of them it would not be clear which one holds.
        """,
        "pack: {role: packer, outcomes: {ok: dispatch}, next: check}",
        "pack: {role: packer, outcomes: {ok: dispatch, doubt: check}}",
    ),
    Code(
        "F134",
        "a key that does not go with this kind of step",
        """
        `work`, `asks`, `scan`, `batch`, `skip_when` and `not_same_person_as` belong to
        a task; `each` to a task or a call; `gives` and `takes` to a call; `stock` to a
        task, a wait or a decision; `sla` and `timeout` to a task, a wait, a call or a
        gate; `outcomes` to a task, an automation or a call. An end leads nowhere and
        sets nothing; a wait for messages says behind each message where it leads.
        """,
        "packed: {work: 3m, next: dispatch}",
        "packed: {role: packer, work: 3m, next: dispatch}",
    ),
    Code(
        "F135",
        "a choice without its else",
        """
        The last branch of `choose` and of `choose_all` is `else`, so that every order
        has a way. The branches of `choose` are tried from the top and the first that
        holds is taken; of `choose_all` every one that holds, `else` if none does.
        """,
        "choose:\n  - when: order.total > 500 EUR\n    next: check",
        "choose:\n  - when: order.total > 500 EUR\n    next: check\n  - else: pick",
    ),
    Code(
        "F136",
        "half a bound",
        """
        `at_most` says how often an order may take this way, `then` where it goes
        after that. One without the other says nothing.
        """,
        "outcomes: {ok: pack, short: {next: pick, at_most: 3}}",
        "outcomes:\n  ok: pack\n  short: {next: pick, at_most: 3, then: call-customer}",
    ),
    Code(
        "F137",
        "a skipped step without its outcome",
        """
        A step with `outcomes` leads on by what people report. When it is skipped,
        nobody reports: `skip_as` names the outcome instead.
        """,
        """
        check:
          role: quality
          skip_when: order.total < 50 EUR
          outcomes: {ok: pack, bad: pick}
        """,
        """
        check:
          role: quality
          skip_when: order.total < 50 EUR
          skip_as: ok
          outcomes: {ok: pack, bad: pick}
        """,
    ),
    Code(
        "F138",
        "outcomes that nothing reports",
        """
        `do: stock.reserve` ends as `all`, `some` or `none`, and each must lead on;
        other effects on stock and `notify` report nothing. With `each` a step ends in
        many ways at once: ask for a field of the element, or take one from the result,
        and go on by `choose`.
        """,
        "reserve: {do: stock.reserve order.lines, outcomes: {ok: pick}}",
        "reserve:\n  do: stock.reserve order.lines\n"
        "  outcomes: {all: pick, some: pick, none: backorder}",
    ),
    Code(
        "F139",
        "a reserved name",
        """
        `cancel` as a target cancels the order, and `end` is where every order goes;
        neither can be the id of a step. The names of types cannot be records.
        """,
        "cancel: {end: failure}",
        "cancelled: {end: failure}",
    ),
    Code(
        "F140",
        "an automation or effect that cannot be read",
        """
        `do` is one of `stock.VERB LIST [from PLACE] [to PLACE]`, `ship.VERB [FIELD]`,
        `notify WHO`, `http METHOD ADDRESS` and `python NAME`; `undo` one of the first
        two; `stock` is `VERB LIST [from PLACE] [to PLACE]`. The verbs of stock are
        receive, move, reserve, release, pick, pack, ship, return, restock, scrap,
        adjust and transform.
        """,
        "reserve: {do: stock.book order.lines, next: pick}",
        "reserve:\n  do: stock.reserve order.lines\n"
        "  outcomes: {all: pick, some: pick, none: backorder}",
    ),
    Code(
        "F141",
        "no list of goods",
        """
        What happens with stock happens for each line of a list: its record says which
        goods with `sku: text`, and how many with `quantity: integer` (or number).
        """,
        "data:\n  order: {number: text, notes: list of text}\nsteps:\n"
        "  pick: {role: picker, stock: pick order.notes, next: pack}",
        "data:\n  order: {number: text, lines: list of line}\n"
        "  line: {sku: text, quantity: integer}\nsteps:\n"
        "  pick: {role: picker, stock: pick order.lines, next: pack}",
    ),
    Code(
        "F142",
        "a call that cannot be read",
        """
        A call names a process and its version, so that a later version changes nothing
        here. `gives` has the fields of the called process, each with a rule; `takes`
        the fields that are set when it ends, each from a field of its `result`.
        """,
        "credit: {call: credit-check, next: pick}",
        "credit: {call: credit-check@2, next: pick}",
    ),
    Code(
        "F143",
        "an each that cannot be read",
        """
        `each` names the element and the list it comes from, and `where` with a rule if
        not all are meant. The list is one of records. The name is known in `asks`,
        `where`, `gives`, `takes` and `stock` of the step.
        """,
        "pack: {role: packer, each: order.parcels, next: dispatch}",
        "pack: {role: packer, each: parcel in order.parcels, next: dispatch}",
    ),
    Code(
        "F144",
        "a gate that cannot work",
        """
        A gate lets an order through while fewer than `limit` are in the steps `in`;
        those are steps behind it. `cutoff` is a time of day in quotes; `batch` says how
        many go through together, and is not larger than `limit`.
        """,
        "release: {gate: {limit: 60, in: [release]}, next: pick}",
        "release: {gate: {limit: 60, in: [pick, pack]}, next: pick}",
    ),
    Code(
        "F145",
        "an escalation of nothing",
        """
        `escalate` tells somebody once a share of the step's SLA is used up: so there
        must be an `sla`, and the share is written in percent.
        """,
        "pick: {role: picker, escalate: [{at: 80%, notify: lead}], next: pack}",
        "pick:\n  role: picker\n  sla: 2h\n"
        "  escalate: [{at: 80%, notify: lead}]\n  next: pack",
    ),
    Code(
        "F146",
        "an undo of nothing",
        """
        `undo` reverses what `do` or `stock` of the same step has booked, when the order
        is cancelled after it. What hands must put right is a step that `on_cancel`
        leads to.
        """,
        "pack: {role: packer, undo: stock.release order.lines, next: dispatch}",
        "pack:\n  role: packer\n  stock: reserve order.lines\n"
        "  undo: stock.release order.lines\n  next: dispatch",
    ),
    Code(
        "F147",
        "a status or business step that others do not know",
        """
        `public_status` is what customers are told: confirmed, preparing, packed,
        handed_over, in_transit, delayed, out_for_delivery, ready_for_pickup,
        attempt_failed, delivered, returning, returned, on_hold or cancelled. `epcis` is
        a business step of GS1's Core Business Vocabulary 2.0, such as picking.
        """,
        "delivered: {end: success, public_status: arrived}",
        "delivered: {end: success, public_status: delivered}",
    ),
    Code(
        "F149",
        "months that cannot be read",
        """
        `season` gives months another number of people: one month, or a span of them,
        by their first three letters. A span may go over the new year. Each month
        stands in one line only.
        """,
        "picker: {department: warehouse, people: 8, season: {november: 14}}",
        "picker: {department: warehouse, people: 8, season: {nov: 14}}",
    ),
)
