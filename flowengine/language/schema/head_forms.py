"""The forms of what stands beside the steps, and of the whole file."""

from typing import Literal

from pydantic import Field

from flowengine.language.schema.form import (
    Count,
    Country,
    Currency,
    Form,
    Id,
    Label,
    Months,
    NotNegative,
    Text,
    Texts,
    Title,
    Value,
    Word,
)
from flowengine.language.schema.step_form import StepForm
from flowengine.language.schema.way_forms import Arrow, ElseForm, Missing, WhenForm


class CalendarForm(Form):
    """Working time."""

    days: Texts = Field(description="Days worked.", examples=["mon-fri"])
    hours: Texts = Field(
        description="Hours worked; a list for several spans.",
        examples=["09:00-18:00"],
    )
    zone: Text = Field(description="The time zone.", examples=["Europe/Riga"])
    holidays: Country | Missing = Field(
        None, description="The country whose holidays are free.", examples=["LV"]
    )
    transferred_days: Literal["yes", "no"] | bool | Missing = Field(
        None,
        description="Whether days that the state moves are moved here too; yes "
        "without it.",
        examples=["no"],
    )


class DepartmentForm(Form):
    """A department: a lane of the diagram."""

    title: Title | Missing = Field(
        None, description="What people read instead of the id.", examples=["Sales"]
    )
    about: Title | Missing = Field(
        None, description="What it does.", examples=["Takes orders."]
    )


class RoleForm(Form):
    """People who can do the same tasks."""

    department: Id = Field(description="Where they belong.", examples=["sales"])
    people: NotNegative | Missing = Field(
        None, description="How many they are; 1 without it.", examples=[3]
    )
    calendar: Id | Missing = Field(
        None,
        description="When they work; the head's calendar without it.",
        examples=["office"],
    )
    external: Literal["yes", "no"] | bool | Missing = Field(
        None,
        description="Whether they are another company's people: their time counts as "
        "awaited outside, and without a calendar they are always there.",
        examples=["yes"],
    )
    cost: Text | Missing = Field(
        None, description="What an hour costs.", examples=["15.10 EUR/h"]
    )
    season: dict[Months, NotNegative] | Missing = Field(
        None,
        description="Months with another number of people: one month or a span of "
        "them, by their first three letters.",
        examples=[{"nov-dec": 14, "jul": 5}],
    )
    title: Title | Missing = Field(
        None, description="What people read instead of the id.", examples=["Clerk"]
    )
    about: Title | Missing = Field(
        None, description="What they do.", examples=["Enters orders."]
    )


class MessageForm(Form):
    """A message from outside."""

    match: Text | Missing = Field(
        None,
        description="The field whose value finds the order; `number` without it.",
        examples=["order.number"],
    )
    sets: Texts | Missing = Field(
        None,
        description="The fields the message may set.",
        examples=[["order.credit"]],
    )


class OnCancelForm(Form):
    """What cancelling an order does: `next` or `choose` says where it goes."""

    next: Arrow | Missing = Field(
        None, description="Where the order goes.", examples=["put-back"]
    )
    choose: list[WhenForm | ElseForm] | Missing = Field(
        None,
        min_length=1,
        description="Branches with rules in place of `next`; the last is `else`.",
        examples=[[{"when": "order.paid", "next": "refund"}, {"else": "put-back"}]],
    )
    until: Id | Missing = Field(
        None,
        description="Once this step has begun, cancelling is refused.",
        examples=["dispatch"],
    )


class LatenessForm(Form):
    """What a late order costs; without it, no money is shown for time."""

    cost: Text | Missing = Field(
        None, description="For each day or part of one.", examples=["4 EUR/day"]
    )
    penalty: Text | Missing = Field(None, description="Once.", examples=["15 EUR"])


class ProcessForm(Form):
    """One file, one process: the map people look at, and what runs."""

    process: Id = Field(
        description="The id of the process.", examples=["order-to-delivery"]
    )
    version: Count = Field(
        description="Its version. One that orders have used is never changed: write "
        "the next.",
        examples=[1],
    )
    title: Title | Missing = Field(
        None,
        description="What people read instead of the id.",
        examples=[{"en": "Order to delivery", "lv": "No pasūtījuma līdz piegādei"}],
    )
    about: Title | Missing = Field(
        None,
        description="What the process is for.",
        examples=[
            {"en": "A standard order.", "lv": "Parasts pasūtījums."},
            "A standard order.",
        ],
    )
    for_: Word = Field(
        alias="for",
        description="The record of `data` that moves through the process.",
        examples=["order"],
    )
    number: Text = Field(
        description="The field by which people call one of them.",
        examples=["order.number"],
    )
    start: Id | Missing = Field(
        None,
        description="The first step. Needed only where an arrow leads to every step.",
        examples=["enter"],
    )
    calendar: Id | Missing = Field(
        None,
        description="The calendar where a step has no role with one.",
        examples=["office"],
    )
    promise: Text | Missing = Field(
        None,
        description="When the order should be done: a rule that gives a time, or a "
        "time from its opening.",
        examples=["within 2 business days of office"],
    )
    priority: Value | Missing = Field(
        None,
        description="A rule that gives a whole number; higher goes first.",
        examples=["order.priority"],
    )
    currency: Currency | Missing = Field(
        None,
        description="The currency of money that names no other; EUR without it.",
        examples=["EUR"],
    )
    lateness: LatenessForm | Missing = Field(
        None,
        description="What a late order costs.",
        examples=[{"cost": "4 EUR/day", "penalty": "15 EUR"}],
    )
    measure: dict[Label, Value] | Missing = Field(
        None,
        description="Columns by which reports can be split, each with its rule.",
        examples=[{"service": "order.service"}],
    )
    data: dict[Word, dict[Word, Text]] = Field(
        description="Records and the types of their fields: text, integer, number, "
        "yes/no, money, weight, length, volume, country, date, time, duration, "
        "`one of [a, b]`, `list of X`, a record; `optional` and `personal` before.",
        examples=[{"order": {"number": "text", "total": "money"}}],
    )
    calendars: dict[Id, CalendarForm] | Missing = Field(
        None,
        description="Working times.",
        examples=[
            {
                "office": {
                    "days": "mon-fri",
                    "hours": "09:00-18:00",
                    "zone": "Europe/Riga",
                }
            }
        ],
    )
    departments: dict[Id, DepartmentForm | None] | Missing = Field(
        None,
        description="Departments: the lanes of the diagram.",
        examples=[{"sales": {"title": {"en": "Sales", "lv": "Pārdošana"}}}],
    )
    roles: dict[Id, RoleForm] | Missing = Field(
        None,
        description="Roles: people who can do the same tasks.",
        examples=[{"clerk": {"department": "sales", "people": 3}}],
    )
    messages: dict[Label, MessageForm] | Missing = Field(
        None,
        description="Messages from outside: the field that finds their order, and the "
        "fields they may set.",
        examples=[{"payment-received": {"sets": ["order.credit"]}}],
    )
    on_cancel: OnCancelForm | Missing = Field(
        None,
        description="What cancelling an order does: until which step it is allowed, "
        "and where the order goes then.",
        examples=[{"until": "dispatch", "next": "put-back"}],
    )
    steps: dict[Id, StepForm] = Field(
        description="The steps. Their order in the file means nothing.",
        examples=[{"enter": {"role": "clerk", "next": "done"}}],
    )
