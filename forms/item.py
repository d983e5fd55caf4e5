"""A service item: everything about it is data, and a version of it never changes."""

import json
from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, TypedDict

from pydantic import Field, StringConstraints

from forms.conditions import applies
from forms.digest import sm3
from forms.fields import Field as FormField
from forms.fields import TextField
from forms.parts import (
    ActsOn,
    AnyOf,
    Basis,
    Contact,
    Fee,
    Gaps,
    Limit,
    Material,
    Procedure,
    Promise,
    Remedies,
    Result,
    Section,
    Situation,
    Slug,
    Stop,
)
from forms.pledges import signing_of, way_question
from forms.text import Definition, Text


class MissingMaterial(TypedDict):
    """What is still to be handed in; `material` is the code to link to."""

    material: str
    zh: str
    en: str


WHICH_LICENCE = TextField(
    kind="text",
    name="licence",
    label=Text(zh="证照编号", en="Number of the licence"),
    help=Text(zh="要办理的那张证照上的编号。", en="As printed on the licence that this is about."),
    max_length=40,
)
_LATER = (
    "promise",
    "gaps",
    "precheck",
    "assigned_by",
    "acts_on",
    "safety",
    "reminders",
    "delegable",
    "alone_from",
)


class Item(Definition):
    code: Slug
    catalog_code: str
    task_code: str
    handle_code: str
    version: int = Field(ge=1)
    effective: date
    name: Text
    short: Text
    kind: Literal[
        "licence", "confirmation", "service", "order", "official"
    ]  # official: 依职权, nobody applies
    listed: bool
    department: str
    department_name: Text
    district: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    audience: tuple[Literal["person", "organisation"], ...] = Field(min_length=1)
    case_type: Literal["instant", "promised"]
    statutory: Limit | None
    promised: Limit
    acceptance: Limit
    delivery: Limit
    correction: Limit
    conditions: tuple[Text, ...]
    fees: tuple[Fee, ...] = ()
    visits: int = Field(ge=0, le=9)
    visits_reason: Text | None = None
    depth: Literal["I", "II", "III", "IV"]
    situations: tuple[Situation, ...] = ()
    not_needed: tuple[Stop, ...] = ()
    materials: tuple[Material, ...] = ()
    any_of: tuple[AnyOf, ...] = ()
    form: tuple[Section, ...] = Field(min_length=1)
    procedure: Procedure
    result: Result | None = None
    acts_on: ActsOn | None = None
    # Licence Law arts 78, 79: 直接关系公共安全、人身健康、生命财产安全, so whoever cheats is barred for a time
    safety: bool = False
    reminders: tuple[int, ...] = (90, 60, 30)  # calendar days before a licence's last day
    # 须本人办理: no agent applies (Civil Code art. 161 para 2; Licence Law art. 29 para 1). Guardians are none.
    delegable: bool = True
    alone_from: int = Field(default=18, ge=8, le=18)  # the age from which somebody applies without a guardian
    basis: tuple[Basis, ...] = Field(min_length=1)
    contact: Contact
    remedies: Remedies
    promise: Promise | None = None
    gaps: Gaps | None = None
    precheck: Limit | None = None  # 预审 of what comes in over the web; inside the limit for acceptance
    assigned_by: Literal["director", "reviewer"] | None = None  # 分办; without it the head of the department

    def __repr__(self) -> str:
        return f"Item({self.code} v{self.version})"

    @cached_property
    def hash(self) -> str:
        """SM3 of the whole item: what freezes a published version."""
        content = self.model_dump(mode="json")
        for name in _LATER:  # an item that was published before there was such a key says what it said
            if getattr(self, name) == type(self).model_fields[name].default:
                del content[name]
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sm3(canonical.encode()).hex()

    @cached_property
    def fields(self) -> tuple[FormField, ...]:
        return tuple(field for section in self.form for field in section.fields)

    @cached_property
    def questions(self) -> tuple[FormField, ...]:
        """What is asked before the form: `clean(item.questions + item.fields, raw)` reads both."""
        which = (WHICH_LICENCE,) if self.acts_on else ()
        way = (way_question(self.promise),) if self.promise else ()
        return (*which, *(situation.as_field() for situation in self.situations), *way)

    @cached_property
    def signing(self) -> tuple[FormField, ...]:
        """What may have to be signed beside the form; what must be is a matter of answers and papers."""
        return signing_of(self)

    def promised_for(self, on_promise: bool) -> Limit:
        """承诺时限: shorter for a case that is decided upon a promise."""
        return self.promise.decision if self.promise and on_promise else self.promised

    def upon(self, on_promise: bool) -> "Item":
        """As it is for a case's course: upon a promise a shorter limit, and the decision as the only step."""
        if not on_promise or self.promise is None:
            return self
        decision = self.procedure.model_copy(update={"steps": self.procedure.steps[-1:]})
        return self.model_copy(update={"promised": self.promise.decision, "procedure": decision})

    @property
    def family(self) -> str:
        """主项: the item whose licences this one is about."""
        return self.acts_on.item if self.acts_on else self.code

    def stop(self, values: Mapping[str, Any]) -> Stop | None:
        return next((stop for stop in self.not_needed if stop.when.holds(values)), None)

    def material(self, code: str) -> Material:
        return next(material for material in self.materials if material.code == code)

    def required_materials(self, values: Mapping[str, Any]) -> tuple[Material, ...]:
        """What these answers call for, in the order of the list; each says itself how strictly (`need`)."""
        return tuple(material for material in self.materials if applies(material.when, values))

    def fees_at(self, moment: str) -> tuple[Fee, ...]:
        """Everything that may fall due at acceptance or at a grant; `forms.fees.charges` says what does."""
        return tuple(fee for fee in self.fees if fee.due == moment)

    def missing(self, values: Mapping[str, Any], have: Collection[str]) -> list[MissingMaterial]:
        """What stands between the applicant and a complete set.

        Shared papers are ours to fetch and late ones may follow (容缺后补): neither is missing.
        """
        asked = [m for m in self.required_materials(values) if m.need == "required" and not m.shared]
        alone = [_missing(m.code, m.name) for m in asked if m.group is None and m.code not in have]
        return alone + [problem for group in self.any_of for problem in _missing_of(group, asked, have)]


def _missing_of(group: AnyOf, asked: list[Material], have: Collection[str]) -> list[MissingMaterial]:
    members = [material for material in asked if material.group == group.name]
    if not members or any(material.code in have for material in members):
        return []
    names_zh = "、".join(material.name.zh for material in members)
    names_en = ", ".join(material.name.en for material in members)
    return [
        MissingMaterial(
            material=members[0].code,
            zh=f"“{group.label.zh}”还没有提供，请上传其中一项：{names_zh}。",
            en=f"“{group.label.en}” is missing: upload one of {names_en}.",
        )
    ]


def _missing(code: str, name: Text) -> MissingMaterial:
    return MissingMaterial(
        material=code,
        zh=f"还缺“{name.zh}”，请上传。",
        en=f"“{name.en}” is missing: upload it.",
    )
