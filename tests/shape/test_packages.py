"""Packages: none empty, none in a circle, each with its page and its type marker."""

import ast
import re

import grimp
import networkx as nx

from tests.shape.sources import REPOSITORY, is_pure, python_files, tree_of

#: Names that say nothing about what a module holds.
NAMELESS = {"util", "utils", "helper", "helpers", "common", "manager", "base", "misc"}


def test_no_package_is_empty() -> None:
    modules = python_files("flowengine")
    empty = [
        name
        for name in modules
        if name.endswith("__init__.py")
        and not tree_of(name).body[1:]
        and not _holds_modules(name, modules)
    ]

    assert empty == []


def test_a_package_re_exports_what_it_is_for() -> None:
    silent = [
        name
        for name in python_files("flowengine")
        if re.fullmatch(r"flowengine/\w+/__init__\.py", name)
        and not tree_of(name).body[1:]
    ]

    assert silent == []


def test_every_module_opens_with_a_sentence_that_says_what_it_holds() -> None:
    silent = [
        name
        for name in python_files("flowengine", "benchmarks")
        if not ast.get_docstring(tree_of(name))
    ]

    assert silent == []


def test_every_package_lists_what_it_offers() -> None:
    unlisted = [
        name
        for name in python_files("flowengine")
        if name.endswith("__init__.py")
        and any(isinstance(item, ast.ImportFrom) for item in tree_of(name).body)
        and not _assigns_all(tree_of(name))
    ]

    assert unlisted == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    imports = grimp.build_graph("flowengine", cache_dir=None)
    graph: nx.DiGraph[str] = nx.DiGraph(
        (module, imported)
        for module in imports.modules
        for imported in imports.find_modules_directly_imported_by(module)
    )

    circles = [
        sorted(group)
        for group in nx.strongly_connected_components(graph)
        if len(group) > 1
    ]

    assert circles == []


def test_module_names_say_what_they_hold() -> None:
    nameless = [
        name
        for name in python_files()
        if set(name.removesuffix(".py").split("/")) & NAMELESS
    ]

    assert nameless == []


def test_the_package_says_that_it_is_typed() -> None:
    assert (REPOSITORY / "flowengine" / "py.typed").is_file()


def test_the_pure_core_reads_no_file_and_no_clock() -> None:
    impure = [
        f"{name}:{item.lineno} {ast.unparse(item.func)}"
        for name in python_files("flowengine")
        if is_pure(name) and not name.endswith("__main__.py")  # writes a table, by hand
        for item in ast.walk(tree_of(name))
        if isinstance(item, ast.Call) and _is_impure(item.func)
    ]

    assert impure == []


def _holds_modules(package: str, modules: tuple[str, ...]) -> bool:
    folder = package.removesuffix("__init__.py")
    return any(name.startswith(folder) and name != package for name in modules)


def _assigns_all(module: ast.Module) -> bool:
    return any(
        isinstance(target, ast.Name) and target.id == "__all__"
        for item in module.body
        if isinstance(item, ast.Assign)
        for target in item.targets
    )


def _is_impure(called: ast.expr) -> bool:
    match called:
        case ast.Name(id="open" | "print" | "input"):
            return True
        case ast.Attribute(attr="now" | "today" | "utcnow" | "write_text"):
            return True
        case ast.Attribute(value=ast.Name(id="time"), attr="time" | "monotonic"):
            return True
        case _:
            return False
