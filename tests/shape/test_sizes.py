"""A module and a function stay small enough to be read at once."""

from tests.shape.sources import functions_of, python_files, text_of

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


def test_no_module_is_longer_than_400_lines() -> None:
    sizes = {name: text_of(name).count("\n") for name in python_files()}

    assert [name for name, size in sizes.items() if size > LONGEST_MODULE] == []


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{name}:{function.lineno} {function.name}"
        for name in python_files()
        for function in functions_of(name)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]

    assert long == []
