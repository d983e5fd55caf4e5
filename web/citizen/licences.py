"""我的证照: what I and those I act for hold, what became of it, and what can be done with it."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from forms.scrub import line as scrubbed
from services import drafts
from services.errors import NotFound
from services.house import House
from services.law.clock import legal_date
from services.law.licence_ids import is_licence_identifier
from services.law.roles import Actor
from services.licences.consents import consents_to, take_back
from services.licences.copies import annotated
from services.licences.library import find, held, imported_history, own_identifier
from services.licences.metadata import read_metadata
from services.licences.queries import cases_about, licence_history, licence_named, licences_of
from services.licences.uses import Cause, uses_of
from services.notices.telling import notices_for
from web import e_licence_words, wording
from web import licence_words as words
from web.citizen.apply_view import Problems, choose_applicant, choose_licence
from web.citizen.guide import listed
from web.deps import ActorDep, HouseDep
from web.rendering import page

router = APIRouter(include_in_schema=False)

_COPY_FOR = timedelta(days=30)  # [design] how long a copy that the holder made may be used
_LONGEST = 60  # characters of what it is for: it has to fit across a page


@router.get("/my/licences")
async def my_licences(request: Request, house: HouseDep, actor: ActorDep) -> Response:
    async with house.db.connection() as conn:
        rows = await licences_of(conn, actor.subjects)
        others = [e for e in await held(conn, house, actor.subjects) if e.own is None]
        notices = await notices_for(conn, actor.subjects)
    return page(
        request,
        "citizen/licences.html",
        licences=[words.told(house, row) for row in rows],
        others=[e_licence_words.drawn(house, e) for e in others],
        notices=notices[:3],
        acts=words.ACTS,
    )


@router.get("/my/licences/{number}")
async def my_licence(request: Request, house: HouseDep, actor: ActorDep, number: str) -> Response:
    """By its number, or by its identifier (电子证照标识) where another body issued it."""
    if is_licence_identifier(number):
        return await _by_identifier(request, house, actor, number)
    async with house.db.connection() as conn:
        row = await licence_named(conn, number)
        if row is None or row["holder_id"] not in actor.subjects:
            raise NotFound("您名下没有这张证照", "You hold no such licence")
        history = await licence_history(conn, number)
        open_cases = await cases_about(conn, number)
        # Of each version, since each has an identifier of its own.
        versions = [own_identifier(house, row["item_code"], number, v + 1) for v in range(row["version"])]
        uses, consents = await uses_of(conn, versions), await consents_to(conn, versions)
    return page(
        request,
        "citizen/licence.html",
        licence=words.told(house, row),
        steps=words.history_steps(history, "/cases/"),
        open_cases=[
            {"no": c["no"], "title": c["title"], "stage": wording.stage(c["stage"])} for c in open_cases
        ],
        acts=words.ACTS,
        uses=e_licence_words.use_rows(uses),
        consents=e_licence_words.consent_rows(house, consents),
    )


async def _by_identifier(
    request: Request,
    house: House,
    actor: Actor,
    identifier: str,
    purpose: str = "",
    problems: Problems | None = None,
) -> Response:
    async with house.db.connection() as conn:
        licence = await find(conn, house, identifier)
        if licence is None or licence.holder_id not in actor.subjects:
            raise NotFound("您名下没有这张证照", "You hold no such licence")
        if licence.own:
            return RedirectResponse(f"/my/licences/{licence.own}", status_code=303)
        told = await read_metadata(conn, house, identifier)
        history = await imported_history(conn, identifier)
        uses, consents = await uses_of(conn, [identifier]), await consents_to(conn, [identifier])
    return page(
        request,
        "citizen/e_licence.html",
        status=422 if problems else 200,
        purpose=purpose,
        longest=_LONGEST,
        problems=problems or {},
        e=e_licence_words.drawn(house, licence, told["number"]),
        contents=[{"label": label, "value": value} for label, value in told["contents"].items()],
        steps=e_licence_words.history_steps(history),
        uses=e_licence_words.use_rows(uses),
        consents=e_licence_words.consent_rows(house, consents),
    )


@router.post("/my/licences/{number}/copy")
async def own_copy(request: Request, house: HouseDep, actor: ActorDep, number: str) -> Response:
    """下载加注件: for the holder to hand on, with what for written across it."""
    purpose = scrubbed(str((await request.form()).get("purpose", "")))[:_LONGEST]
    if len(purpose) < 2:
        said = {"zh": "请写明这份加注件用来做什么", "en": "Say what this copy is for"}
        return await _by_identifier(request, house, actor, number, purpose, {"purpose": said})
    async with house.db.transaction() as tx:
        licence = await find(tx, house, number)
        if licence is None or licence.holder_id not in actor.subjects:
            raise NotFound("您名下没有这张证照", "You hold no such licence")
        until = legal_date(house.now()) + _COPY_FOR
        pdf = await annotated(tx, house, actor, licence, "download", Cause(purpose), until)
    headers = {
        "Content-Disposition": 'attachment; filename="licence-copy.pdf"',
        "Cache-Control": "private, no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.post("/my/consents/{consent_id}/end")
async def end_consent(house: HouseDep, actor: ActorDep, consent_id: str) -> Response:
    """撤回同意: as easily as it was given (PIPL art. 15)."""
    async with house.db.transaction() as tx:
        identifier = await take_back(tx, house, actor, consent_id)
    return RedirectResponse(f"/my/licences/{identifier}", status_code=303)


@router.post("/my/licences/{number}/{code}")
async def act_on(house: HouseDep, actor: ActorDep, number: str, code: str) -> Response:
    """延续、变更、补办、注销: an application with the licence chosen already."""
    item = listed(house, code)
    async with house.db.transaction() as tx:
        row = await licence_named(tx, number)
        if row is None or row["holder_id"] not in actor.subjects or row["item_code"] != item.family:
            raise NotFound("您名下没有这张证照", "You hold no such licence")
        draft = await drafts.start(tx, house, actor, item)
        await choose_applicant(tx, house, draft, item, row["holder_id"])
        await choose_licence(tx, house, draft, item, number)
        await drafts.save(tx, house, draft)
    return RedirectResponse(f"/apply/{draft.id}/start", status_code=303)
