"""F3xx: the rules that decide."""

from flowengine.language.codes.code import Code

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
        """,
        "when: ((((((((((((((((((((((((((((((((order.total > 1 EUR))))))))))…",
        "when: order.total > 1 EUR",
    ),
)
