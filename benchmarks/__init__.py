"""What is measured: `python -m benchmarks.NAME [--json] [--quick]`.

Each prints a table for people, or with `--json` one object on the last line. Nothing
here is part of the tests; results stand in RESULTS.md with command, machine and date.
"""
