"""帮办: choose the matter, one dense page with the applicant's consent, the receipt; and what is still open of it."""

from typing import Annotated, Any
from uuid import uuid4

import segno
from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse
from markupsafe import Markup
from starlette.responses import Response

from forms import Item
from forms.fields import row_asked_for
from services.cases.helping import WORDS, check_consent, file_helped, helped_by, send_code
from services.cases.histories import documents
from services.cases.intake import handed_out
from services.cases.log import load
from services.catalogue.life import refuse_closed
from services.errors import Invalid, NotAllowed, NotFound
from services.house import House
from services.law.clock import days_between, legal_date
from services.law.policy import helps
from services.law.roles import Actor, Role
from web import wording
from web.deps import HouseDep, StreamingActor, require
from web.helping.form import FIELDS, SIGNATURE, Help, read_help, with_signature
from web.i18n import language_of
from web.rendering import page
from web.uploads import PREFIX, limits_of, receive
from web.window.conditions import only_if
from web.window.intake import lines, named, takes
from web.window.intake_form import Intake, check, own, pack, read, visitor_fields

router = APIRouter(include_in_schema=False)
HelperDep = Annotated[Actor, Depends(require(Role.HELPER))]
_TITLE = {"zh": "帮办", "en": "Helping"}
_BLANK = Help(consent=None, contact=None, signature=None)  # type: ignore[arg-type]


@router.get("/helping")
async def desk(request: Request, house: HouseDep, actor: HelperDep) -> Response:
    find = request.query_params.get("q", "").strip()[:40]
    async with house.db.connection() as conn:
        rows = await helped_by(conn, actor.id)
    return page(
        request,
        "helping/desk.html",
        items=[i for i in _items(house, actor) if named(i, find)],
        find=find,
        lines=[_line(house, row) for row in rows],
    )


def _line(house: House, row: Any) -> dict[str, Any]:
    today, home = legal_date(house.now()), house.at_home(row["district"])
    return {
        "row": row,
        "name": house.items.get(row["item_code"], row["item_version"]).name,
        "stage": wording.stage(row["stage"]),
        "left": days_between(today, row["due_on"], home.calendar) if row["due_on"] else None,
    }


@router.get("/helping/receipts/{case_no}")
async def receipt(request: Request, house: HouseDep, actor: HelperDep, case_no: str) -> Response:
    async with house.db.connection() as conn:
        case = await load(conn, case_no) if case_no.isascii() and case_no.isalnum() else None
        if case is None or not helps(actor, case.parties):
            raise NotFound("没有找到您帮办的这个件", "No such case that you helped with")
        handed = await handed_out(conn, house, actor, case_no)
        made = [d for d in await documents(conn, case_no) if d["kind"] == "receipt"]
    drawn = segno.make(f"{house.base_url}/track?no={handed.case_no}", error="m").svg_inline(scale=4, border=0)
    return page(
        request,
        "helping/receipt.html",
        h=handed,
        item=house.items.get(handed.item_code, handed.item_version),
        qr=Markup(drawn),  # noqa: S704 - drawn by segno from an address of our own
        made=made[-1] if made else None,
    )


@router.get("/helping/items/{code}")
async def fill_in(request: Request, house: HouseDep, actor: HelperDep, code: str) -> Response:
    return _page(request, house, actor, _item(house, actor, code), Intake("person", {}), _BLANK)


@router.post("/helping/items/{code}")
async def take_in(request: Request, house: HouseDep, actor: StreamingActor, code: str) -> Response:
    if not actor.has(Role.HELPER):
        raise NotAllowed("您不是帮办代办员", "You are not a helper")
    item = _item(house, actor, code)
    async with receive(request, limits=with_signature(limits_of(item.materials))) as received:
        intake = await read(house, actor, item, received)
    given = read_help(intake, received)
    token = received.first("token")[:64] or uuid4().hex
    if received.first("do") == "code":
        return await _send(request, house, actor, item, intake, given, token)
    if row_asked_for(item.fields, intake.raw):
        intake.problems = {}
        return _page(request, house, actor, item, intake, given)
    check(intake, item)
    intake.problems |= given.problems
    if not intake.problems and not intake.refusal and intake.visitor is not None:
        try:
            await check_consent(house, actor, token, given.consent, given.contact)
            async with house.db.transaction() as tx:
                done = await file_helped(
                    tx, house, actor, item, intake.visitor, given.consent, given.contact,
                    raw=own(item, intake.raw), papers=intake.all_papers, token=token,
                )  # fmt: skip
        except Invalid as invalid:
            intake.problems |= invalid.problems
        else:
            request.app.state.bell.ring()
            return RedirectResponse(f"/helping/receipts/{done.case_no}", status_code=303)
    return _page(request, house, actor, item, intake, given)


async def _send(
    request: Request, house: House, actor: Actor, item: Item, intake: Intake, given: Help, token: str
) -> Response:
    """发验证码: only the number must be right for that; nothing else is judged yet."""
    wrong = given.problems.get("contact_number")
    intake.problems = {"contact_number": wrong} if wrong else {}
    if not wrong:
        try:
            await send_code(house, actor, token, given.contact.phone)
        except Invalid as invalid:
            intake.problems = dict(invalid.problems)
    return _page(request, house, actor, item, intake, given, sent=not intake.problems)


def _page(
    request: Request,
    house: House,
    actor: Actor,
    item: Item,
    intake: Intake,
    given: Help,
    *,
    sent: bool = False,
) -> Response:
    token = intake.raw.get("token", [""])[0][:64] or uuid4().hex
    bad = intake.problems or intake.refusal
    return page(
        request, "helping/form.html", status=422 if bad else 200, problems=intake.problems, item=item,
        intake=intake, raw=intake.raw, token=token, subject_fields=visitor_fields("person")[:2], prefix=PREFIX,
        materials=lines(house, actor, item, intake),
        hint_of=lambda thing: only_if(item, thing.when, language_of(request)),
        looked=False, known=None, held=[], title=_TITLE, desk="/helping", action=f"/helping/items/{item.code}",
        consent_fields=FIELDS, consent_words=WORDS, sent=sent, signature=SIGNATURE,
        signed=pack(house, actor, given.signature) if given.signature else "",
        signed_name=given.signature.name if given.signature else "",
    )  # fmt: skip


def _items(house: House, actor: Actor) -> list[Item]:
    """What people, not organisations, apply for, and need not do in person."""
    return [
        i
        for i in takes(house, actor, Role.HELPER)
        if "person" in i.audience and i.delegable and i.kind not in ("order", "official")
    ]


def _item(house: House, actor: Actor, code: str) -> Item:
    item = next((i for i in _items(house, actor) if i.code == code), None)
    if item is None:
        raise NotFound("这个事项不能帮办", "Helpers do not file this")
    refuse_closed(house, item)
    return item
