"""The JSON Schema of a process file, so that editors complete and explain as one types.

It says the form, key by key, each with a description and an example. What only the
reader knows (names, rules, which keys go together) is not in it, so a file can fit the
schema and still have problems.
"""

from flowengine.language.schema.heads import (
    company_keys,
    identity_keys,
    rule_keys,
    title_part,
)
from flowengine.language.schema.part import ID, Part, group, key, named, reference
from flowengine.language.schema.steps import arrow_parts, step_part

__all__ = ["process_schema"]


def process_schema() -> dict[str, object]:
    """The schema (draft 2020-12) of every key that this version runs."""
    steps = key(
        "The steps, each a box of the diagram. The order of the file means nothing.",
        {"enter": {"role": "clerk", "next": "pick"}, "pick": {"end": "success"}},
        named(ID, reference("step")),
    )
    keys: dict[str, Part] = {
        **identity_keys(),
        **rule_keys(),
        **company_keys(),
        "steps": steps,
    }
    required = ("process", "version", "for", "number", "data", "steps")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A process of flowengine",
        "description": "One file, one process: the map people look at, and what runs.",
        **group(keys, *required),
        "$defs": {"title": title_part(), "step": step_part(), **arrow_parts()},
    }
