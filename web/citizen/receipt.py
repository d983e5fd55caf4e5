"""收件凭证: the number to keep, at once, whatever else is down; and by when what happens, with the reckoning."""

import io
from dataclasses import dataclass
from datetime import date

import segno
from fastapi import APIRouter, Request
from starlette.responses import Response

from forms import Item, Limit
from services.cases.filing import open_query_code
from services.cases.histories import Page, case_page
from services.errors import NotFound
from services.house import House
from services.law.clock import Due, due, explain, legal_date
from services.law.clock_words import KINDS
from services.law.policy import owns, took_in
from services.law.ribbon import Ribbon, case_ribbon
from services.law.roles import Actor
from services.law.stages import Stage
from web.citizen.guide_words import limit_words
from web.deps import ActorDep, HouseDep
from web.i18n import language_of
from web.rendering import page

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may be expected of a set just received. The promise runs from acceptance, which is yet to come."""

    acceptance: Due
    sentence: str
    ribbon: Ribbon
    soonest: date | None
    latest: date | None
    promised: Limit


@router.get("/cases/{no}/receipt")
async def receipt(request: Request, house: HouseDep, actor: ActorDep, no: str) -> Response:
    case = await mine(house, actor, no)
    item = house.items.get(case.case.item_code, case.case.item_version)
    return page(
        request,
        "citizen/receipt.html",
        case=case,
        item=item,
        code=open_query_code(house, no, case.row["query_code"]),
        round=case.case.state.round,
        outlook=outlook(house, case, item, language_of(request)),
        limit_words=limit_words,
    )


@router.get("/cases/{no}/qr.svg")
async def qr(house: HouseDep, actor: ActorDep, no: str) -> Response:
    """The way to the case's progress. The query code is not in it: whoever sees the paper still needs it."""
    await mine(house, actor, no)
    drawing = io.BytesIO()
    segno.make(f"{house.base_url}/track?no={no}", error="m").save(drawing, kind="svg", scale=4, border=2)
    return Response(drawing.getvalue(), media_type="image/svg+xml")


async def mine(house: House, actor: Actor, no: str) -> Page:
    """The applicant's, and of whoever took it in at the counter and hands the paper over."""
    async with house.db.connection() as conn:
        found = await case_page(conn, no)
    if found is None or not (owns(actor, found.case.parties) or took_in(actor, found.case.parties)):
        raise NotFound("没有这个办件", "No such case")
    return found


def outlook(house: House, case: Page, item: Item, lang: str) -> Outlook | None:
    received = case.case.state.received_on
    if case.case.state.stage is not Stage.RECEIVED or received is None:
        return None
    now, words, house = house.now(), KINDS["acceptance"], house.at_home(case.case.district)
    told = explain(item.acceptance, received, house.calendar, today=now, began=words.began)
    last, promised = told.due.on, item.promised_for(case.case.state.by_promise)
    return Outlook(
        told.due,
        told.sentence(lang),
        case_ribbon(received, None, told.due, (), now, house.calendar, "acceptance", lang),
        due(promised, legal_date(now), house.calendar).on,
        due(promised, last, house.calendar).on if last else None,
        promised,
    )
