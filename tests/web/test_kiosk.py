"""自助终端: the same items, one question a screen; who may be there, and what is left when they go."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from infra.seed.world import PASSWORD, PEOPLE
from services.law.roles import Actor, Grant, Role
from services.people.accounts import insert_account
from services.people.sessions import recent
from tests.cases.conftest import home, living
from tests.living import Living
from tests.web.applying import JPG, Visitor, upload, visiting
from tests.web.desks import at_desk, desks_of

__all__ = ["home", "living"]

ANSWERS = {
    "business_name": "示例区小满饮品店",
    "scope": "餐饮服务",
    "operation": "individual",
    "premises_address": "示例区示例路1号",
    "premises_proof": "declaration",
    "premises_declaration": "yes",
    "contact_phone": "19900000002",
}
LI = next(p for p in PEOPLE if p.username == "li")


@asynccontextmanager
async def at_kiosk(living: Living, name: str = "一楼大厅 2 号机") -> AsyncIterator[Visitor]:
    """A browser that an administrator made a terminal."""
    async with visiting(living) as visitor:
        await visitor.sign_in("admin")
        await visitor.go("/admin/kiosks")
        await visitor.press("/admin/kiosks", name=name)
        assert visitor.path == "/kiosk"
        yield visitor


async def come_in(visitor: Visitor, then: str = "/kiosk/items") -> Visitor:
    await visitor.go(f"/kiosk/sign-in?next={then}")
    await visitor.press("/kiosk/sign-in", number=LI.id_number.lower())
    assert LI.id_number not in visitor.text.replace(f'value="{LI.id_number}"', ""), "masked where it is read"
    await visitor.press("/kiosk/sign-in", password=PASSWORD)
    assert visitor.path == then
    return visitor


async def answer_all(visitor: Visitor, answers: dict[str, str]) -> list[str]:
    """From screen to screen to the last page; the questions in the order they were asked."""
    asked = []
    while "/ask/" in visitor.path:
        name = visitor.path.rpartition("/")[2]
        asked.append(name)
        assert len(set(re.findall(r' name="(\w+)"', visitor.page.text)) - {"csrf", "back", "viewport"}) <= 2
        await visitor.press(visitor.path, **{name: answers[name]} if name in answers else {})
        assert len(asked) < 30
    return asked


def a_minute_passes(living: Living, seconds: float = 76) -> None:
    living.clock.forward(seconds=seconds)
    recent._kept.clear()


async def test_only_a_terminal_shows_a_terminals_pages(living: Living):
    async with visiting(living) as anybody:
        await anybody.go("/kiosk")
        assert anybody.page.status_code == 403
        anybody.client.cookies.set("ow-kiosk", "a" * 32 + "." + "b" * 64)
        assert "自助终端上使用" in await anybody.go("/kiosk/items")


async def test_an_administrator_makes_a_browser_a_terminal_and_is_signed_out_there(living: Living):
    async with at_kiosk(living, "三楼 1 号机") as kiosk:
        assert "您要办什么事" in kiosk.text
        await kiosk.go("/")
        assert kiosk.path == "/kiosk", "the ordinary home page leads here too"
        await kiosk.go("/admin/kiosks")
        assert kiosk.path == "/sign-in"
        async with visiting(living) as office:
            await office.sign_in("admin")
            await office.go("/admin/kiosks")
            row = re.search(r"三楼 1 号机.*?action=\"(/admin/kiosks/\w+/retire)\"", office.page.text, re.S)
            await office.press(row[1])
            assert "已停用" in office.text
        await kiosk.go("/kiosk")
        assert kiosk.page.status_code == 403


async def test_an_item_is_applied_for_one_question_a_screen_and_the_ticket_comes_at_once(living: Living):
    async with at_kiosk(living) as kiosk:
        await kiosk.go("/kiosk/items/individual-business")
        assert 'action="/kiosk/items' not in kiosk.text, "who somebody is comes first"
        await come_in(kiosk, "/kiosk/items/individual-business")
        await kiosk.press("/kiosk/items/individual-business/start")
        asked = await answer_all(kiosk, ANSWERS)
        assert asked.index("premises_declaration") == asked.index("premises_proof") + 1, "asked because of it"
        assert kiosk.path.endswith("/check")
        assert "示例区小满饮品店" in kiosk.text
        await kiosk.press(kiosk.path.replace("check", "submit"))
        assert kiosk.page.status_code == 422
        await kiosk.press(kiosk.path.replace("check", "submit"), truth="yes")
        no = kiosk.path.split("/")[3]
        assert kiosk.path == f"/kiosk/cases/{no}/receipt"
        assert re.search(r"\d{3} \d{3}<", kiosk.page.text), "the query code"
        assert "data-print" in kiosk.text
        assert "<svg" in (await kiosk.client.get(f"/kiosk/cases/{no}/qr.svg")).text
        async with living.house.db.connection() as conn:
            assert await conn.fetchval("SELECT channel FROM cases WHERE no = $1", no) == "kiosk"


async def test_what_is_wrong_is_said_on_its_own_screen_and_changes_come_back_to_the_check_page(
    living: Living,
):
    async with at_kiosk(living) as kiosk:
        await come_in(kiosk, "/kiosk/items/individual-business")
        await kiosk.press("/kiosk/items/individual-business/start")
        await answer_all(kiosk, ANSWERS)
        change = re.search(r'href="(/kiosk/apply/\w+/ask/contact_phone)\?back=check"', kiosk.page.text)[1]
        await kiosk.go(f"{change}?back=check")
        await kiosk.press(change, contact_phone="12")
        assert kiosk.page.status_code == 422
        assert 'href="#f-contact_phone"' in kiosk.text
        assert 'value="12"' in kiosk.text
        await kiosk.press(change, contact_phone="19900000002")
        assert kiosk.path.endswith("/check")


async def test_a_paper_is_handed_in_or_left_for_ones_own_phone(living: Living):
    async with at_kiosk(living) as kiosk:
        await come_in(kiosk, "/kiosk/items/residence-permit")
        await kiosk.press("/kiosk/items/residence-permit/start")
        draft = kiosk.path.split("/")[3]
        for question, said in (("resided", "yes"), ("applicant_role", "self")):
            await kiosk.go(f"/kiosk/apply/{draft}/ask/{question}")
            await kiosk.press(kiosk.path, **{question: said})
        await kiosk.go(f"/kiosk/apply/{draft}/paper/photo")
        assert 'capture="environment"' in kiosk.text
        await kiosk.press(
            f"/kiosk/apply/{draft}/paper/photo", [upload("photo", "坏.jpg", b"MZ" + b"\0" * 99)]
        )
        assert "不是" in kiosk.text
        await kiosk.press(f"/kiosk/apply/{draft}/paper/photo", [upload("photo", "我.jpg", JPG)], then="here")
        assert "我.jpg" in kiosk.text
        assert "<svg" in (await kiosk.client.get(f"/kiosk/apply/{draft}/qr.svg")).text
    async with visiting(living) as phone:
        await phone.sign_in("li")
        assert "我.jpg" in await phone.go(f"/apply/{draft}/papers"), "the draft went along"


async def test_after_a_minute_without_a_touch_the_server_has_ended_it(living: Living):
    async with at_kiosk(living) as kiosk:
        await come_in(kiosk)
        a_minute_passes(living, 40)
        await kiosk.go("/kiosk/here")
        assert kiosk.page.status_code == 204
        a_minute_passes(living, 40)
        await kiosk.go("/kiosk/cases")
        assert kiosk.path == "/kiosk/cases", "a touch counts"
        a_minute_passes(living)
        await kiosk.go("/kiosk/cases")
        assert (kiosk.path, kiosk.page.url.query) == ("/kiosk", b"ended=1")


async def test_nothing_of_anybody_is_left_in_the_browser(living: Living):
    async with at_kiosk(living) as kiosk:
        await come_in(kiosk, "/kiosk/items/individual-business")
        await kiosk.press("/kiosk/items/individual-business/start")
        address = kiosk.path
        while "/ask/" in kiosk.path:
            assert kiosk.page.headers["cache-control"] == "no-store"
            fields = re.findall(r"<(?:input|textarea)[^>]*>", kiosk.page.text)
            assert not [f for f in fields if 'autocomplete="' in f and 'autocomplete="off"' not in f]
            assert '<noscript><meta http-equiv="refresh" content="60;url=/kiosk/wipe">' in kiosk.page.text
            name = kiosk.path.rpartition("/")[2]
            await kiosk.press(kiosk.path, **{name: ANSWERS[name]} if name in ANSWERS else {})
        await kiosk.go("/preferences?lang=en&next=/kiosk")
        gone = await kiosk.client.get("/kiosk/wipe", follow_redirects=False)
        assert gone.headers["clear-site-data"] == '"cache", "storage"'
        await kiosk.go("/kiosk")
        assert {c.name for c in kiosk.client.cookies.jar} <= {"ow-kiosk", "ow-visitor"}
        await kiosk.go(address)
        assert kiosk.path == "/kiosk", "the way back leads nowhere"


async def test_a_session_at_a_terminal_opens_the_terminals_pages_only(living: Living):
    async with at_kiosk(living) as kiosk:
        await come_in(kiosk)
        token = kiosk.client.cookies["ow-terminal"]
        kiosk.client.cookies.set("ow", token)
        await kiosk.go("/my/cases")
        assert kiosk.path == "/sign-in"


async def test_a_wrong_password_says_neither_which_nor_who(living: Living):
    async with at_kiosk(living) as kiosk:
        said = []
        for number in (LI.id_number, "430199199009099999"):
            await kiosk.go("/kiosk/sign-in")
            await kiosk.press("/kiosk/sign-in", number=number)
            await kiosk.press("/kiosk/sign-in", password="not the password")
            said.append(re.search(r'<a href="#f-number">(.*?)</a>', kiosk.page.text)[1])
        assert said[0] == said[1]
        assert "号码或密码不正确" in said[0]


async def test_a_call_for_help_is_seen_at_the_windows_until_somebody_goes(living: Living):
    async with at_kiosk(living, "办事大厅 7 号机") as kiosk, desks_of(living) as app:
        for _ in range(2):
            await kiosk.go("/kiosk")
            await kiosk.press("/kiosk/help")
        assert "已通知工作人员" in kiosk.text
        async with at_desk(app, living, "clerk") as clerk:
            page = await clerk.open("/window")
            assert page.count("自助终端呼叫：办事大厅 7 号机") == 1
            await clerk.send(re.search(r'action="(/window/calls/\d+)"', page)[1])
            assert "办事大厅 7 号机" not in await clerk.open("/window")


async def test_another_districts_administrators_and_windows_have_no_say_over_a_terminal(living: Living):
    async with at_kiosk(living, "南楼 9 号机") as kiosk, desks_of(living) as app:
        await kiosk.press("/kiosk/help")
        async with living.house.db.connection() as conn:
            id_ = await conn.fetchval("SELECT id FROM kiosk WHERE name = '南楼 9 号机'")
            call = await conn.fetchval("SELECT id FROM kiosk_call WHERE kiosk_id = $1", id_)
            elsewhere = (Role.ADMIN, Role.CLERK), "430000"
            for n, role in enumerate(elsewhere[0]):
                account = await insert_account(
                    conn, username=f"elsewhere{n}", password_hash="", kind="staff", name="外区人员",
                    now=living.house.now(), grants=[Grant(role, "", elsewhere[1])],
                )  # fmt: skip
                living.world.actors[f"elsewhere{n}"] = Actor(account, "staff", "外区人员")
        async with at_desk(app, living, "elsewhere0") as admin:
            assert "南楼 9 号机" not in await admin.open("/admin/kiosks")
            token = re.search(r'name="csrf" value="([^"]+)"', admin.page)[1]
            retired = await admin.client.post(f"/admin/kiosks/{id_}/retire", data={"csrf": token})
            assert retired.status_code == 404
        async with at_desk(app, living, "elsewhere1") as clerk:
            token = re.search(r'name="csrf" value="([^"]+)"', await clerk.open("/window/visitors"))[1]
            await clerk.client.post(f"/window/calls/{call}", data={"csrf": token})
        async with living.house.db.connection() as conn:
            row = await conn.fetchrow(
                "SELECT retired_at, taken_at FROM kiosk k JOIN kiosk_call c ON c.kiosk_id = k.id WHERE k.id = $1",
                id_,
            )
        assert tuple(row) == (None, None)
