"""Values as JSON text, as columns hold them, and back."""

from typing import cast

import orjson


def to_json(value: object) -> str:
    """A value as compact JSON text."""
    return orjson.dumps(value).decode()


def from_json(text: str) -> object:
    """A value from JSON text."""
    return cast("object", orjson.loads(text))
