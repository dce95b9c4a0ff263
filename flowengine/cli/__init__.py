"""The command line: `flowengine NOUN VERB`.

One module per noun; each is imported when its noun is used, and what a command needs
is imported inside the command, so that `flowengine task list` starts at once.

- `program` is the root: options for all commands, and the list of nouns.
- `exits` turns every error into one line and a stable exit code, in one place.
- `session` holds what all commands share: database, language, who acts.
- `output`, `words` and `timeline` say things: JSON, tables, next steps, histories.
- `fields` reads values given as arguments or JSON.
- `reference` writes the reference page from the commands themselves.

| exit code | meaning |
|---|---|
| 0 | done, also when it had been done before |
| 1 | error, such as a database that cannot be used |
| 2 | wrong usage |
| 3 | not found |
| 4 | refused by a rule, or wrong input |
| 5 | somebody else was first |
| 6 | the process file has errors |
| 130 | interrupted |
"""

__all__ = ["main"]


def main() -> None:
    """Run the command line with the arguments of this process."""
    from flowengine.cli.program import program

    program()
