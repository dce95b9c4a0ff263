"""The small pieces that the schema is written in."""

#: A part of a JSON Schema.
Part = dict[str, object]

ID = r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$"
LABEL = r"^[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$"
WORD = r"^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$"

TEXT: Part = {"type": "string", "minLength": 1}
#: What YAML may read as a number although it is text here.
VALUE: Part = {"type": ["string", "number", "boolean"]}
STEP_NAME: Part = {"type": "string", "pattern": ID}


def key(description: str, example: object, part: Part) -> Part:
    """The value of a key, explained, with an example an editor can offer."""
    return {"description": description, "examples": [example], **part}


def group(properties: dict[str, Part], *required: str) -> Part:
    """A map with exactly these keys."""
    part: Part = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        part["required"] = list(required)
    return part


def named(pattern: str, part: Part) -> Part:
    """A map whose keys are names of one's own."""
    return {
        "type": "object",
        "patternProperties": {pattern: part},
        "additionalProperties": False,
    }


def one_or_list(part: Part) -> Part:
    """A value, or a list of such values."""
    return {"anyOf": [part, {"type": "array", "items": part, "minItems": 1}]}


def reference(name: str) -> Part:
    """A part that stands under `$defs`."""
    return {"$ref": f"#/$defs/{name}"}
