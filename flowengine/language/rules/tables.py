"""The parser of rules: built from `grammar.lark`, or read from tables made before.

Building takes longer than many a command runs, so the tables stand in `grammar.json`
beside the grammar. They are used only for the very grammar and the release of lark
that they were made from, so they can be slow to follow but never wrong. After a change
of the grammar, `make reference` makes them anew.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

_FOLDER: Traversable = files("flowengine.language.rules")


def build_parser() -> Lark:
    """The parser, from the grammar."""
    return Lark(
        _grammar(), parser="lalr", propagate_positions=True, maybe_placeholders=False
    )


def load_parser() -> Lark:
    """The parser, from its tables where they are of this grammar and this lark."""
    tables = json.loads(_stored())
    if tables["made_from"] != made_from():
        return build_parser()
    data = tables["data"]
    states = data["parser"]["parser"]["states"]
    data["parser"]["parser"]["states"] = _numbered(
        {number: _numbered(actions) for number, actions in states.items()}
    )
    data["parser"]["parser"]["tokens"] = _numbered(data["parser"]["parser"]["tokens"])
    return Lark.load({"data": data, "memo": _numbered(tables["memo"])})


def made_from() -> str:
    """What identifies the tables: the grammar's digest and lark's version."""
    return f"{sha256(_grammar().encode()).hexdigest()} {lark.__version__}"


def tables_text() -> str:
    """The tables for `grammar.json`: those that stand there, or new ones.

    lark numbers states by the addresses of its rules, differently in each run, so
    tables that fit are left as they are.
    """
    if json.loads(_stored())["made_from"] == made_from():
        return _stored()
    data, memo = build_parser().memo_serialize([TerminalDef, Rule])
    tables = {"made_from": made_from(), "data": data, "memo": memo}
    return json.dumps(tables, separators=(",", ":")) + "\n"


def _stored() -> str:
    return _FOLDER.joinpath("grammar.json").read_text("utf-8")


def _grammar() -> str:
    return _FOLDER.joinpath("grammar.lark").read_text("utf-8")


def _numbered(mapping: Mapping[str, object]) -> dict[int, object]:
    """Keys that JSON has made texts, as the numbers they were."""
    return {int(number): value for number, value in mapping.items()}
