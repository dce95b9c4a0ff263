"""F6xx: what the times of a process cannot keep."""

from flowengine.language.codes.code import Code
from flowengine.language.problems import Severity

TIME_CODES = (
    Code(
        "F601",
        "a promise that no order can keep",
        """
        Even where nobody waits, all work takes its least and every rule skips what it
        may, the shortest way to the end takes longer than the promise, at whatever
        hour of the week an order arrives. The message tells one arrival with its
        moments. They are of a reference week without holidays, the one that begins on
        Monday 2 February 2026.
        """,
        """
        promise: within 1 business day of office
        steps:
          order-part: {wait: 3 business days of office, next: send}
          send: {role: clerk, work: 5m, next: done}
          done: {end: success}
        """,
        """
        promise: within 4 business days of office
        steps:
          order-part: {wait: 3 business days of office, next: send}
          send: {role: clerk, work: 5m, next: done}
          done: {end: success}
        """,
    ),
    Code(
        "F602",
        "a promise that some orders cannot keep",
        """
        Orders that arrive at some hours are in time, but not all: the message tells the
        first minute of a week without holidays from which even the shortest way is too
        long. A business day begins with the day after the arrival, whatever the hour,
        so what arrives on Friday evening has lost Friday.
        """,
        """
        promise: within 1 business day of office   # 09:00-18:00
        steps:
          repair: {role: mechanic, work: 10h, next: done}   # 09:00-18:00 too
          done: {end: success}
        """,
        """
        promise: within 2 business days of office
        steps:
          repair: {role: mechanic, work: 10h, next: done}
          done: {end: success}
        """,
        Severity.WARNING,
    ),
    Code(
        "F603",
        "an SLA shorter than the work",
        """
        The least work of the step is longer than its service level, so nobody could
        ever be in time. Both run in the working time of the step's role; `per` counts
        as one element.
        """,
        "inspect: {role: quality, work: 30m to 90m mostly 45m, sla: 15m, next: pack}",
        "inspect: {role: quality, work: 30m to 90m mostly 45m, sla: 2h, next: pack}",
    ),
    Code(
        "F604",
        "an SLA longer than what the promise leaves",
        """
        An order that comes to this step as early as it can, and stays for the whole
        service level, cannot be in time any more, even if all behind it takes its
        least: who keeps the SLA may still break the promise. Told only where this is
        so on every day of the week.
        """,
        """
        promise: within 1 business day of office
        steps:
          check: {role: clerk, work: 5m, sla: 27h, next: done}
          done: {end: success}
        """,
        """
        promise: within 1 business day of office
        steps:
          check: {role: clerk, work: 5m, sla: 4h, next: done}
          done: {end: success}
        """,
        Severity.WARNING,
    ),
    Code(
        "F605",
        "SLAs that add up to more than the promise",
        """
        Each service level alone leaves time for the promise, but an order that takes
        all of them on its quickest way is late on every day of the week.
        """,
        """
        promise: 1 day
        steps:
          pick: {role: picker, work: 5m, sla: 5h, next: pack}
          pack: {role: picker, work: 5m, sla: 5h, next: done}
          done: {end: success}
        """,
        """
        promise: 1 day
        steps:
          pick: {role: picker, work: 5m, sla: 2h, next: pack}
          pack: {role: picker, work: 5m, sla: 2h, next: done}
          done: {end: success}
        """,
        Severity.WARNING,
    ),
    Code(
        "F606",
        "a timeout shorter than the work",
        """
        The timeout withdraws the task, also a started one, before its least work can
        be done: nobody could ever finish it. A timeout counts what elapses, also at
        night, unless it says business days.
        """,
        "inspect:\n  role: quality\n  work: 30m to 90m mostly 45m\n  next: pack\n"
        "  timeout: {after: 10m, next: pack}",
        "inspect:\n  role: quality\n  work: 30m to 90m mostly 45m\n  next: pack\n"
        "  timeout: {after: 2 days, next: pack}",
    ),
    Code(
        "F607",
        "a role without hours",
        """
        Neither the role nor the head names a calendar, so its people count as working
        day and night, and its service levels run through nights and holidays. People
        outside the company may be so: `external: yes`.
        """,
        "roles:\n  picker: {department: warehouse, people: 8}",
        "roles:\n  picker: {department: warehouse, people: 8, calendar: two-shift}",
        Severity.WARNING,
    ),
    Code(
        "F608",
        "an escalation that comes too late",
        """
        The timeout ends the step before this share of its service level is used up, so
        nobody is ever told. The service level counts working time only, the timeout
        all that elapses: at nights the two part even further.
        """,
        """
        call-customer:
          role: agent
          sla: 8h
          escalate: [{at: 80%, notify: lead}]      # after 6h 24m of work
          timeout: {after: 4h, next: give-up}
          next: send
        """,
        """
        call-customer:
          role: agent
          sla: 8h
          escalate: [{at: 80%, notify: lead}]
          timeout: {after: 3 days, next: give-up}
          next: send
        """,
        Severity.WARNING,
    ),
)
