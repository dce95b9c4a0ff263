"""The JSON Schema fits what the reader reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import jsonschema
import pytest
import yaml

from flowengine.language import new_process
from flowengine.language.reader.company import (
    CALENDAR_KEYS,
    DEPARTMENT_KEYS,
    ROLE_KEYS,
)
from flowengine.language.reader.heads import HEAD_KEYS
from flowengine.language.reader.step_form import STEP_KEYS
from flowengine.language.schema import process_schema

PROCESSES = sorted((Path(__file__).parents[2] / "processes").glob("*.yaml"))
Part = dict[str, object]


def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(process_schema())


def _groups(part: object) -> Iterator[Part]:
    """Every map of keys in the schema."""
    if isinstance(part, dict):
        if isinstance(part.get("properties"), dict):
            yield cast(Part, part["properties"])
        for inner in part.values():
            yield from _groups(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _groups(inner)


def test_the_schema_is_a_json_schema() -> None:
    schema = process_schema()

    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    "keys", [HEAD_KEYS, STEP_KEYS, ROLE_KEYS, CALENDAR_KEYS, DEPARTMENT_KEYS]
)
def test_the_schema_has_the_keys_that_the_reader_knows(keys: tuple[str, ...]) -> None:
    assert [group for group in _groups(process_schema()) if set(group) == set(keys)]


def test_every_key_has_a_description_and_an_example() -> None:
    for group in _groups(process_schema()):
        for name, part in group.items():
            assert isinstance(part, dict)
            assert part.get("description"), name
            assert part.get("examples"), name


@pytest.mark.parametrize("file", PROCESSES, ids=lambda file: file.stem)
def test_the_reference_processes_fit_the_schema(file: Path) -> None:
    written = yaml.safe_load(file.read_text("utf-8"))

    assert list(_validator().iter_errors(written)) == []


def test_a_new_process_fits_the_schema() -> None:
    assert list(_validator().iter_errors(yaml.safe_load(new_process("mine")))) == []


def test_an_unknown_key_does_not_fit_the_schema() -> None:
    written = yaml.safe_load(new_process("mine"))
    written["steps"]["pick"]["rolle"] = "picker"

    assert list(_validator().iter_errors(written))
