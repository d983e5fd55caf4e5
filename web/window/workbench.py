"""工作台: one case, its papers beside its checklist, its clock, its story, and the acts that are allowed now."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from forms.fields import ID_TYPES
from services.cases.registers import to_ask
from services.cases.reveal import reveal
from services.cases.visits import acts_at_counter
from services.cases.worklists import counts
from services.house import House
from services.law.roles import Actor
from services.people.papers import CREDIT_CODE, WORDS
from web import wording
from web.deps import HouseDep
from web.i18n import language_of
from web.licence_words import told
from web.rendering import page
from web.window.answers import answers
from web.window.bench import Bench, gather
from web.window.clocks import light_of, ribbon_of
from web.window.materials import checklist, viewer
from web.window.notices import address, notice
from web.window.staff import StaffDep, queue_named, queues_of, rail, scope
from web.window.story import story

router = APIRouter(include_in_schema=False)


@router.get("/window/cases/{case_no}")
async def show(request: Request, house: HouseDep, actor: StaffDep, case_no: str) -> Response:
    """`?queue=` is where the reader came from, `?m=` the material in the viewer, `?ok=` what is ticked already."""
    queue, shown = queue_named(request.query_params.get("queue", "")).slug, queues_of(house, actor)
    async with house.db.connection() as conn:
        bench = await gather(conn, house, actor, case_no)
        n = await counts(conn, shown, scope(actor), actor.id, house.now())
    return page(
        request, "window/case.html", queues=rail(shown, n, queue), queue=queue, notice=notice(request),
        **drawn(request, bench, house, actor),
    )  # fmt: skip


def drawn(request: Request, bench: Bench, house: House, actor: Actor) -> dict[str, Any]:
    lang = language_of(request)
    lines = checklist(bench)
    return {
        "b": bench,
        "light": light_of(bench, house, lang),
        "ribbon": ribbon_of(bench, house, lang),
        "lines": lines,
        "view": viewer(
            lines, request.query_params.get("m", ""), bench.case.no, personal=bench.reader.personal
        ),
        "answers": answers(bench, actor, lang),
        "steps": story(bench, lang),
        "to_ask": to_ask(bench.item, bench.row["applicant_kind"])
        if bench.subject and bench.reader.personal
        else [],
        "at_counter": acts_at_counter(actor, bench.case, bench.reader.page.tasks),
        "licences": [told(house, row) for row in bench.licences],
        "stage": wording.stage(bench.row["stage"]),
        "channel": wording.CHANNELS.get(bench.row["channel"], ""),
        "words": wording,
        "paper": paper_words(bench.subject.id_type if bench.subject else None),
        "ticked": request.query_params.getlist("ok"),
        "correcting": any(c.code == "request_correction" for turn in bench.turns for c in turn.commands),
    }


def paper_words(id_type: str | None) -> Any:
    """What kind of number it is, in words."""
    if id_type == CREDIT_CODE:
        return {"zh": "统一社会信用代码", "en": "Credit code"}
    return ID_TYPES.get(WORDS.get(id_type or "", ""), {"zh": "证件号码", "en": "Identity paper"})


@router.post("/window/cases/{case_no}/reveal")
async def show_numbers(request: Request, house: HouseDep, actor: StaffDep, case_no: str) -> Response:
    """显示证件和电话: for five minutes, and on record."""
    async with house.db.transaction() as tx:
        await reveal(tx, house, actor, case_no)
    queue = queue_named(str((await request.form()).get("queue", ""))).slug
    return RedirectResponse(address(f"/window/cases/{case_no}", "revealed", queue=queue), status_code=303)
