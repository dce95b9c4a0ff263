"""The forms of a step and of its arrows."""

from typing import Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from flowengine.language.schema.form import Count, Form, Id, Label, Text, Title

Missing = SkipJsonSchema[None]
Targets = Id | list[Id]

_NEXT = (
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

    next: Targets = Field(description=_NEXT, examples=["pack"])


Arrow = Targets | ArrowForm


class WhenForm(BoundForm):
    """A branch of `choose` with its rule."""

    when: Text = Field(
        description="The rule of this branch. Branches are tried from the top; the "
        "first that holds is taken.",
        examples=["order.total > 500 EUR"],
    )
    next: Targets = Field(description=_NEXT, examples=["pack"])


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


class StepForm(Form):
    """A step: one box of the diagram.

    It has one of `role`, `wait` and `end`; without any it decides or splits.
    """

    role: Id | Missing = Field(
        None,
        description="Makes the step a task for people of this role.",
        examples=["picker"],
    )
    wait: dict[Label, Arrow] | Text | Missing = Field(
        None,
        description="Makes the step a wait: for messages, each with where it leads; "
        "for a time (`2h`); or `until` a rule that gives a time.",
        examples=[{"payment-received": "pick"}],
    )
    end: Label | Missing = Field(
        None,
        description="Makes the step an end: `success`, `failure`, or its own name.",
        examples=["success"],
    )
    next: Arrow | Missing = Field(None, description=_NEXT, examples=["pack"])
    choose: list[WhenForm | ElseForm] | Missing = Field(
        None,
        min_length=1,
        description="Branches with rules; the first that holds is taken, the last is "
        "`else`.",
        examples=[[{"when": "order.total > 500 EUR", "next": "check"}]],
    )
    outcomes: dict[Label, Arrow] | Missing = Field(
        None,
        description="What people may report when the task is done, and where each "
        "leads.",
        examples=[{"ok": "pack", "short": "count-again"}],
    )
    timeout: TimeoutForm | Missing = Field(
        None,
        description="How long the step may take, and where the order goes then; the "
        "task is withdrawn.",
        examples=[{"after": "3 days", "next": "remind"}],
    )
    work: Text | Missing = Field(
        None,
        description="How long hands need: one time, or shortest to longest with the "
        "most frequent; `per` counts it for each element of a list.",
        examples=["30s to 3m mostly 70s per order.lines"],
    )
    sla: Text | Missing = Field(
        None,
        description="How long the step should take at most, waiting included, in the "
        "working time of its role.",
        examples=["4h"],
    )
    asks: Text | list[Text] | Missing = Field(
        None,
        description="Fields that whoever completes the task must fill in.",
        examples=[["order.credit"]],
    )
    skip_when: Text | Missing = Field(
        None,
        description="The rule under which nobody needs to do this task.",
        examples=["order.total <= 500 EUR"],
    )
    skip_as: Label | Missing = Field(
        None,
        description="The outcome that a skipped task counts as.",
        examples=["ok"],
    )
    join: Literal["all"] | Missing = Field(
        None,
        description="`all`: the step waits for every arrow that leads to it.",
        examples=["all"],
    )
    department: Id | Missing = Field(
        None,
        description="The department, where no role says it. Without it, that of the "
        "nearest step before.",
        examples=["transport"],
    )
    title: Title | Missing = Field(
        None,
        description="What people read instead of the id.",
        examples=[{"en": "Check credit", "lv": "Pārbaudīt kredītu"}],
    )
    about: Text | Missing = Field(
        None, description="What is done here.", examples=["Weigh each box."]
    )
    public_status: Label | Missing = Field(
        None,
        description="What customers are told from this step on.",
        examples=["handed_over"],
    )
