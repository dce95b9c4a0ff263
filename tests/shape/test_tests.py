"""Tests can fail: each asserts, none replaces what it tests, none looks elsewhere."""

import ast
import re

from tests.shape.sources import Function, functions_of, python_files, tree_of

#: Each of these could fail a test on its own.
EXPECTATIONS = {"raises", "warns", "fail"}


def test_every_test_asserts_something() -> None:
    silent = [
        f"{name}:{function.lineno} {function.name}"
        for name in _test_files()
        for function in functions_of(name)
        if function.name.startswith(("test_", "law_"))
        and not _can_fail(function, _asserting_helpers(name))
    ]

    assert silent == []


def test_no_test_uses_mocks() -> None:
    mocked = [
        name
        for name in python_files("tests")
        for item in ast.walk(tree_of(name))
        if isinstance(item, ast.ImportFrom | ast.Import) and "mock" in ast.unparse(item)
    ]

    assert mocked == []


def test_the_name_of_a_test_is_the_rule_in_words() -> None:
    short = [
        f"{name} {function.name}"
        for name in _test_files()
        for function in functions_of(name)
        if function.name.startswith("test_")
        and len(re.findall(r"[a-z0-9]+", function.name)) < 4
    ]

    assert short == []


def _test_files() -> list[str]:
    return [
        name
        for name in python_files("tests")
        if name.rsplit("/", 1)[-1].startswith("test_")
    ]


def _asserting_helpers(name: str) -> set[str]:
    """Functions of a test file that assert for the tests which call them."""
    helpers = {
        function.name
        for function in functions_of(name)
        if any(isinstance(item, ast.Assert) for item in ast.walk(function))
    }
    imported = {
        alias.name
        for item in ast.walk(tree_of(name))
        if isinstance(item, ast.ImportFrom)
        for alias in item.names
        if alias.name.startswith("assert_")
    }
    return helpers | imported


def _can_fail(function: Function, helpers: set[str]) -> bool:
    return any(
        isinstance(item, ast.Assert)
        or (isinstance(item, ast.Call) and _name(item.func) in EXPECTATIONS | helpers)
        for item in ast.walk(function)
    )


def _name(called: ast.expr) -> str:
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
