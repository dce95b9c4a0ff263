"""The form of a step."""

from typing import Annotated, Literal

from pydantic import Field

from flowengine.language.reader.statuses import BUSINESS_STEPS, PUBLIC_STATUSES
from flowengine.language.schema.form import (
    FieldPath,
    Form,
    Id,
    Label,
    Text,
    Texts,
    Title,
    Value,
    Word,
)
from flowengine.language.schema.part_forms import BatchForm, EscalationForm, GateForm
from flowengine.language.schema.way_forms import (
    NEXT,
    Arrow,
    ElseForm,
    Missing,
    TimeoutForm,
    WhenForm,
)

Status = Annotated[str, Field(json_schema_extra={"enum": list(PUBLIC_STATUSES)})]
BusinessStep = Annotated[str, Field(json_schema_extra={"enum": list(BUSINESS_STEPS)})]


class StepForm(Form):
    """A step: one box of the diagram.

    It has one of `role`, `do`, `wait`, `call`, `gate` and `end`; without any it
    decides, splits or joins.
    """

    role: Id | Missing = Field(
        None,
        description="Makes the step a task for people of this role.",
        examples=["picker"],
    )
    do: Text | Missing = Field(
        None,
        description="Makes the step an automation: `stock.VERB LIST`, `ship.VERB`, "
        "`notify WHO`, `http METHOD ADDRESS` or `python NAME`.",
        examples=["stock.reserve order.lines"],
    )
    wait: dict[Label, Arrow] | Text | Missing = Field(
        None,
        description="Makes the step a wait: for messages, each with where it leads; "
        "for a time (`2h`); or `until` a rule that gives a time.",
        examples=[{"payment-received": "pick"}],
    )
    call: Text | Missing = Field(
        None,
        description="Makes the step a call of another process, pinned to its version.",
        examples=["credit-check@2"],
    )
    gives: dict[Word, Value] | Missing = Field(
        None,
        description="`call`: fields of the called process, each with the rule that "
        "gives it.",
        examples=[{"number": "order.number"}],
    )
    takes: dict[FieldPath, FieldPath] | Missing = Field(
        None,
        description="`call`: fields that are set when the called process ends, each "
        "from a field of its result.",
        examples=[{"order.credit": "result.credit"}],
    )
    gate: GateForm | Missing = Field(
        None,
        description="Makes the step a release valve: orders wait until it is their "
        "turn.",
        examples=[{"limit": 60, "in": ["pick", "pack"], "cutoff": "14:00"}],
    )
    end: Label | Missing = Field(
        None,
        description="Makes the step an end: `success`, `failure`, or its own name.",
        examples=["success"],
    )
    next: Arrow | Missing = Field(None, description=NEXT, examples=["pack"])
    choose: list[WhenForm | ElseForm] | Missing = Field(
        None,
        min_length=1,
        description="Branches with rules; the first that holds is taken, the last is "
        "`else`.",
        examples=[[{"when": "order.total > 500 EUR", "next": "check"}]],
    )
    choose_all: list[WhenForm | ElseForm] | Missing = Field(
        None,
        min_length=1,
        description="Branches with rules; every one that holds is taken, `else` if "
        "none does. They meet in a step with `join: opened`.",
        examples=[[{"when": "order.fragile", "next": "pad"}, {"else": "pack"}]],
    )
    outcomes: dict[Label, Arrow] | Missing = Field(
        None,
        description="What people, an automation or a called process may report, and "
        "where each leads.",
        examples=[{"ok": "pack", "short": "count-again"}],
    )
    timeout: TimeoutForm | Missing = Field(
        None,
        description="How long the step may take, and where the order goes then; what "
        "was open is withdrawn.",
        examples=[{"after": "3 days", "next": "remind"}],
    )
    each: Text | Missing = Field(
        None,
        description="One task or one called case per element of a list, all of them "
        "or those `where` a rule holds. Its name is known in `asks`, "
        "`gives`, `takes` and `stock`.",
        examples=["parcel in order.parcels"],
    )
    batch: BatchForm | Missing = Field(
        None,
        description="Tasks of several orders that are claimed together.",
        examples=[{"up_to": 12, "by": ["order.zone"]}],
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
    escalate: EscalationForm | list[EscalationForm] | Missing = Field(
        None,
        description="Whom to tell once a share of the SLA is used up.",
        examples=[[{"at": "80%", "notify": "lead"}]],
    )
    asks: Texts | Missing = Field(
        None,
        description="Fields that whoever completes the task must fill in.",
        examples=[["order.credit"]],
    )
    set_: dict[FieldPath, Value] | Missing = Field(
        None,
        alias="set",
        description="Fields set as the step ends, each by a rule.",
        examples=[{"order.priority": 90}],
    )
    stock: Text | Missing = Field(
        None,
        description="What happens with goods as the step ends: `VERB LIST [from "
        "PLACE] [to PLACE]`. The verbs are receive, move, reserve, "
        "release, pick, pack, ship, return, restock, scrap, adjust and "
        "transform.",
        examples=["pick order.lines"],
    )
    undo: Text | Missing = Field(
        None,
        description="What reverses `do` or `stock` when the order is cancelled "
        "after this step: `stock.VERB LIST` or `ship.VERB`.",
        examples=["stock.release order.lines"],
    )
    cost: Text | Missing = Field(
        None,
        description="What the step costs beside hands; `per` counts it for each "
        "element of a list.",
        examples=["0.85 EUR per order.parcels"],
    )
    scan: Label | list[Label] | Missing = Field(
        None,
        description="What is scanned here, in this order.",
        examples=[["sku", "location"]],
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
    not_same_person_as: Id | Missing = Field(
        None,
        description="A step whose last doer may not do this one.",
        examples=["enter"],
    )
    join: Literal["all", "opened"] | Missing = Field(
        None,
        description="`all`: the step waits for every arrow that leads to it; `opened`: "
        "for every branch that its `choose_all` opened.",
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
    about: Title | Missing = Field(
        None,
        description="What is done here.",
        examples=[
            {"en": "Weigh each box.", "lv": "Nosvērt katru kasti."},
            "Weigh each box.",
        ],
    )
    public_status: Status | Missing = Field(
        None,
        description="What customers are told from this step on.",
        examples=["handed_over"],
    )
    epcis: BusinessStep | Missing = Field(
        None,
        description="The business step that EPCIS events of this step name.",
        examples=["shipping"],
    )
