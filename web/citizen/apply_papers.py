"""在线申请: materials. What we can fetch is not asked for; what is uploaded is judged, kept and listed at once.

Where the applicant holds an e-licence (电子证照) that says the same, nothing need be uploaded: they tick their consent.
"""

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import Response

from forms import Material
from services.cases.rounds import Paper
from services.errors import NotFound
from services.house import House
from services.law.roles import Actor
from services.licences import consents
from services.licences.reuse import LICENCE, Offer, offers
from services.scanning.files import infected_among, no_opening, scan_states
from web.citizen.apply import correct_by, editing, opened, to_step
from web.citizen.apply_view import Problems, Sheet, sheet_of
from web.deps import ActorDep, HouseDep, StreamingActor
from web.known_words import silences
from web.rendering import page
from web.security_headers import EMBEDDED
from web.uploads import MOST, PREFIX, Received, keep, limits_of, receive

router = APIRouter(include_in_schema=False)

TICKED = "licence:"  # and the material's code; the value is the licence's identifier
SAME = "same"  # the button of those who change no paper though the notice names one
MEDIA = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


@router.get("/apply/{draft_id}/papers")
async def show_papers(
    request: Request, house: HouseDep, actor: ActorDep, draft_id: str, check: bool = False, back: str = ""
) -> Response:
    sheet = await opened(house, actor, draft_id)
    if sheet.start_problems():
        return to_step(draft_id, "start")
    problems = await missing(house, sheet) if check else {}
    return await _draw(request, house, actor, sheet, problems, back)


@router.post("/apply/{draft_id}/papers")
async def upload(request: Request, house: HouseDep, actor: StreamingActor, draft_id: str) -> Response:
    sheet = await opened(house, actor, draft_id)
    async with receive(request, limits=limits_of(sheet.uploads, shared=True)) as received:
        added = await keep(house, received)
    async with editing(house, actor, draft_id) as (tx, sheet):
        await _take_back(tx, house, actor, sheet, received)
        change(sheet, added, received)
        filer = request.state.session.subject_id
        for offer in _ticked(await _offers(tx, house, actor, sheet, filer), received):
            await _use(tx, house, actor, sheet, offer)
    sheet = sheet_of(house, sheet.draft)
    problems, untouched = dict(received.problems), []
    if (then := received.first("then")) in ("check", SAME):
        untouched = sheet.untouched if then == "check" else []
        problems = _as_before(untouched) | await missing(house, sheet) | problems
        if not problems:
            return to_step(draft_id, "check")
    if problems:
        return await _draw(
            request, house, actor, sheet, problems, received.first("back"), same=bool(untouched)
        )
    return to_step(draft_id, "papers?back=check" if received.first("back") else "papers")


@router.get("/apply/{draft_id}/papers/{code}/{digest}")
async def view(house: HouseDep, actor: ActorDep, draft_id: str, code: str, digest: str) -> Response:
    """One's own upload, to see whether it is the right one."""
    sheet = await opened(house, actor, draft_id)
    paper = next((p for p in sheet.papers_of(code) if p.file == digest), None)
    if paper is None or paper.type not in MEDIA:
        raise NotFound("没有这份材料", "No such file")
    async with house.db.connection() as conn:
        if (await scan_states(conn, [digest]))[digest] == "infected":
            raise no_opening()
    content = await house.files.get(digest)
    return Response(content, media_type=MEDIA[paper.type], headers={"Content-Security-Policy": EMBEDDED})


def change(sheet: Sheet, added: list[Paper], received: Received) -> None:
    """The same file twice for one material is one; beyond the most a material takes nothing is added."""
    papers = sheet.draft.papers
    for gone in received.fields.get("remove", ()):
        code, _, which = gone.partition(":")
        papers[:] = [p for p in papers if (p.code, p.file or p.consent) != (code, which)]
    for paper in added:
        have = sheet.papers_of(paper.code)
        if any(p.file == paper.file for p in have):
            continue
        if len(have) >= MOST:
            received.problems[f"{PREFIX}{paper.code}"] = {
                "zh": f"“{paper.name}”没有收下：最多 {MOST} 份。",
                "en": f"“{paper.name}” was not taken: at most {MOST} files.",
            }
            continue
        papers.append(paper)


async def missing(house: House, sheet: Sheet) -> Problems:
    """Papers that are not there, or that a scanner found something in since."""
    async with house.db.connection() as conn:
        return {**sheet.paper_problems(), **await infected_among(conn, sheet.to_file())}


def _as_before(untouched: list[Material]) -> Problems:
    return {
        f"{PREFIX}{m.code}": {
            "zh": f"“{m.name.zh}”要补正，还没有新文件。",
            "en": f"“{m.name.en}” is to be corrected; there is no new file yet.",
        }
        for m in untouched
    }


async def _take_back(
    tx: asyncpg.Connection, house: House, actor: Actor, sheet: Sheet, received: Received
) -> None:
    """A licence that is taken off the list is not used, so nothing is consented to either."""
    gone = {which.partition(":")[2] for which in received.fields.get("remove", ())}
    for paper in sheet.draft.papers:
        if paper.consent in gone and paper.consent:
            await consents.take_back(tx, house, actor, paper.consent)


async def _use(tx: asyncpg.Connection, house: House, actor: Actor, sheet: Sheet, offer: Offer) -> None:
    """同意用证: kept before the licence is on the list."""
    draft, licence = sheet.draft, offer.licence
    consent = await consents.give(tx, house, actor, sheet.item, offer.material, licence, draft.id)
    if all(p.consent != consent for p in draft.papers):
        draft.papers.append(Paper(offer.material, LICENCE, name=licence.name.zh, consent=consent))


def _ticked(offered: dict[str, list[Offer]], received: Received) -> list[Offer]:
    return [
        offer
        for code, some in offered.items()
        for offer in some
        if offer.why_not is None and offer.licence.identifier in received.fields.get(f"{TICKED}{code}", ())
    ]


async def _offers(
    conn: asyncpg.Connection, house: House, actor: Actor, sheet: Sheet, filer: str | None
) -> dict[str, list[Offer]]:
    return await offers(conn, house, actor, sheet.item, sheet.uploads, sheet.draft.applicant_id, filer)


async def _draw(
    request: Request,
    house: House,
    actor: Actor,
    sheet: Sheet,
    problems: Problems,
    back: str,
    *,
    same: bool = False,
) -> Response:
    async with house.db.connection() as conn:
        scans = await scan_states(conn, [p.file for p in sheet.draft.papers])
        offered = await _offers(conn, house, actor, sheet, request.state.session.subject_id)
    alone = [m for m in sheet.uploads if m.group is None]
    groups = [(group, [m for m in sheet.uploads if m.group == group.name]) for group in sheet.item.any_of]
    return page(
        request,
        "citizen/apply_papers.html",
        status=422 if problems else 200,
        sheet=sheet,
        item=sheet.item,
        draft=sheet.draft,
        alone=alone,
        groups=[(group, members) for group, members in groups if members],
        offered=offered,
        ticked=TICKED,
        lasts_until=consents.lasts_until(house),
        prefix=PREFIX,
        most=MOST,
        scans=scans,
        silences=silences(sheet.draft),
        problems=problems,
        back_to=back == "check",
        due_on=await correct_by(house, sheet),
        same=SAME if same else "",
    )
