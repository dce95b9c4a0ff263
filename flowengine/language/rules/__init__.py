"""Rules: the small typed language of conditions and amounts in a process file.

    order.total > 5000 EUR and order.country not in [LV, EE, LT]
    any parcel in order.parcels where parcel.weight > 20 kg
    business_days_between(order.placed_at, now, office) <= 3

`compile_rule` reads a text by a fixed grammar, gives every part a type against the
`data` of the process, and makes one plain Python function of it. What is wrong comes
back as `RuleProblem`, at its offset, as much at once as can be told:

    F201  a field that is not there         F304  a value outside its `one of`
    F205  a calendar that is not there      F305  a personal field used
    F301  not a rule                        F306  too long, too deep, too many parts
    F302  types that do not go together
    F303  units and currencies

What a rule means:

- It is never an error at run time. Missing makes arithmetic missing, and so do a
  division by zero and the lowest or highest of nothing. A comparison with a missing
  value is false, also `!=` and `not in`, so that `not (a == b)` may be true where
  `a != b` is false. Where a condition stands, a missing yes/no is not true.
- `any`, `all`, and `in` of a missing list are false; `all` of an empty one is true;
  the `sum` of nothing is 0. One missing value among the elements makes a `sum`,
  `lowest` or `highest` missing.
- Arithmetic is exact in the integers of `flowengine.quantities`. Only a product with a
  plain number and a quotient are rounded, each to its smallest unit, half to even.
  Two whole numbers divided, and two amounts of one kind divided, give a plain number.
- The condition after `where` reaches to the end, or to the closing parenthesis.
- A bare name is a value of the type on the other side: `order.credit == prepay`.
- `m` is minutes; weights, lengths, volumes and durations are those of `quantities`.
"""

from typing import TYPE_CHECKING

from flowengine.loading import when_used

if TYPE_CHECKING:
    from flowengine.language.rules.compiling import compile_rule
    from flowengine.language.rules.rule import Rule, RuleFunction, RuleProblem, Scope

__all__ = [
    "Rule",
    "RuleFunction",
    "RuleProblem",
    "Scope",
    "compile_rule",
]

_PLACES = {
    "Rule": ".rule",
    "RuleFunction": ".rule",
    "RuleProblem": ".rule",
    "Scope": ".rule",
    "compile_rule": ".compiling",
}

if not TYPE_CHECKING:
    __getattr__ = when_used(__name__, _PLACES)
