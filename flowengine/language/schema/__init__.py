"""The JSON Schema of a process file, so that editors complete and explain as one types.

The forms say each key with a description and an example. What only the reader knows
(names, rules, which keys go together) is not in them, so a file can fit the schema and
still have problems. The reader itself does not use them: it needs lines and columns,
and reads a file in less time than pydantic needs to be imported.
"""

from flowengine.language.schema.form import FormSchema
from flowengine.language.schema.head_forms import ProcessForm

__all__ = ["process_schema"]


def process_schema() -> dict[str, object]:
    """The schema (draft 2020-12) of every key."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ProcessForm.model_json_schema(schema_generator=FormSchema),
    }
