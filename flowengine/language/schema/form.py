"""What all forms share: names, texts, and how a form becomes JSON Schema."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

#: Processes, steps, roles, departments and calendars.
Id = Annotated[str, Field(pattern="^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")]
#: Outcomes, messages, ends, statuses and columns.
Label = Annotated[str, Field(pattern="^[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$")]
#: Records and fields, which stand in rules.
Word = Annotated[str, Field(pattern="^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]
#: A rule that YAML may take for a number or for yes or no.
Value = str | float | bool
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Count = Annotated[int, Field(ge=1)]


NotNegative = Annotated[int, Field(ge=0)]
#: A text, or a list of them.
Texts = Text | list[Text]
#: A field from the start: of the order, of an element, of a result.
FieldPath = Annotated[
    str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$")
]
#: A month or a span of them.
Months = Annotated[str, Field(pattern="^[A-Za-z]{3}( *- *[A-Za-z]{3})?$")]
Percent = Annotated[str, Field(pattern="^[0-9]{1,3} *%$")]


class Form(BaseModel):
    """A map with a fixed set of keys; others are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TitleForm(Form):
    """A text for people, in both languages."""

    en: Text = Field("", description="In English.", examples=["Sales"])
    lv: Text = Field("", description="In Latvian.", examples=["Pārdošana"])


Title = Text | TitleForm


class FormSchema(GenerateJsonSchema):
    """JSON Schema without what only Python needs: defaults and made-up titles."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The schema of the value alone."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:
        """Keys have no title: the key is one."""
        return False

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Names that do not fit their pattern are refused."""
        return {**super().dict_schema(schema), "additionalProperties": False}
