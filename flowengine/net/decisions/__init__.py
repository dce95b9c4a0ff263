"""Decisions: what rules decide for every order there can be, proved without sampling.

    check        the problems of a process's decisions (F307 and after)
    branches     of `choose` and `choose_all`: what is never taken, what a missing
                 value decides
    conditions   `skip_when`, `where`, and values that are always missing
    left_out     of a decision without `else`, an order that it forgets
    along_run    two decisions of a run that no order passes one after the other
    concurrency, fields   which steps are open at once, and what they set and read
    decision     some rules over one order, and all that can be asked of them
    reading      typed rules as conditions over questions
    values, amounts   the fields, counts and sums that rules compare, as variables
    questions    the variables of a decision, and the cells that constants cut
    statements, search, differences   whether statements hold in any cells
    orders       concrete orders that lie in such cells, as data and in words

Everything a rule compares is cut into cells, in each of which every comparison of the
decision has one answer: amounts at their constants, choices by name, and what may be
missing. Differences of two amounts are cut in the same way and settled together with
the amounts themselves. What cannot be cut (sums over lists, products of fields) has any
value: so that no order exists is only said where it is so, and every order that is told
has been given to the rules themselves first.
"""

from flowengine.net.decisions.along_run import contradiction
from flowengine.net.decisions.check import decision_problems
from flowengine.net.decisions.decision import Decision
from flowengine.net.decisions.left_out import with_left_out
from flowengine.net.decisions.orders import Order

__all__ = ["Decision", "Order", "contradiction", "decision_problems", "with_left_out"]
