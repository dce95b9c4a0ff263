"""The reference page of the Python API, written from the engine's own docstrings.

`python -m flowengine.engine.reference` prints it as Markdown.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from enum import EnumMeta
from textwrap import dedent

import flowengine.engine
from flowengine.configuration import read_configuration
from flowengine.engine import Engine, Worker, database
from flowengine.engine.automations import AutomationCall, Done, Failed
from flowengine.engine.machines import Machines
from flowengine.engine.people import People
from flowengine.engine.repairs import Repairs
from flowengine.engine.upkeep import Upkeep

_INTRODUCTION = """\
# Python API

Generated from the docstrings: `python -m flowengine.engine.reference`. How it is used \
is shown in [Embedding the engine](../tutorial/embedding.md).

`from flowengine import Engine, create_database, AutomationCall, FlowError,
read_configuration`; all else named here comes from `flowengine.engine`. Everything is
typed (`py.typed`).

- **Time** is `Instant` and `Duration` of `flowengine.quantities`: integers of
  microseconds, an instant since 1970 in UTC.
- **Fields and answers** go in as people write them: `{"number": "A-1", "total":
  "450 EUR", "gift": True}`, by dotted path where they lie deeper. Data of a case come
  out in exact units: money in 1/10,000 of the currency unit, weight in mg, length in
  µm, volume in mm³, time in µs, numbers in millionths.
- **A task** is called `NUMBER/step`, with `#element` for one of a list, and `/visit`
  from the second visit on.
- **Who** acts is `by`. **A key** makes saying it again harmless: the first answer is
  given once more, with `repeated` set.
- **Threads** may share one engine, on SQLite as on PostgreSQL.
- **Errors** are one tree, `flowengine.errors`, shown at the end.
"""

#: The parts of an engine, by what they are called there.
_PARTS = (
    ("engine", Engine),
    ("engine.people", People),
    ("engine.machines", Machines),
    ("engine.repairs", Repairs),
    ("engine.upkeep", Upkeep),
)
#: Values and what else is met, beside those that `flowengine.engine` lists.
_MORE = (AutomationCall, Done, Failed)

Function = ast.FunctionDef


def reference() -> str:
    """The whole page."""
    lines = [_INTRODUCTION]
    for name, part in _PARTS:
        lines += _part(name, part)
    lines += ["## Databases", ""]
    for function in (database.create_database, database.upgrade_database):
        lines += _function(_definition(function), "", function.__doc__)
    lines += _function(
        _definition(read_configuration), "", inspect.getdoc(read_configuration)
    )
    lines += ["## Values", ""]
    for value in _values():
        lines += _value(value)
    errors = inspect.getdoc(sys.modules["flowengine.errors"]) or ""
    tree = "\n".join(line for line in errors.splitlines() if re.match(r" {4}", line))
    lines += ["## Errors", "", f"```text\n{dedent(tree)}\n```", ""]
    return "\n".join(lines)


def _values() -> list[type]:
    listed = [getattr(flowengine.engine, name) for name in flowengine.engine.__all__]
    found = [each for each in listed if inspect.isclass(each) and each is not Engine]
    return sorted((*found, *_MORE), key=lambda each: each.__name__)


def _part(name: str, part: type) -> Iterator[str]:
    yield from (f"## {name}", "", *_text(part.__doc__), "")
    for item in _class(part).body:
        if isinstance(item, Function) and item.name == "__init__":
            if part is Engine:
                yield from _function(item, "", ast.get_docstring(item), "Engine")
        elif (
            isinstance(item, Function)
            and not item.name.startswith("_")
            and not item.decorator_list  # the parts have their own sections
        ):
            yield from _function(item, f"{name}.", ast.get_docstring(item))


def _function(
    item: Function, before: str, doc: str | None, name: str | None = None
) -> Iterator[str]:
    gives = "" if item.returns is None or name else f" -> {ast.unparse(item.returns)}"
    called = f"{before}{name or item.name}({_parameters(item)}){gives}"
    yield from (f"### {before}{name or item.name}", "", f"```python\n{called}\n```", "")
    yield from (*_text(inspect.cleandoc(doc or "")), "")


def _parameters(item: Function) -> str:
    said = re.sub(r"^self(, )?", "", ast.unparse(item.args))
    # Names of empty mappings, which mean nothing to a reader.
    return re.sub(r"=_NO_\w+", "={}", said)


def _value(value: type) -> Iterator[str]:
    yield from (f"### {value.__name__}", "", *_text(value.__doc__), "")
    if isinstance(value, EnumMeta):
        yield from (f"- `{name}`" for name in value.__members__)
        yield ""
        return
    if value is Worker:
        for item in _class(value).body:
            if isinstance(item, Function) and not item.name.startswith("_"):
                doc = " ".join((ast.get_docstring(item) or "").split())
                yield f"- `{item.name}()`: {doc}"
        yield ""
        return
    source = dedent(inspect.getsource(value)).splitlines()
    for item in _class(value).body:
        if isinstance(item, ast.AnnAssign):
            told = _comment(source, item.lineno)
            yield f"- `{ast.unparse(item)}`{f': {told}' if told else ''}"
        elif isinstance(item, Function) and not item.name.startswith("_"):
            gives = "" if item.returns is None else f": {ast.unparse(item.returns)}"
            yield f"- `{item.name}{gives}`: {ast.get_docstring(item)}"
    yield ""


def _comment(source: Sequence[str], line: int) -> str:
    """What stands behind `#:` right above a line, counted from 1."""
    told: list[str] = []
    for text in reversed(source[: line - 1]):
        found = re.match(r"\s*#: ?(.*)", text)
        if found is None:
            break
        told.insert(0, found[1])
    return " ".join(told)


def _text(doc: str | None) -> list[str]:
    """A docstring as Markdown: what it raises as a list, examples in a fence."""
    lines = inspect.cleandoc(doc or "").splitlines()
    if "Raises:" not in lines:
        return lines
    place = lines.index("Raises:")
    raised: list[str] = []
    for line in lines[place + 1 :]:
        name, _, said = line.strip().partition(": ")
        if line.startswith("    ") and not line.startswith("     ") and said:
            raised.append(f"- raises `{name}`: {said}")
        elif raised:
            raised[-1] += f" {line.strip()}"
    return [*lines[:place], *raised]


def _class(value: type) -> ast.ClassDef:
    found = ast.parse(dedent(inspect.getsource(value))).body[0]
    if not isinstance(found, ast.ClassDef):
        raise TypeError(f"Expected a class, but got {found!r}.")
    return found


def _definition(function: object) -> Function:
    if not inspect.isfunction(function):
        raise TypeError(f"Expected a function, but got {function!r}.")
    found = ast.parse(dedent(inspect.getsource(function))).body[0]
    if not isinstance(found, Function):
        raise TypeError(f"Expected a function, but got {found!r}.")
    return found


if __name__ == "__main__":
    print(reference(), end="")  # noqa: T201 - it is what the module is run for
