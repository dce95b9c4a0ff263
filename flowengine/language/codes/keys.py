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
        "F121",
        "a key that this version does not run yet",
        """
        The key belongs to the language, but this version of flowengine does not run
        it. It is refused rather than ignored: an order must do what its file says.
        """,
        "release: {gate: {limit: 60, in: [pick, pack]}, next: pick}",
        "release: {next: pick}",
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
        hour.
        """,
        "clerk: {department: sales, people: 3, cost: 15.10}",
        "clerk: {department: sales, people: 3, cost: 15.10 EUR/h}",
    ),
    Code(
        "F131",
        "a step that is two things",
        """
        A step has one of `role` (a task for people), `wait` (a message or a time) and
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
        `next`, `choose` and `outcomes` each say where the order goes. With two of
        them it would not be clear which one holds.
        """,
        "pack: {role: packer, outcomes: {ok: dispatch}, next: check}",
        "pack: {role: packer, outcomes: {ok: dispatch, doubt: check}}",
    ),
    Code(
        "F134",
        "a key that does not go with this kind of step",
        """
        `work`, `asks`, `outcomes` and `skip_when` belong to a task; `sla` and
        `timeout` to a task or a wait; an end leads nowhere; a wait for messages says
        behind each message where it leads.
        """,
        "packed: {work: 3m, next: dispatch}",
        "packed: {role: packer, work: 3m, next: dispatch}",
    ),
    Code(
        "F135",
        "a choice without its else",
        """
        The branches of `choose` are tried from the top; the last one is `else`, so
        that every order has a way.
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
        "F139",
        "a reserved name",
        """
        `cancel` as a target cancels the order, and `end` is where every order goes;
        neither can be the id of a step. The names of types cannot be records.
        """,
        "cancel: {end: failure}",
        "cancelled: {end: failure}",
    ),
)
