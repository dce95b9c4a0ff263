"""The JSON Schema fits what the reader reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import jsonschema
import pytest
import yaml

from flowengine.language import new_process
from flowengine.language.reader.arrows import (
    BRANCH_KEYS,
    ELSE_KEYS,
    LONG_FORM,
    TIMEOUT_KEYS,
)
from flowengine.language.reader.cancelling import ON_CANCEL_KEYS
from flowengine.language.reader.company import (
    CALENDAR_KEYS,
    DEPARTMENT_KEYS,
    ROLE_KEYS,
)
from flowengine.language.reader.elements import BATCH_KEYS
from flowengine.language.reader.heads import HEAD_KEYS, MESSAGE_KEYS
from flowengine.language.reader.money import LATENESS_KEYS
from flowengine.language.reader.step_form import STEP_KEYS
from flowengine.language.reader.values import TITLE_KEYS
from flowengine.language.reader.valves import ESCALATION_KEYS, GATE_KEYS
from flowengine.language.schema import process_schema

#: Every group of keys that the reader knows.
GROUPS = (
    HEAD_KEYS,
    TITLE_KEYS,
    LATENESS_KEYS,
    CALENDAR_KEYS,
    DEPARTMENT_KEYS,
    ROLE_KEYS,
    MESSAGE_KEYS,
    ON_CANCEL_KEYS,
    STEP_KEYS,
    LONG_FORM,
    BRANCH_KEYS,
    ELSE_KEYS,
    TIMEOUT_KEYS,
    GATE_KEYS,
    BATCH_KEYS,
    ESCALATION_KEYS,
)
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


def test_the_schema_has_the_keys_that_the_reader_knows_and_no_others() -> None:
    in_schema = {frozenset(group) for group in _groups(process_schema())}

    assert in_schema == {frozenset(keys) for keys in GROUPS}


def test_every_example_of_the_schema_fits_its_key() -> None:
    schema = process_schema()
    for group in _groups(schema):
        for name, part in group.items():
            of_key = {**cast(Part, part), "$defs": schema["$defs"]}
            validator = jsonschema.Draft202012Validator(of_key)
            for example in cast(list[object], of_key["examples"]):
                assert list(validator.iter_errors(example)) == [], name


def test_every_key_has_a_description_and_an_example() -> None:
    for group in _groups(process_schema()):
        for name, part in group.items():
            assert isinstance(part, dict)
            assert part.get("description"), name
            assert part.get("examples"), name


@pytest.mark.parametrize("file", PROCESSES, ids=lambda file: file.stem)
def test_the_reference_processes_fit_the_schema(file: Path) -> None:
    # As the reader reads: the pure parser takes `?` inside `{ }` for a key.
    written = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)

    assert list(_validator().iter_errors(written)) == []


def test_a_new_process_fits_the_schema() -> None:
    assert list(_validator().iter_errors(yaml.safe_load(new_process("mine")))) == []


def test_an_unknown_key_does_not_fit_the_schema() -> None:
    written = yaml.safe_load(new_process("mine"))
    written["steps"]["pick"]["rolle"] = "picker"

    assert list(_validator().iter_errors(written))
