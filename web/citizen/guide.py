"""事项指南: everything that Licence Law art. 30 wants on display, what changed in it, and the way in."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from forms import Item
from services import drafts
from services.catalogue.differences import differences
from services.catalogue.eligibility import outlook, questions_of
from services.catalogue.life import closed, refuse_closed
from services.errors import NotFound
from services.house import House
from web.citizen import guide_words as words
from web.citizen.apply_view import choose_applicant, possible_applicants, sheet_of, take
from web.deps import ActorDep, HouseDep, OptionalActor
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/items/{code}")
async def guide(
    request: Request, house: HouseDep, actor: OptionalActor, code: str, version: int = 0
) -> Response:
    """`version`: one that is not in force any more, or not yet; it can be read, and not applied under."""
    now = listed(house, code)
    item = house.items.get(code, version) if version else now
    begun = []
    if actor and actor.kind == "citizen":
        async with house.db.connection() as conn:
            begun = await drafts.mine(conn, actor, house.now(), item_code=code)
    before, coming = house.items.before(item), house.items.coming(code)
    return page(
        request,
        "citizen/guide.html",
        item=item,
        words=words,
        begun=begun,
        groups={group.name: group.label for group in item.any_of},
        now=now,
        closed=closed(house, now),
        standing=house.items.standing(code),
        before=before,
        changes=differences(before, item) if before else [],
        coming=coming if item is now else None,
        coming_changes=differences(now, coming) if coming and item is now else [],
        guided=bool(questions_of(item)),
        extra=[{"label": label, "value": value} for label, value in words.elements(item)],
    )


@router.get("/items/{code}/eligibility")
async def eligibility(request: Request, house: HouseDep, actor: OptionalActor, code: str) -> Response:
    """申请前的几个问题: which papers these answers call for, and how many are spared. Nobody has to sign in for it."""
    item = listed(house, code)
    questions = questions_of(item)
    raw = {q.name: request.query_params.getlist(q.name)[:20] for q in questions}
    answered = {name: texts for name, texts in raw.items() if texts}
    return page(
        request,
        "citizen/eligibility.html",
        item=item,
        words=words,
        questions=questions,
        raw=raw,
        answered=[(name, text) for name, texts in answered.items() for text in texts],
        groups={group.name: group.label for group in item.any_of},
        outlook=outlook(item, raw),
        closed=closed(house, item),
    )


@router.post("/items/{code}/start")
async def start(request: Request, house: HouseDep, actor: ActorDep, code: str) -> Response:
    """Begin a draft, with the answers that were given before signing in."""
    item = listed(house, code)
    refuse_closed(house, item)
    form = await request.form()
    given = {name: [str(v) for v in form.getlist(name)] for name in form}
    async with house.db.transaction() as tx:
        draft = await drafts.start(tx, house, actor, item)
        offered = await possible_applicants(tx, house, actor, item)
        take(draft, questions_of(item), given)
        if len(offered) == 1:
            await choose_applicant(tx, house, draft, item, offered[0].id)
        await drafts.save(tx, house, draft)
    answered = any(given.get(q.name) for q in questions_of(item))
    if answered and not sheet_of(house, draft).start_problems():
        return RedirectResponse(f"/apply/{draft.id}", status_code=303)
    step = "start" if item.questions or len(offered) != 1 else "form"
    if step == "form":
        await drafts.ask_registers(house, actor, draft.id)
    return RedirectResponse(f"/apply/{draft.id}/{step}", status_code=303)


@router.get("/items/{code}/start")
async def back_to_guide(code: str) -> Response:
    """Where a browser may land after signing in on the way to applying."""
    return RedirectResponse(f"/items/{code}", status_code=303)


def listed(house: House, code: str) -> Item:
    """In force, or announced; a suspended or withdrawn one too, since its guide says why it is not to be had."""
    item = house.items.get(code)
    if not item.listed:
        raise NotFound("没有这个事项", f"No such service item: {code}")
    return item
