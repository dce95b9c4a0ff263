"""Codes of calls: what is told when a process that calls another is added."""

from flowengine.language.codes.code import Code

_CHILD = """
The called process is `credit-check`, version 2. It must have `total: money`, brings
`verdict: one of [ok, refused]` and ends as `success` or `declined`.
"""

CALL_CODES = (
    Code(
        "F230",
        "a called process that is not there",
        """
        A call names one version of another process, and a version never changes. So the
        called process is added to the database before the one that calls it; this is
        looked at when a process is added, not when a file is checked alone.
        """,
        "check: {call: credit-check@3, next: pack}",
        "check: {call: credit-check@2, next: pack}",
    ),
    Code(
        "F231",
        "a field that the called process does not have",
        f"""
        `gives` names fields of the called process's own record. {_CHILD}
        """,
        "check: {call: credit-check@2, gives: {totall: order.total}, next: pack}",
        "check: {call: credit-check@2, gives: {total: order.total}, next: pack}",
    ),
    Code(
        "F232",
        "a field that the called process must have",
        f"""
        A field without `optional` has to be given; only a number that is a text is made
        from that of the caller. {_CHILD}
        """,
        "check: {call: credit-check@2, next: pack}",
        "check: {call: credit-check@2, gives: {total: order.total}, next: pack}",
    ),
    Code(
        "F233",
        "given as another type",
        f"""
        What is given must be of the field's type in the called process: the same kind,
        the same currency, no choice that it does not know, not missing where it must
        be there, and not personal where it is kept openly. {_CHILD}
        """,
        "check: {call: credit-check@2, gives: {total: order.weight}, next: pack}",
        "check: {call: credit-check@2, gives: {total: order.total}, next: pack}",
    ),
    Code(
        "F234",
        "an outcome that the called process never has",
        f"""
        The outcomes of a call are the names of the called process's ends, and
        `cancelled`. {_CHILD}
        """,
        "outcomes: {success: pack, refused: stop, cancelled: stop}",
        "outcomes: {success: pack, declined: stop, cancelled: stop}",
    ),
    Code(
        "F235",
        "an end of the called process that leads nowhere",
        f"""
        The order would stand still when the called process ends that way. Any order can
        be cancelled, so `cancelled` is one of them. With `next` or `choose` in place of
        `outcomes`, each of them goes on the same way. {_CHILD}
        """,
        "outcomes: {success: pack, cancelled: stop}",
        "outcomes: {success: pack, declined: stop, cancelled: stop}",
    ),
    Code(
        "F236",
        "a result that the called process does not have",
        f"""
        `takes` reads fields of the called process's own record, as `result.FIELD`.
        {_CHILD}
        """,
        "takes: {order.credit: result.verdikt}",
        "takes: {order.credit: result.verdict}",
    ),
    Code(
        "F237",
        "a result of another type",
        f"""
        What is taken must be of the type of the field that it is for; what may be
        missing in the result must be `optional` here. {_CHILD}
        """,
        "takes: {order.total: result.verdict}",
        "takes: {order.credit: result.verdict}",
    ),
)
