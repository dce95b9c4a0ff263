"""Three weeks of a small company, played through the engine on a virtual clock.

`run_demo(directory, seed=…, progress=…)` opens the 400 orders of `orders.csv`, lets
virtual staff work them (shifts, a public holiday, people who pick up late), and the
world answer (payments, goods, carriers, returns), all by the engine's own commands.
The middle week is busy and there are too few people at the credit desk: the report
must find exactly that.

- `run` puts it together; `play` is the loop, `agenda` its clock.
- `people`, `floor`: the staff, and what lies before them.
- `habits`, `outside`, `fates`, `returns`: what is drawn, and how often.
- `reference` finds the reference processes, which travel in the wheel.
- `make_orders` wrote `orders.csv`.
"""

from flowengine.demo.reference import REFERENCE_PROCESSES, reference_text
from flowengine.demo.run import DATABASE, DemoResult, Played, demo_orders, run_demo

__all__ = [
    "DATABASE",
    "REFERENCE_PROCESSES",
    "DemoResult",
    "Played",
    "demo_orders",
    "reference_text",
    "run_demo",
]
