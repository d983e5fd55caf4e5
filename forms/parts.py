"""The parts an item is made of, named as in the national implementation list (实施清单)."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from forms.conditions import Condition
from forms.fields import Choice, Option
from forms.fields import Field as FormField
from forms.text import Definition, Said, Text

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,49}$")]

STEP_COMMANDS = {
    "standard": frozenset(
        {"record_site_check", "recommend_grant", "recommend_refuse", "grant", "refuse", "send_back"}
    ),
    "order": frozenset(
        {"answer", "dispatch", "out_of_scope", "sign_for", "return_order", "reply", "record_callback"}
    ),
    "official": frozenset(
        {"inform_holder", "recommend_measure", "recommend_none", "send_back", "revoke", "strike_off", "leave"}
    ),
}


class Limit(Definition):
    """A span of legal time. `verified` says that the basis was read in the text of the law."""

    n: int = Field(ge=0, le=366)
    unit: Literal["working_days", "calendar_days", "working_hours", "months"]
    basis: Said | None = None
    verified: bool = False


class Basis(Definition):
    law: Said
    article: Said
    text: Text
    verified: bool


class Fee(Definition):
    name: Text
    amount: Decimal = Field(ge=0)
    basis: Said


class Material(Definition):
    """One paper. `form` is the code of 材料形式: 6 and 7 are fetched by the system, 9 is a PDF."""

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


class AnyOf(Definition):
    """Materials of which one is enough; they name the group in `Material.group`."""

    name: Key
    label: Text


class Section(Definition):
    title: Text
    fields: tuple[FormField, ...] = Field(min_length=1)


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
    code: Key
    name: Text
    role: Literal["clerk", "reviewer", "director", "agent"]
    commands: tuple[str, ...] = Field(min_length=1)
    limit: Limit
    officers: int = Field(default=0, ge=0, le=9)
    department: str | None = None


class Procedure(Definition):
    kind: Literal["standard", "order", "official"]
    steps: tuple[Step, ...] = Field(min_length=1)

    def step(self, code: str) -> Step:
        return next(step for step in self.steps if step.code == code)


class Result(Definition):
    """What a grant issues.

    `number` says how its number is made: `serial` is prefix, category, region, six digits and a check digit;
    `credit_code` is a unified social credit code that begins with the prefix.
    """

    name: Text
    number: Literal["serial", "credit_code"] = "serial"
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,4}$")]
    category: Annotated[str, StringConstraints(pattern=r"^[0-9]?$")] = ""
    validity_years: int | None = Field(default=None, ge=1, le=50)
    template: Slug
    licence_type: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}[0-9]{3}$")]


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
