"""Signing in and out, registering, form tokens and the way back: over HTTP, against a real database."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Annotated

import asyncpg
import httpx
import pytest
from fastapi import Depends, FastAPI, Request
from starlette.responses import JSONResponse

from services.errors import NotSignedIn, Refusal
from services.law.roles import Actor, Grant, Role
from services.people import accounts, create_account, open_session
from services.store.crypto import Vault
from services.store.db import Database
from web import csrf
from web.account import router
from web.account.routes import destination
from web.deps import ActorDep, StreamingActor, is_api, require, sign_in_redirect
from web.rendering import csrf_field

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PASSWORD = "correct horse 7"
CITIZEN = {
    "name": "陈示例",
    "id_number_type": "resident_id",
    "id_number": "11010519491231002X",
    "phone": "19900000001",
    "username": "chen",
    "password": PASSWORD,
    "password_again": PASSWORD,
    "privacy": "yes",
}


def make_app(db: Database) -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    app.state.house = SimpleNamespace(db=db, vault=Vault(bytes(32)), now=lambda: NOW)

    @app.exception_handler(Refusal)
    async def refuse(request: Request, refusal: Refusal):
        if isinstance(refusal, NotSignedIn) and not is_api(request):
            return sign_in_redirect(request)
        return JSONResponse({"code": refusal.code}, refusal.status)

    @app.get("/window")
    async def window(actor: Annotated[Actor, Depends(require(Role.CLERK))]):
        return {"id": actor.id}

    @app.get("/my/cases")
    async def my_cases(actor: Annotated[Actor, Depends(require(Role.APPLICANT))]):
        return {"id": actor.id}

    @app.post("/act")
    async def act(request: Request, actor: ActorDep):
        return dict((await request.form()).items())

    @app.post("/upload")
    async def upload(request: Request, actor: StreamingActor):
        body = await request.body()
        csrf.verify(request, body.decode())
        return {"size": len(body)}

    @app.post("/api/v1/act")
    async def api_act(actor: ActorDep):
        return {"name": actor.name}

    return app


@pytest.fixture(scope="module")
async def db(database_urls) -> AsyncIterator[Database]:
    made = await Database.open(database_urls.app, max_size=4)
    yield made
    await made.close()


@pytest.fixture
async def app(db, database_urls, monkeypatch) -> AsyncIterator[FastAPI]:
    monkeypatch.setattr(accounts, "REFUSAL_SECONDS", 0)
    async with db.transaction() as tx:
        await create_account(
            tx, username="clerk", password=PASSWORD, kind="staff", name="李示例", now=NOW,
            grants=[Grant(Role.CLERK, "scjg", "430199")],
        )  # fmt: skip
    yield make_app(db)
    owner = await asyncpg.connect(database_urls.owner)
    await owner.execute("DELETE FROM account; DELETE FROM representation; DELETE FROM subject")
    await owner.close()


@pytest.fixture
async def browser(app) -> AsyncIterator[httpx.AsyncClient]:
    async with client(app) as made:
        yield made


def client(app: FastAPI, scheme: str = "http") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"{scheme}://127.0.0.1")


async def form_token(browser: httpx.AsyncClient, path: str) -> str:
    found = re.search(f'name="{csrf.FIELD}" value="([^"]+)"', (await browser.get(path)).text)
    assert found, "the page carries no form token"
    return found[1]


async def send(browser: httpx.AsyncClient, path: str, data: dict[str, str], **headers: str) -> httpx.Response:
    token = await form_token(browser, path)
    return await browser.post(path, data={csrf.FIELD: token, **data}, headers=headers)


async def enter(browser: httpx.AsyncClient, **more: str) -> httpx.Response:
    return await send(browser, "/sign-in", {"username": "clerk", "password": PASSWORD, **more})


async def test_a_clerk_signs_in_and_lands_at_the_window(browser):
    answer = await enter(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/window")
    assert (await browser.get("/window")).status_code == 200
    assert "李示例" in (await browser.get("/account")).text


async def test_a_wrong_password_keeps_the_name_and_never_the_password(browser):
    answer = await send(browser, "/sign-in", {"username": "clerk", "password": "not-the-password"})
    assert answer.status_code == 401
    assert 'value="clerk"' in answer.text
    assert "not-the-password" not in answer.text
    assert 'href="#f-username"' in answer.text


async def test_empty_fields_are_named(browser):
    answer = await send(browser, "/sign-in", {})
    assert answer.status_code == 422
    assert 'href="#f-username"' in answer.text
    assert 'href="#f-password"' in answer.text


async def test_over_plain_http_the_cookie_is_closed_to_scripts_and_other_sites(browser):
    cookie = (await enter(browser)).headers["set-cookie"].lower()
    assert cookie.startswith("ow=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


async def test_over_https_the_cookie_is_bound_to_host_and_tls(app):
    async with client(app, "https") as browser:
        cookie = (await enter(browser)).headers["set-cookie"]
        assert cookie.startswith("__Host-ow=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert "domain" not in cookie.lower()
        assert (await browser.get("/window")).status_code == 200


async def test_a_new_session_begins_at_every_sign_in(browser):
    await enter(browser)
    before = browser.cookies["ow"]
    token = await form_token(browser, "/account")
    await browser.post("/sign-in", data={csrf.FIELD: token, "username": "clerk", "password": PASSWORD})
    assert browser.cookies["ow"] != before
    browser.cookies.set("ow", before, domain="127.0.0.1")
    assert (await browser.get("/window")).status_code == 303


async def test_after_signing_out_the_token_opens_nothing(browser):
    await enter(browser)
    kept = browser.cookies["ow"]
    token = await form_token(browser, "/account")
    assert (await browser.post("/sign-out", data={csrf.FIELD: token})).status_code == 303
    assert "ow" not in browser.cookies
    browser.cookies.set("ow", kept, domain="127.0.0.1")
    assert (await browser.get("/window")).status_code == 303


@pytest.mark.parametrize("given", [None, "", "wrong", "陈"])
async def test_a_form_without_the_right_token_is_refused(browser, given):
    await enter(browser)
    data = {"x": "1"} if given is None else {"x": "1", csrf.FIELD: given}
    answer = await browser.post("/act", data=data)
    assert (answer.status_code, answer.json()["code"]) == (403, "stale-form")


async def test_the_route_still_reads_the_form_after_the_check(browser):
    await enter(browser)
    token = await form_token(browser, "/account")
    assert (await browser.post("/act", data={csrf.FIELD: token, "x": "1"})).json()["x"] == "1"
    assert (await browser.post("/act", data={"x": "2"}, headers={csrf.HEADER: token})).json() == {"x": "2"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_even_with_the_token_another_site_is_refused(browser, headers):
    await enter(browser)
    token = await form_token(browser, "/account")
    assert (await browser.post("/act", data={csrf.FIELD: token}, headers=headers)).status_code == 403


async def test_nobody_can_be_signed_in_from_another_site(browser):
    data = {"username": "clerk", "password": PASSWORD}
    assert (await browser.post("/sign-in", data=data)).status_code == 403
    answer = await send(browser, "/sign-in", data, **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


async def test_a_token_of_one_visitor_is_no_use_to_another(app, browser):
    async with client(app) as other:
        stolen = await form_token(other, "/sign-in")
    await browser.get("/sign-in")
    data = {csrf.FIELD: stolen, "username": "clerk", "password": PASSWORD}
    assert (await browser.post("/sign-in", data=data)).status_code == 403


async def test_an_upload_reads_its_own_body_and_checks_the_token_itself(browser):
    await enter(browser)
    token = await form_token(browser, "/account")
    assert (await browser.post("/upload", content=token)).status_code == 200
    assert (await browser.post("/upload", content="x")).status_code == 403
    foreign = await browser.post("/upload", content=token, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403


async def test_the_api_takes_bearer_tokens_and_no_cookies(app, db, browser):
    await enter(browser)
    assert (await browser.post("/api/v1/act")).status_code == 401
    async with db.connection() as conn:
        account = await conn.fetchval("SELECT id FROM account")
        api = await open_session(conn, account, "api", now=NOW)
        web = await open_session(conn, account, "web", now=NOW)
    assert (await browser.post("/api/v1/act", headers={"Authorization": f"Bearer {api}"})).status_code == 200
    assert (await browser.post("/api/v1/act", headers={"Authorization": f"Bearer {web}"})).status_code == 401
    async with client(app) as other:
        other.cookies.set("ow", api, domain="127.0.0.1")
        assert (await other.get("/window")).status_code == 303


async def test_who_is_not_signed_in_comes_back_to_where_they_were(browser):
    answer = await browser.get("/window?queue=mine&page=2")
    assert answer.headers["location"] == "/sign-in?next=%2Fwindow%3Fqueue%3Dmine%26page%3D2"
    assert (
        'name="next" value="/window?queue=mine&amp;page=2"'
        in (await browser.get(answer.headers["location"])).text
    )
    assert (await enter(browser, next="/window?queue=mine&page=2")).headers["location"] == (
        "/window?queue=mine&page=2"
    )


async def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(browser):
    answer = await browser.get(
        "/window", headers={"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1/window?queue=mine"}
    )
    assert answer.headers["hx-redirect"] == "/sign-in?next=%2Fwindow%3Fqueue%3Dmine"


@pytest.mark.parametrize(
    "next",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/sign-in",
        "\t//evil",
        "",
    ],
)
async def test_nobody_is_sent_to_another_site_after_signing_in(browser, next):
    assert (await enter(browser, next=next)).headers["location"] == "/window"


async def test_a_role_that_one_does_not_hold_is_refused(browser):
    await enter(browser)
    assert (await browser.get("/my/cases")).status_code == 403


def test_everybody_has_a_first_page():
    def first(role: Role) -> str:
        return destination(Actor("a", "staff", "李", (Grant(role),)), "")

    assert first(Role.DIRECTOR) == "/window"
    assert first(Role.SUPERVISOR) == "/supervisor"
    assert first(Role.AGENT).startswith("/hotline")
    assert first(Role.ADMIN) == "/admin/items"
    assert destination(Actor("c", "citizen", "陈"), "") == "/"


def test_forms_carry_the_token_under_the_name_that_is_checked():
    assert f'name="{csrf.FIELD}"' in csrf_field()


async def test_a_citizen_registers_is_signed_in_and_sees_themselves_masked(browser):
    answer = await send(browser, "/register", CITIZEN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    page = (await browser.get("/account")).text
    assert "陈*例" in page
    assert "110105********002X" in page
    assert "199****0001" in page
    assert "11010519491231002X" not in page
    assert (await browser.get("/my/cases")).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("id_number", "110105194912310021", "id_number"),
        ("name", "", "name"),
        ("phone", "123", "phone"),
        ("username", "c", "username"),
        ("username", "clerk", "username"),
        ("password", "short", "password"),
        ("password_again", "another one", "password_again"),
        ("privacy", "", "privacy"),
    ],
)
async def test_what_is_wrong_is_named_and_what_was_typed_stays(browser, field, value, named):
    answer = await send(browser, "/register", {**CITIZEN, field: value})
    assert answer.status_code == 422
    assert f'href="#f-{named}"' in answer.text
    assert answer.text.count('<li><a href="#f-') == 1
    assert ('value="19900000001"' in answer.text) == (field != "phone")
    assert PASSWORD not in answer.text


async def test_a_known_number_is_sent_to_the_counter_without_saying_why(app, browser):
    await send(browser, "/register", CITIZEN)
    async with client(app) as other:
        answer = await send(other, "/register", {**CITIZEN, "username": "stranger"})
    assert answer.status_code == 422
    assert "窗口" in answer.text
    for giveaway in ("已被", "已登记", "已存在", "已注册"):
        assert giveaway not in answer.text
