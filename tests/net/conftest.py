"""Small processes for the tests of nets: the steps are written, the head is given."""

from collections.abc import Callable
from textwrap import indent

import pytest

from flowengine.net.check import Checked, check_text

HEAD = """\
process: test
version: 1
title: {en: Test, lv: Tests}
for: order
number: order.number
start: enter
calendar: office
data:
  order: {number: text, ready: yes/no}
calendars:
  office: {days: mon-fri, hours: "09:00-18:00", zone: Europe/Riga}
  shift: {days: mon-sat, hours: "07:00-22:00", zone: Europe/Riga}
departments:
  sales: {title: {en: Sales, lv: Pārdošana}}
roles:
  clerk: {department: sales, people: 3}
  picker: {department: sales, people: 3, calendar: shift}
"""

#: Steps, and further heads such as `on_cancel`, to what check says of them.
CheckSteps = Callable[..., Checked]


@pytest.fixture
def checked() -> CheckSteps:
    """Check a process of these steps; without errors of form or name."""

    def check(steps: str, heads: str = "") -> Checked:
        text = f"{HEAD}{heads}\nsteps:\n{indent(steps.strip(chr(10)), '  ')}\n"
        found = check_text(text, "test.yaml")
        other = [problem for problem in found.problems if problem.code[:2] != "F4"]
        assert found.net is not None, other
        return found

    return check
