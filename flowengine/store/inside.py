"""What stands inside a column of JSON, in SQL: fields, and the elements of lists.

SQLite gives a field in its own type, yes as 1 and no as 0. PostgreSQL is told by the
field's kind; what is of another kind there (of another version of a process) is
missing, never an error.
"""

from sqlalchemy import ColumnElement, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from flowengine.language.types import Kind

_TEXTS = frozenset({Kind.TEXT, Kind.COUNTRY, Kind.DATE, Kind.ONE_OF})
_RECORDS = frozenset({Kind.LIST, Kind.RECORD})


class FieldOf(FunctionElement[object]):
    """The field at a path of names; at the empty path what is there itself."""

    inherit_cache = False

    def __init__(
        self, inside: ColumnElement[object], path: tuple[str, ...], kind: Kind
    ) -> None:
        super().__init__(inside)
        self.inside = inside
        self.path = path
        self.kind = kind


class ElementsOf(FunctionElement[object]):
    """The elements of a list as the rows of a table with one column, `value`."""

    name = "elements"
    inherit_cache = False


@compiles(FieldOf)
def _field(element: FieldOf, compiler: SQLCompiler, **options: object) -> str:
    if not element.path:
        return str(compiler.process(element.inside, **options))
    found = "$" + "".join(f'."{name}"' for name in element.path)
    extracted = func.json_extract(element.inside, found)
    return str(compiler.process(extracted, **options))


@compiles(FieldOf, "postgresql")
def _typed_field(element: FieldOf, compiler: SQLCompiler, **options: object) -> str:
    # As a text: the dialect's type would load its drivers, at every start.
    inside = f"CAST({compiler.process(element.inside, **options)} AS JSONB)"
    # Names of fields are plain words: nothing in them ends a text or a list of names.
    path = "'{" + ",".join(element.path) + "}'"
    found, said = f"({inside} #> {path})", f"({inside} #>> {path})"
    if element.kind in _RECORDS:
        return found
    if element.kind in _TEXTS:
        return f'({said} COLLATE "C")'
    if element.kind is Kind.YES_NO:
        return f"(CASE {said} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)"
    # Only CASE keeps the order: what is no number must not be read as one.
    number = f"CAST({said} AS NUMERIC)"
    return f"(CASE jsonb_typeof({found}) WHEN 'number' THEN {number} END)"


@compiles(ElementsOf)
def _elements(element: ElementsOf, compiler: SQLCompiler, **options: object) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(ElementsOf, "postgresql")
def _typed_elements(
    element: ElementsOf, compiler: SQLCompiler, **options: object
) -> str:
    found = compiler.process(element.clauses, **options)
    listed = f"CASE jsonb_typeof({found}) WHEN 'array' THEN {found} ELSE '[]' END"
    return f"jsonb_array_elements({listed})"
