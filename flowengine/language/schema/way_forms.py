"""The forms of arrows: where a step leads."""

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from flowengine.language.schema.form import Count, Form, Id, Text

Missing = SkipJsonSchema[None]
Targets = Id | list[Id]

#: What `next` means wherever it stands.
NEXT = (
    "Where the order goes: a step, or a list of steps that all start at once. "
    "`cancel` cancels the order."
)


class BoundForm(Form):
    """A way that an order may take only so often."""

    at_most: Count | Missing = Field(
        None,
        description="How often an order may take this way. Needs `then`.",
        examples=[2],
    )
    then: Id | Missing = Field(
        None,
        description="Where the order goes once `at_most` is used up.",
        examples=["call-customer"],
    )


class ArrowForm(BoundForm):
    """The long form of an arrow."""

    next: Targets = Field(description=NEXT, examples=["pack"])


Arrow = Targets | ArrowForm


class WhenForm(BoundForm):
    """A branch of `choose` with its rule."""

    when: Text = Field(
        description="The rule of this branch. Branches are tried from the top; the "
        "first that holds is taken.",
        examples=["order.total > 500 EUR"],
    )
    next: Targets = Field(description=NEXT, examples=["pack"])


class ElseForm(BoundForm):
    """The last branch of `choose`."""

    else_: Targets = Field(
        alias="else",
        description="Where the order goes when no other branch holds.",
        examples=["pick"],
    )


class TimeoutForm(ArrowForm):
    """How long a step may take, and what happens then."""

    after: Text = Field(
        description="Elapsed time, or business days.", examples=["3 business days"]
    )
