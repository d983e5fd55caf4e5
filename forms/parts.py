"""The parts an item is made of, named as in the national implementation list (实施清单)."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from forms.conditions import All, Condition
from forms.fields import Choice, Option
from forms.fields import Field as FormField
from forms.hashing import unsaid
from forms.tables import ResultType
from forms.text import Definition, Said, Text

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,49}$")]

STEP_COMMANDS = {
    "standard": frozenset(
        {
            "record_site_check",
            "recommend_grant",
            "recommend_refuse",
            "grant",
            "refuse",
            "send_back",
            "forward",
        }
    ),
    "order": frozenset(
        {"answer", "dispatch", "out_of_scope", "sign_for", "return_order", "reply", "record_callback"}
    ),
    "official": frozenset(
        {"inform_holder", "recommend_measure", "recommend_none", "send_back", "revoke", "strike_off", "leave"}
    ),
}


_SPANS = {
    "working_days": ("个工作日", "working days"),
    "calendar_days": ("日", "days"),
    "working_hours": ("个工作小时", "working hours"),
    "months": ("个月", "months"),
}


# Calendar days of one: five working days are a week, eight hours a working day, and exchange counts a month as thirty.
_ORDINARY = {"working_days": 7 / 5, "calendar_days": 1, "working_hours": 7 / 40, "months": 30}


class Limit(Definition):
    """A span of legal time. `verified` says that the basis was read in the text of the law."""

    n: int = Field(ge=0, le=366)
    unit: Literal["working_days", "calendar_days", "working_hours", "months"]
    basis: Said | None = None
    verified: bool = False
    note: Text | None = Field(default=None, exclude_if=unsaid)  # 时限说明, e.g. what is not counted

    @property
    def ordinary_days(self) -> float:
        """About how many calendar days that is, in a week without holidays: to compare limits, never to count one."""
        return self.n * _ORDINARY[self.unit]

    def longer_than(self, other: "Limit") -> bool:
        """Exact in the same unit; across units as an ordinary week has it, so that only a clear excess is one."""
        if self.unit == other.unit:
            return self.n > other.n
        return self.ordinary_days > other.ordinary_days

    @property
    def words(self) -> Text:
        zh, en = _SPANS[self.unit]
        return Text(zh=f"{self.n}{zh}", en=f"{self.n} {en}")


class Basis(Definition):
    law: Said
    article: Said
    text: Text
    verified: bool


class Reduction(Definition):
    """减免: what the applicant in this situation pays less, in per cent of the fee."""

    code: Slug
    name: Text
    when: Condition
    percent: int = Field(ge=1, le=100)
    basis: Said
    verified: bool = False


class Fee(Definition):
    """收费项目. Licence Law arts 58, 59: by law or administrative regulation, as published, or not at all.

    `due`: from acceptance on, or once the decision is to grant and before the licence is made. `pays_for`: the licence
    itself (工本费), which goes back where none is made, or handling the case, which is done once it is decided.
    `within`: how long there is to pay from the order on.
    """

    code: Slug
    name: Text
    amount: Decimal = Field(ge=0, decimal_places=2)  # yuan
    basis: Said
    verified: bool = False
    due: Literal["acceptance", "grant"] = "acceptance"
    pays_for: Literal["licence", "handling"] = "licence"
    within: Limit
    when: Condition | None = None
    reductions: tuple[Reduction, ...] = ()


LicenceType = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}[0-9]{3}$")]


class Material(Definition):
    """One paper. `form` is the code of 材料形式: 6 and 7 are fetched by the system, 9 is a PDF.

    `licence_type`: the e-licence (电子证照) that stands for it. `exchange`: the query of a base registry that answers it.
    """

    code: Slug
    name: Text
    need: Literal["required", "optional", "late"]
    form: int = Field(ge=1, le=9)
    source: Literal["applicant", "government", "intermediary"]
    trust: Literal["A", "B", "C", "D"] | None = None
    shared: bool = False
    standard: Text
    basis: str
    when: Condition | None = None
    group: Key | None = None
    max_mb: int = Field(default=10, ge=1, le=200)
    types: tuple[Literal["pdf", "jpg", "png"], ...] = ("pdf", "jpg", "png")
    sample: Text | None = None
    licence_type: LicenceType | None = Field(default=None, exclude_if=unsaid)
    exchange: str | None = Field(default=None, exclude_if=unsaid)
    copies: int | None = Field(default=None, ge=1, le=20, exclude_if=unsaid)  # 纸质材料份数
    paper: Literal["A3", "A4"] | None = Field(default=None, exclude_if=unsaid)  # 规格
    issuer: Text | None = Field(default=None, exclude_if=unsaid)  # 来源渠道说明: who draws it up
    advice: Text | None = Field(default=None, exclude_if=unsaid)  # 填报须知


class AnyOf(Definition):
    """Materials of which one is enough; they name the group in `Material.group`."""

    name: Key
    label: Text


class Section(Definition):
    """Fields under a heading. `when` hangs all of them on one condition, beside each one's own."""

    title: Text
    fields: tuple[FormField, ...] = Field(min_length=1)
    when: Condition | None = Field(default=None, exclude_if=unsaid)

    @model_validator(mode="after")
    def _hand_down(self) -> "Section":
        """Whoever reads a field then need not know its section. Doing it twice changes nothing."""
        if self.when is not None:
            under = tuple(f.model_copy(update={"when": _both(self.when, f.when)}) for f in self.fields)
            object.__setattr__(self, "fields", under)
        return self


def _both(first: Condition, then: Condition | None) -> Condition:
    if then is None or then == first or (isinstance(then, All) and then.parts[0] == first):
        return then or first
    return All.model_validate({"all": [first, then]})


class Situation(Definition):
    """A question put before the form, whose answer decides which materials are asked for (情形)."""

    id: Key
    question: Text
    options: tuple[Option, ...] = Field(min_length=2)
    help: Text | None = None

    def as_field(self) -> Choice:
        return Choice(kind="choice", name=self.id, label=self.question, help=self.help, options=self.options)


class Stop(Definition):
    """An answer with which this item is not needed: say at once where to go (Licence Law art. 32(1))."""

    when: Condition
    text: Text
    basis: Said


class Step(Definition):
    """One step between acceptance and service.

    `when`: only in these situations; what a case's situations are is settled when it is filed, so that nobody can
    answer a step away later. The last step, which decides, has none.
    """

    code: Key
    name: Text
    role: Literal["clerk", "reviewer", "director", "agent"]
    commands: tuple[str, ...] = Field(min_length=1)
    limit: Limit
    officers: int = Field(default=0, ge=0, le=9)
    department: str | None = None
    when: Condition | None = Field(default=None, exclude_if=unsaid)


class Procedure(Definition):
    """`forward_to`: the item of the upper level that decides, where this one only reviews first (转报)."""

    kind: Literal["standard", "order", "official"]
    steps: tuple[Step, ...] = Field(min_length=1)
    forward_to: Slug | None = Field(default=None, exclude_if=unsaid)

    def step(self, code: str) -> Step:
        return next(step for step in self.steps if step.code == code)


class Result(Definition):
    """What a grant issues.

    `number` says how its number is made: `serial` is prefix, category, region, six digits and a check digit;
    `credit_code` is a unified social credit code that begins with the prefix.
    """

    name: Text
    type: ResultType | None = Field(default=None, exclude_if=unsaid)  # 审批结果类型
    number: Literal["serial", "credit_code"] = "serial"
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,4}$")]
    category: Annotated[str, StringConstraints(pattern=r"^[0-9]?$")] = ""
    validity_years: int | None = Field(default=None, ge=1, le=50)
    template: Slug
    licence_type: LicenceType


class Promise(Definition):
    """告知承诺: a way beside the ordinary one. Who promises to meet the conditions is decided upon at once, and checked later.

    `check` counts from the decision, `rectification` from the order to put right; `follow_up` is each step after that.
    """

    help: Text
    statement: Text
    consequence: Text
    decision: Limit
    check: Limit
    rectification: Limit
    follow_up: Limit


class Gaps(Definition):
    """容缺受理: accepted although a late paper is missing. `limit` counts from acceptance; `otherwise` is what silence leads to."""

    limit: Limit
    otherwise: Literal["terminate", "refuse"]


class RenewalWindow(Definition):
    """When a renewal (延续) may be applied for, counted back from the licence's last day, which is the end.

    Licence Law art. 50: thirty days before the end, unless the sector's law says otherwise. Art. 82 counts the limits
    of agencies in working days; this one is the holder's, so calendar days, the later of the two, unless an item says so.
    `late`: what becomes of an application after `closes`: it is declined with the reason, or handled as a new one.
    """

    opens: Limit | None = None
    closes: Limit = Limit(n=30, unit="calendar_days", basis="《行政许可法》第五十条第一款", verified=True)
    late: Literal["decline", "as_new"] = "decline"


class ActsOn(Definition):
    """业务办理项 of a licence that is there already: whose licences (`item`), and what is done to them (`as`)."""

    item: Slug
    as_: Literal["renewal", "change", "replacement", "cancellation", "revocation"] = Field(alias="as")
    window: RenewalWindow | None = None


class Contact(Definition):
    consult: Said
    complaint: Said
    address: Text
    hours: Text


class Remedies(Definition):
    """Printed on every adverse document: whom to ask for reconsideration, and which court to sue in."""

    reconsideration: Text
    court: Text
