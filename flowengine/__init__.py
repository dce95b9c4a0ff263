"""The written diagram that runs.

A process owner writes one YAML file. It is checked (`language`, `net`), it moves every
order (`kernel`, `store`, `engine`), and what happened (`eventlog`, `analysis`) is drawn
on it (`diagram`). Four immutable values go between these packages: `Process` is what
somebody wrote, `Net` what should happen, `Case` what is happening to one order, and
`EventLog` what happened.

A program that runs orders uses `flowengine.engine.Engine`; people use `flowengine.cli`.
"""

__version__ = "0.2.0"
