"""Every command explains itself, and the generated pages are up to date."""

import json
import re

import click

from flowengine.cli.program import program
from flowengine.cli.reference import reference
from flowengine.engine.reference import reference as api_reference
from flowengine.language.schema import process_schema
from tests.shape.sources import text_of

COMMANDS = dict[str, click.Command]
#: Of a section what shows only names: signatures, fields, the next heading.
_WITHOUT_WORDS = re.compile(r"```python.*?```|^- `[^\n]*$|^## [^\n]*$", re.M | re.S)


def test_every_command_and_option_has_help() -> None:
    silent = [
        f"{path} {parameter.name}"
        for path, command in _commands(program).items()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not _explains(parameter)
    ]
    silent += [path for path, command in _commands(program).items() if not command.help]

    assert silent == []


def test_the_command_reference_is_what_the_commands_say() -> None:
    page = text_of("docs/reference/cli.md")
    is_old = page != reference()

    assert not is_old, "Expected docs/reference/cli.md as of now: run `make reference`."
    assert [path for path in _commands(program) if f" {path}\n" not in page] == []


def test_the_reference_of_the_python_api_is_what_the_docstrings_say() -> None:
    page = text_of("docs/reference/api.md")
    is_old = page != api_reference()

    assert not is_old, "Expected docs/reference/api.md as of now: run `make reference`."


def test_every_method_of_the_python_api_is_explained() -> None:
    sections = re.split(r"^### (.+)$", api_reference(), flags=re.M)[1:]

    silent = [
        name
        for name, text in zip(sections[::2], sections[1::2], strict=True)
        if not _WITHOUT_WORDS.sub("", text).strip()
    ]

    assert silent == []


def test_the_json_schema_is_what_the_language_reads() -> None:
    written = json.loads(text_of("docs/schema/process.schema.json"))
    is_old = written != process_schema()

    assert not is_old, "Expected docs/schema as of now: run `make reference`."


def _explains(option: click.Option) -> bool:
    """A limit with its default says enough."""
    return bool(option.help) or bool(option.show_default)


def _commands(group: click.Group, before: str = "flowengine") -> COMMANDS:
    """All commands by how they are called."""
    context = click.Context(group)
    found: COMMANDS = {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        path = f"{before} {name}"
        found[path] = command
        if isinstance(command, click.Group):
            found |= _commands(command, path)
    return found
