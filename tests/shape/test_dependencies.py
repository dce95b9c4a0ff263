"""Every dependency is used, in the place the design gives it, and pinned."""

import ast
import re
import tomllib

from tests.shape.sources import python_files, text_of, tree_of

#: What a distribution is called in code, where the names differ.
IMPORTED_AS = {
    "font-roboto": "font_roboto",
    "pyyaml": "yaml",
    "uuid-utils": "uuid_utils",
}

#: Not imported by name: what reads them instead.
READ_BY = {"tzdata": "zoneinfo"}


def test_every_dependency_is_imported_by_the_package() -> None:
    imported = {
        module.split(".")[0]
        for name in python_files("flowengine")
        for item in ast.walk(tree_of(name))
        for module in _modules(item)
    }

    unused = [
        name
        for name in _dependencies()
        if READ_BY.get(name, IMPORTED_AS.get(name, name)) not in imported
    ]

    assert unused == []


def test_every_dependency_is_pinned() -> None:
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in text_of("constraints.txt").splitlines()
    }

    assert [name for name in _dependencies() if name not in pinned] == []


def _dependencies() -> list[str]:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    return [
        re.split(r"[^\w-]", dependency)[0].lower()
        for dependency in project["dependencies"]
    ]


def _modules(item: ast.AST) -> list[str]:
    match item:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module)):
            return [module]
        case ast.Call(func=called, args=[ast.Constant(value=str(module))]):
            return [module] if "import_module" in ast.unparse(called) else []
        case _:
            return []
