"""The forms of what a step may hold that has keys of its own."""

from pydantic import Field

from flowengine.language.schema.form import Count, Form, Id, Percent, Text, Texts
from flowengine.language.schema.way_forms import Missing


class GateForm(Form):
    """A release valve."""

    limit: Count = Field(
        description="How many orders may be in the steps `in` at a time.",
        examples=[60],
    )
    in_: Id | list[Id] = Field(
        alias="in",
        description="The steps whose orders are counted; they lie behind the gate.",
        examples=[["pick", "pack"]],
    )
    cutoff: Text | Missing = Field(
        None,
        description="The time of day after which nothing is let through until the "
        "next day. Write it in quotes.",
        examples=["14:00"],
    )
    batch: Count | Missing = Field(
        None,
        description="How many wait before they are let through together.",
        examples=[12],
    )
    first: Texts | Missing = Field(
        None,
        description="Fields by which the next is chosen: numbers and money the largest "
        "first, all else the smallest; then who came first.",
        examples=[["order.priority", "order.promised_at"]],
    )


class BatchForm(Form):
    """Tasks that are claimed together."""

    up_to: Count = Field(ge=2, description="How many at most.", examples=[12])
    by: Texts | Missing = Field(
        None,
        description="Fields in which they are alike.",
        examples=[["order.zone"]],
    )


class EscalationForm(Form):
    """Whom to tell before a task is late."""

    at: Percent = Field(
        description="The share of the SLA that is used up.", examples=["80%"]
    )
    notify: Id = Field(description="A role or a department.", examples=["lead"])
