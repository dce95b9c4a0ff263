"""F3xx: the rules that decide."""

from flowengine.language.codes.code import Code
from flowengine.language.problems import Severity

RULE_CODES = (
    Code(
        "F301",
        "a rule that cannot be read",
        """
        Rules compare fields with values: `order.total > 500 EUR and order.country in
        [LV, EE]`. Equality is `==`. The caret stands where reading stopped.
        """,
        "when: order.total = 500 EUR",
        "when: order.total == 500 EUR",
    ),
    Code(
        "F302",
        "types that do not fit",
        """
        Money is compared with money, time with time; `and` stands between two
        conditions; a `when` must give yes or no.
        """,
        "when: order.total > 20 kg",
        "when: order.total > 20 EUR",
    ),
    Code(
        "F303",
        "units or currencies that do not fit",
        """
        A value is compared or added in its own unit and currency. Amounts of a foreign
        currency are never converted by a rule.
        """,
        "when: order.total > 500 SEK",
        "when: order.total > 500 EUR",
    ),
    Code(
        "F304",
        "a value outside its one of",
        "The field can never have this value, so the comparison can never hold.",
        "when: order.service == expres # one of [standard, express]",
        "when: order.service == express # one of [standard, express]",
    ),
    Code(
        "F305",
        "a personal value in a rule",
        """
        Personal values are kept apart, so that they can be forgotten. A way through
        the process that depends on one could not be retraced afterwards.
        """,
        "when: order.customer == 'Anna' # personal text",
        "when: order.customer_group == private",
    ),
    Code(
        "F306",
        "a rule too long or too deep",
        """
        A rule that no person can read decides nothing well. Split it over several
        branches, or over several steps.

        A rule that goes through more than two lists for each element of one another is
        refused too: it would keep an order waiting that has many lines.
        """,
        "when: ((((((((((((((((((((((((((((((((order.total > 1 EUR))))))))))…",
        "when: order.total > 1 EUR",
    ),
    Code(
        "F307",
        "a branch whose rule never holds",
        """
        The rule asks for what cannot be all at once, whatever the order: two bounds
        with nothing between them, two values of one field. Check cuts every field at
        the values that the rules of a decision name, so this is proved and not tried.
        """,
        "when: order.total > 500 EUR and order.total < 400 EUR",
        "when: order.total > 400 EUR and order.total < 500 EUR",
        Severity.WARNING,
    ),
    Code(
        "F308",
        "a branch whose cases are all taken above it",
        """
        Branches are tried from the top, and every order that this one is meant for
        goes to one above it. The message names those, the help an order that shows it.
        Usually the order of the branches is the wrong way round.
        """,
        """
        choose:
          - when: order.total > 500 EUR
            next: check
          - when: order.total > 5000 EUR
            next: check-twice
          - else: reserve
        """,
        """
        choose:
          - when: order.total > 5000 EUR
            next: check-twice
          - when: order.total > 500 EUR
            next: check
          - else: reserve
        """,
        Severity.WARNING,
    ),
    Code(
        "F309",
        "an else that is never taken",
        """
        The branches above leave no order out, so the way by `else` is none. Let `else`
        stand for the last of them. Where the last one was meant to be narrower, this
        shows that it is not.
        """,
        """
        choose:
          - when: order.service == express # one of [standard, express]
            next: courier
          - when: order.service == standard
            next: parcel
          - else: ask
        """,
        """
        choose:
          - when: order.service == express
            next: courier
          - else: parcel
        """,
        Severity.WARNING,
    ),
    Code(
        "F310",
        "a missing value that decides the way",
        """
        A comparison with a missing value is false, also `!=` and `not in`; so
        `not (a == b)` holds where `a != b` does not. This order goes where it does only
        because a field is missing. Say in the rule what that means: `is given and`
        before the comparison, `is missing or` before it, or a branch of its own above.
        """,
        "when: order.credit == ok # optional one of [ok, refused]",
        "when: order.credit is given and order.credit == ok",
        Severity.WARNING,
    ),
    Code(
        "F311",
        "a condition that always or never holds",
        """
        A `skip_when` that always holds takes the step away from everybody, one that
        never holds says nothing; so does a `where` that leaves out every element, or
        none.
        """,
        "skip_when: order.total <= 500 EUR or order.total > 500 EUR",
        "skip_when: order.total <= 500 EUR",
        Severity.WARNING,
    ),
    Code(
        "F312",
        "a value that is always missing",
        """
        What is divided by 0 is missing, and so is all that is made of it. A promise, a
        priority, a time to wait for or a field that is set to it would never be there.
        """,
        "set: {order.share: order.total / (order.parts - order.parts)}",
        "set: {order.share: order.total / order.parts}",
        Severity.WARNING,
    ),
    Code(
        "F313",
        "parallel branches over one field",
        """
        Both steps can be open at once. Where both set one field, the one that ends last
        counts; where one sets what a rule of the other reads, the rule sees whatever is
        there by then. Which it is differs from order to order.
        """,
        """
        enter: {role: clerk, next: [pick, papers]}
        pick: {role: picker, asks: [order.note], next: ready}
        papers: {role: clerk, asks: [order.note], next: ready}
        ready: {join: all, next: done}
        """,
        """
        enter: {role: clerk, next: [pick, papers]}
        pick: {role: picker, asks: [order.pick_note], next: ready}
        papers: {role: clerk, asks: [order.papers_note], next: ready}
        ready: {join: all, next: done}
        """,
        Severity.WARNING,
    ),
    Code(
        "F314",
        "a decision that is too large to be proved",
        """
        The rules of the decision tell too many cases apart for check to go through all
        of them. Nothing is wrong that is known; but that every branch can be taken is
        not proved either.
        """,
        """
        choose:
          - when: (order.a * order.b > 1 or order.c < 2) and (order.b * … # 40 more
            next: check
          - else: reserve
        """,
        """
        choose:
          - when: order.total > 500 EUR and order.country not in [LV, EE]
            next: check
          - else: reserve
        """,
        Severity.WARNING,
    ),
)
