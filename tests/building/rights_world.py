"""One case, order, card and draft of each kind, and everybody who might come for them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace

import httpx
from fastapi import FastAPI

from infra.seed.licences import handed_over
from services.cases.rounds import Paper
from services.cases.ways import Crowd
from services.drafts.store import insert
from services.licences.consents import give
from services.licences.library import held
from services.licences.taking_in import take_in
from services.people import load_actor, open_session
from tests.living import FOOD, Living
from web import csrf
from web.app import build_app

# 陈示例 applies and complains, 李样本 is another citizen, 郑民警 reviews in another department.
PEOPLE = (
    "nobody", "chen", "li", "clerk", "reviewer", "police", "director", "supervisor", "agent", "helper", "admin",
)  # fmt: skip
FIRM = "湖南示例餐饮有限公司"
MARKET = "11430199MB99001A33"
COMPLAINT = {
    "category": ["complaint"],
    "title": ["等了很久"],
    "content": ["没有人告诉我结果"],
    "contact_phone": ["19900000001"],
}
DOCUMENT = "VRIGHTS0001"
LICENCE = "JY24301990000012"
BODIES = {
    "/api/v1/applications": {"item": "food-licence", "values": {}},
    "/api/v1/payments/callback": {"kind": "paid", "order": "unsigned"},
    "/api/v1/session": {"username": "nobody-at-all", "password": "wrong"},
    "/api/v1/tasks/{task_id}/acts": {"command": "accept"},
}


@dataclass
class District:
    living: Living
    app: FastAPI
    places: dict[str, object]  # what stands in an address, by the name it has there
    digest: str

    async def address(self, path: str) -> str:
        """The route's address with real things in it: 陈示例's case, draft, paper; the market bureau's order."""
        places = dict(self.places)
        if "{draft_id}" in path:
            places["draft_id"] = await self._draft()
        if path.startswith("/hotline"):
            places |= {"no": places["order"], "code": "sign_for"}
        elif path.endswith("/licences/{code}.pdf"):
            places["code"] = "business-licence"
        elif path == "/my/licences/{number}/copy":
            places["number"] = places["e_licence"]
        elif "/registers/" in path:
            places["code"] = "business-licence"
        elif "/licences/" in path:
            places["code"] = "food-licence-change" if path.startswith("/my") else "food-licence-revocation"
        elif path.startswith("/verify"):
            places["code"] = DOCUMENT
        elif path.startswith("/helping"):
            places["code"] = "individual-business"
        elif path.startswith("/account"):
            places |= {"id_": "no-such-authorisation", "subject_id": "nobody"}
        elif path.startswith("/apply"):
            places["code"] = "layout"
        elif "/counter/" in path:
            places["command"] = "withdraw"
        elif path.startswith("/materials"):
            places["id_"] = places["material"]
        return path.replace("{card_id:int}", "{card_id}").format(**places)

    async def _draft(self) -> str:
        house, chen = self.living.house, self.living.world.actors["chen"]
        paper = Paper("layout", file=self.digest, name="布局图.png", size=4, type="png")
        async with house.db.transaction() as tx:
            item = house.items.get("food-licence")
            return (await insert(tx, house, chen, item, None, dict(FOOD), [paper])).id

    @asynccontextmanager
    async def visit(self, who: str, kind: str = "web") -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
        """A fresh session of somebody, and the token that their forms carry."""
        house = self.living.house
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url="http://desk", headers={"accept-language": "en"}
        ) as client:
            if who == "nobody":
                client.cookies.set("ow-visitor", "visitor")
                request = SimpleNamespace(cookies=client.cookies, url=httpx.URL("http://desk"))
                yield client, csrf.visitor_token(request, house.vault)  # type: ignore[arg-type]
                return
            async with house.db.transaction() as tx:
                token = await open_session(tx, self.living.world.actors[who].id, kind, now=house.now())
                _, session = await load_actor(tx, token, now=house.now())  # type: ignore[misc]
            if kind == "web":
                client.cookies.set("ow", token)
            else:
                client.headers["authorization"] = f"Bearer {token}"
            yield client, csrf.session_token(session)


async def settle(living: Living) -> District:
    """A case that waits for acceptance, an order that waits to be signed for, a card that is open."""
    digest = await living.house.files.put(b"\x89PNG")
    papers = [
        Paper("layout", file=digest, name="布局图.png", size=4, type="png"),
        Paper("safety-rules", file=digest, name="制度.png", size=4, type="png"),
        Paper("health-certificates", file=digest, name="健康证.png", size=4, type="png"),
    ]
    firm = living.world.subjects[FIRM]
    late = (await living.file("food-licence", "chen", FOOD, papers, applicant_id=firm)).case_no
    await living.engine(late)
    living.clock.forward(days=10)
    await living.engine(late)
    case = (await living.file("food-licence", "chen", FOOD, papers, applicant_id=firm)).case_no
    order = (await living.file("hotline-order", "chen", COMPLAINT, [], applicant_id=None)).case_no
    for no in (case, order):
        await living.engine(no)
    await living.act(order, "triage#1", "dispatch", "agent", department=MARKET)
    await living.engine(order)
    async with living.house.db.connection() as conn:
        await conn.execute(
            "INSERT INTO document (id, case_no, key, kind, number, file, made_at) "
            "VALUES ($1, $2, 'doc:receipt', 'receipt', '示市监〔2026〕1号', $3, $4)",
            DOCUMENT, case, digest, living.house.now(),
        )  # fmt: skip
        await conn.execute(
            "INSERT INTO licence (number, case_no, item_code, holder_id, issued_on, state) "
            "VALUES ($1, $2, 'food-licence', $3, '2026-11-16', 'valid')",
            LICENCE, late, firm,
        )  # fmt: skip
        task = "SELECT id FROM task WHERE case_no = $1 AND key = 'acceptance#1'"
        places = {
            "case_no": case,
            "no": case,
            "order": order,
            "code": "food-licence",
            "command": "accept",
            "digest": digest,
            "number": LICENCE,
            "key": "2026.1",
            "id_": DOCUMENT,
            "ref": "none",
            "name": "area",
            "call_id": 1,
            "kiosk_id": "none",
            "task_id": await conn.fetchval(task, case),
            "card_id": await conn.fetchval("SELECT id FROM card WHERE state = 'open'"),
            "material": await conn.fetchval("SELECT id FROM material WHERE case_no = $1", case),
        }
    places |= await _library(living)
    app = build_app(lambda: None)  # type: ignore[arg-type, return-value]
    app.state.house, app.state.bell = living.house, SimpleNamespace(ring=lambda: None)
    app.state.crowd = Crowd(living.house.db)
    return District(living, app, places, digest)


async def _library(living: Living) -> dict[str, str]:
    """What other bodies issued, and 陈示例's consent to the use of one of it."""
    house, chen = living.house, living.world.actors["chen"]
    await take_in(house, handed_over(living.clock()))
    async with house.db.transaction() as tx:
        card = next(e for e in await held(tx, house, chen.subjects) if e.name.zh == "居民身份证")
        item = house.items.get("identity-card")
        return {
            "e_licence": card.identifier,
            "consent_id": await give(tx, house, chen, item, "guardian-id", card, "a-draft"),
        }
