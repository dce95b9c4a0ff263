"""The reference page of the command line, written from the commands themselves.

`python -m flowengine.cli.reference` prints it as Markdown.
"""

from collections.abc import Iterator

import click

from flowengine.cli.program import program

_INTRODUCTION = """\
# Command line

Generated from the commands themselves: `python -m flowengine.cli.reference`.

`flowengine NOUN VERB`. Results go to stdout, everything else to stderr. `--json`
prints JSON; `-` is stdin or stdout. `NO_COLOR` is respected.

| setting | option | variable | default |
|---|---|---|---|
| database | `--db` | `FLOWENGINE_DB` | `flowengine.db` |
| language | `--lang` | `FLOWENGINE_LANG` | `en` |
| who acts | `--as` | `FLOWENGINE_USER` | |
| tracebacks | | `FLOWENGINE_DEBUG=1` | off |

| exit code | meaning |
|---|---|
| 0 | done, also when it had been done before |
| 1 | error, such as a database that cannot be used |
| 2 | wrong usage |
| 3 | not found |
| 4 | refused by a rule, or wrong input |
| 5 | somebody else was first |
| 6 | the process file has errors |
| 7 | workers do not keep up: `worker status` |
| 130 | interrupted |
"""


def reference() -> str:
    """The whole page."""
    with click.Context(program, info_name="flowengine") as context:
        return "\n".join([_INTRODUCTION, *_commands(program, context, 2)])


def _commands(group: click.Group, context: click.Context, level: int) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        with click.Context(command, info_name=name, parent=context) as inner:
            yield _section(command, inner, level)
            if isinstance(command, click.Group):
                yield from _commands(command, inner, level + 1)


def _section(command: click.Command, context: click.Context, level: int) -> str:
    usage = " ".join(command.collect_usage_pieces(context))
    parts = [f"{'#' * level} {context.command_path}", ""]
    if not isinstance(command, click.Group):
        parts += ["```", f"{context.command_path} {usage}", "```", ""]
    parts += [_paragraphs(command.help or ""), ""]
    options = [_option(each, context) for each in command.get_params(context)]
    shown = [row for row in options if row]
    if shown and not isinstance(command, click.Group):
        parts += ["| option | |", "|---|---|", *shown, ""]
    return "\n".join(parts)


def _paragraphs(text: str) -> str:
    """Help text with each paragraph in lines as they were written."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _option(parameter: click.Parameter, context: click.Context) -> str:
    record = parameter.get_help_record(context)
    if record is None or "--help" in parameter.opts:
        return ""
    names, text = (part.replace("|", "\\|") for part in record)
    return f"| `{names}` | {text} |"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
