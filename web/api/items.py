"""What can be applied for."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from forms import Item, Limit, Material, json_schema
from services.catalogue.finding import search
from services.law.item_life import Standing
from services.licences.standing_for import stand_for
from web.api.shapes import V1, Words, refusals
from web.deps import HouseDep

router = APIRouter(prefix=V1, tags=["items"])


class Span(BaseModel):
    n: int
    unit: str = Field(examples=["working_days"])

    @classmethod
    def of(cls, limit: Limit | None) -> "Span | None":
        return cls(n=limit.n, unit=limit.unit) if limit else None


class ItemLine(BaseModel):
    code: str = Field(examples=["food-licence"])
    version: int
    kind: str
    name: Words
    department: Words
    audience: list[str]
    promised: Span | None
    statutory: Span | None
    href: str
    effective: date = Field(description="First day of this version")
    state: str = Field(description="in_use, suspended or withdrawn; only what is in use can be applied for")
    reason: str = Field(description="Why, if it is not in use")

    @classmethod
    def of(cls, item: Item, standing: Standing) -> "ItemLine":
        return cls(**_line(item, standing))


class Paper(BaseModel):
    code: str
    name: Words
    need: str = Field(description="required, optional or late (may follow)")
    shared: bool = Field(description="We fetch it ourselves: do not send it")
    types: list[str]
    max_mb: int
    when: dict[str, Any] | None = Field(description="Asked for only if this holds")
    licence_type: str | None = Field(
        None, description="证照类型代码: the e-licence that may stand for it, with its holder's consent"
    )


class FeeLine(BaseModel):
    code: str
    name: Words
    amount: str = Field(examples=["40.00"], description="Yuan, before any reduction")
    due: str = Field(description="acceptance, or grant: before the licence is made")
    within: Span | None
    basis: str
    when: dict[str, Any] | None = Field(description="Charged only if this holds")


class StepLine(BaseModel):
    code: str
    name: Words
    role: str
    commands: list[str]
    limit: Span | None
    when: dict[str, Any] | None = Field(
        default=None, description="A condition on situations; the step is skipped in others"
    )


class ItemFull(ItemLine):
    form: dict[str, Any] = Field(description="JSON Schema of `values`")
    papers: list[Paper]
    steps: list[StepLine]
    fees: list[FeeLine]


@router.get("/items", summary="The catalogue 事项目录")
async def items(
    house: HouseDep,
    q: Annotated[str, Query(description="Everyday words, pinyin, initials or a code; best first")] = "",
) -> list[ItemLine]:
    found = search(house.items.listed(), q)
    return [ItemLine.of(item, house.items.standing(item.code)) for item in found]


@router.get(
    "/items/{code}", summary="One item, with the JSON Schema of its form 事项", responses=refusals(404)
)
async def item(house: HouseDep, code: str) -> ItemFull:
    found = house.items.get(code)
    return ItemFull(
        **_line(found, house.items.standing(code)),
        form=json_schema(found.questions + found.fields + found.signing),
        papers=[
            Paper(
                code=m.code, name=Words.of(m.name), need=m.need, shared=m.shared, types=list(m.types), max_mb=m.max_mb,
                when=m.when.model_dump(mode="json", exclude_none=True) if m.when else None,
                licence_type=_licence_type(found, m),
            )
            for m in found.materials
        ],
        steps=[
            StepLine(
                code=s.code, name=Words.of(s.name), role=s.role, commands=list(s.commands), limit=Span.of(s.limit),
                when=s.when.model_dump(mode="json", exclude_none=True) if s.when else None,
            )
            for s in found.procedure.steps
        ],
        fees=[
            FeeLine(
                code=f.code, name=Words.of(f.name), amount=f"{f.amount:.2f}", due=f.due, within=Span.of(f.within),
                basis=f.basis, when=f.when.model_dump(mode="json", exclude_none=True) if f.when else None,
            )
            for f in found.fees
        ],
    )  # fmt: skip


def _licence_type(item: Item, material: Material) -> str | None:
    stand = stand_for(item, material)
    return stand.type_code if stand else None


def _line(item: Item, standing: Standing) -> dict[str, Any]:
    return {
        "code": item.code,
        "version": item.version,
        "kind": item.kind,
        "name": Words.of(item.name),
        "department": Words.of(item.department_name),
        "audience": list(item.audience),
        "promised": Span.of(item.promised),
        "statutory": Span.of(item.statutory),
        "href": f"/api/v1/items/{item.code}",
        "effective": item.effective,
        "state": standing.state.value,
        "reason": standing.reason,
    }
