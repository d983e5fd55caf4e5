"""Signing in, signing out, registering, my account."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from forms.fields import ID_TYPES
from services.errors import Invalid
from services.house import House
from services.law.roles import Actor
from services.people import (
    SignInRefused,
    close_session,
    load_actor,
    masked_view,
    open_session,
    register_citizen,
    sign_in,
)
from services.people.authorising import offers_to
from services.people.papers import WORDS
from services.people.registering import CannotRegister
from web.account.form import FIELDS, NOTICE, first, read
from web.csrf import form_page
from web.deps import ActorDep, HouseDep, OptionalActor, drop_token, keep_token, presented_token
from web.i18n import language_of
from web.navigation import ROLE_WORDS, places
from web.preferences import same_site
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
async def show_sign_in(request: Request, actor: OptionalActor, next: str = "") -> Response:
    if actor:
        return RedirectResponse(destination(actor, next), status_code=303)
    return form_page(request, "account/sign_in.html", username="", next=next)


@router.post("/sign-in")
async def do_sign_in(
    request: Request,
    house: HouseDep,
    actor: OptionalActor,
    username: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",
) -> Response:
    problems = {}
    if not username.strip():
        problems["username"] = {"zh": "请填写用户名", "en": "Enter your user name"}
    if not password:
        problems["password"] = {"zh": "请填写密码", "en": "Enter your password"}
    status = 422
    if not problems:
        try:
            account_id = await sign_in(house.db, username, password, now=house.now())
            return await enter(request, house, account_id, next)
        except SignInRefused as refusal:
            status, problems["username"] = refusal.status, {"zh": refusal.zh, "en": refusal.en}
    return form_page(
        request, "account/sign_in.html", status=status, problems=problems, username=username[:100], next=next
    )


@router.post("/sign-out")
async def do_sign_out(request: Request, house: HouseDep, actor: OptionalActor) -> Response:
    """Whoever is signed out already is taken there all the same."""
    if actor:
        async with house.db.connection() as conn:
            await close_session(conn, presented_token(request)[0])
    response = RedirectResponse("/", status_code=303)
    drop_token(request, response)
    return response


@router.get("/register")
async def show_register(request: Request, actor: OptionalActor) -> Response:
    return registration(request)


@router.post("/register")
async def do_register(request: Request, house: HouseDep, actor: OptionalActor) -> Response:
    form = await request.form()
    raw = {name: form.getlist(name) for name in form}
    given = read(raw, language_of(request))
    if not given.ok:
        return registration(request, given.raw, given.problems)
    paper = given.values["id_number"]
    try:
        account_id = await register_citizen(
            house.db,
            house.vault,
            name=given.values["name"],
            id_type=paper["type"],
            id_number=paper["number"],
            phone=given.values["phone"],
            username=given.values["username"],
            password=first(raw, "password"),
            now=house.now(),
        )
    except Invalid as invalid:
        return registration(request, given.raw, invalid.problems)
    except CannotRegister as refusal:
        return registration(request, given.raw, {"id_number": {"zh": refusal.zh, "en": refusal.en}})
    return await enter(request, house, account_id, "/account")


@router.get("/account")
async def show_account(request: Request, house: HouseDep, actor: ActorDep) -> Response:
    own = request.state.session.subject_id
    async with house.db.connection() as conn:
        me = await masked_view(conn, house.vault, own) if own else None
        others = [await masked_view(conn, house.vault, id_) for id_ in sorted(actor.subjects - {own})]
        waiting = await offers_to(conn, own, house.now()) if own else 0
    return page(
        request,
        "account/account.html",
        me=me,
        paper=ID_TYPES.get(WORDS.get(me.id_type, "")) if me and me.id_type else None,
        others=others,
        waiting=waiting,
        role_words=ROLE_WORDS,
        expires_at=request.state.session.expires_at,
    )


def registration(request: Request, raw: dict | None = None, problems: dict | None = None) -> Response:
    return form_page(
        request,
        "account/register.html",
        status=422 if problems else 200,
        problems=problems or {},
        raw=raw or {},
        fields_of_person=FIELDS,
        notice=NOTICE,
    )


async def enter(request: Request, house: House, account_id: str, next: str) -> Response:
    """A new session in place of whatever the browser came with: a token planted before is worth nothing after."""
    async with house.db.connection() as conn:
        token = await open_session(
            conn, account_id, "web", now=house.now(), replacing=presented_token(request)[0] or None
        )
        loaded = await load_actor(conn, token, now=house.now())
    if loaded is None:  # disabled in this very moment
        raise SignInRefused
    response = RedirectResponse(destination(loaded[0], next), status_code=303)
    keep_token(request, response, token)
    return response


def destination(actor: Actor, wish: str) -> str:
    """Where one wanted to go, if that is a page of ours; otherwise one's own first desk."""
    wanted = same_site(wish or "/")
    if wanted != "/" and wanted.partition("?")[0] not in ("/sign-in", "/sign-out", "/register"):
        return wanted
    if actor.kind == "citizen":
        return "/"
    desks = places(actor, "/")
    return desks[0].href if desks else "/account"
