"""The desk of clerks, reviewers and directors, through its pages."""

import re
from html import unescape
from uuid import uuid4

import pytest

from services.cases.histories import verify_chain
from tests.living import SITE_CHECK, Living
from tests.web.window import at_desk, filed, hidden, home, living, reviewed, send, task_of

__all__ = ["home", "living"]


async def test_a_clerk_sees_the_queues_of_a_clerk_and_the_most_urgent_task_first(living: Living) -> None:
    first = await filed(living)
    living.clock.forward(days=1)
    await filed(living)
    async with at_desk(living, "clerk") as client:
        page = await client.get("/window")
    assert "待受理" in page.text
    assert "待决定" not in page.text
    rows = re.findall(r'<a href="/window/cases/(\w+)\?', page.text)
    assert rows.index(first) == 0
    assert "还有 4 个工作日" in page.text


async def test_a_long_list_has_pages(living: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    await filed(living)
    living.clock.forward(days=1)
    await filed(living)
    async with at_desk(living, "clerk") as client:
        whole = re.findall(r'<a href="/window/cases/(\w+)\?', (await client.get("/window")).text)
        monkeypatch.setattr("web.window.worklist.PAGE", 1)
        for n, no in enumerate(whole, 1):
            page = (await client.get(f"/window?page={n}")).text
            assert re.findall(r'<a href="/window/cases/(\w+)\?', page) == [no]
            assert ('rel="next"' in page) == (n < len(whole))


async def test_all_that_is_ticked_is_put_back(living: Living) -> None:
    tasks = [await task_of(living, await filed(living), "acceptance#1") for _ in range(2)]
    async with at_desk(living, "clerk") as client:
        page = await client.get("/window?queue=acceptance")
        assert "认领所选" in page.text
        csrf = hidden(page, "csrf")
        ticked = {"csrf": csrf, "task": tasks, "back": "/window?queue=mine"}
        claimed = await client.post("/window/claims", data=ticked)
        assert "共 2 件" in (await client.get(claimed.headers["location"])).text
        mine = await client.get("/window?queue=mine")
        assert mine.text.count("放回<") == 2
        assert "认领所选" not in mine.text
        done = await client.post("/window/claims", data=ticked | {"release": "ticked"})
        told = (await client.get(done.headers["location"])).text
        assert "已放回队列" in told
        assert "共 2 件" in told
        assert "您没有认领的待办" in (await client.get("/window?queue=mine")).text


async def test_a_citizen_has_no_way_to_the_desk(living: Living) -> None:
    no = await filed(living)
    async with at_desk(living, "chen") as client:
        assert (await client.get("/window")).status_code == 403
        assert (await client.get(f"/window/cases/{no}")).status_code == 403


async def test_the_whole_number_leads_to_the_case_and_a_part_of_it_narrows_the_list(living: Living) -> None:
    no = await filed(living)
    async with at_desk(living, "clerk") as client:
        straight = await client.get("/window", params={"q": f"{no[:6]} {no[6:14]} {no[14:]}".lower()})
        assert straight.headers["location"] == f"/window/cases/{no}"
        part = await client.get("/window", params={"q": no[-7:]})
        assert re.findall(r'<a href="/window/cases/(\w+)\?', part.text) == [no]
        assert "没有编号含" in (await client.get("/window", params={"q": "no-such"})).text


async def test_a_clerk_accepts_after_seeing_what_it_means(living: Living) -> None:
    no = await filed(living)
    async with at_desk(living, "clerk") as client:
        address = f"/window/tasks/{await task_of(living, no, 'acceptance#1')}/accept"
        assert address in (await client.get(f"/window/cases/{no}")).text
        done = await send(client, address, {})
        assert done.status_code == 303
        assert done.headers["location"].startswith("/window?queue=all&done=accept")
        assert "已办：受理" in (await client.get(done.headers["location"])).text
    assert "accepted" in await living.kinds(no)


async def test_accepting_says_which_papers_nobody_has_ticked(living: Living) -> None:
    no = await filed(living)
    async with at_desk(living, "clerk") as client:
        address = f"/window/tasks/{await task_of(living, no, 'acceptance#1')}/accept"
        said = (await client.get(f"{address}?ok=layout")).text
        assert "没有勾选核对的材料：食品安全规章制度清单、从业人员健康证明。" in said
        (back,) = re.findall(rf'href="(/window/cases/{no}[^"]*ok=layout)"', said)
        checked = re.findall(r'name="ok" value="([^"]+)" checked', (await client.get(unescape(back))).text)
        assert checked == ["layout"]
        every = (await client.get(address + "?ok=layout&ok=safety-rules&ok=health-certificates")).text
        assert "没有勾选核对的材料" not in every


async def test_the_same_press_twice_acts_once_and_lands_on_the_same_page(living: Living) -> None:
    no = await filed(living)
    async with at_desk(living, "clerk") as client:
        address = f"/window/tasks/{await task_of(living, no, 'acceptance#1')}/accept"
        page = await client.get(address)
        first = await send(client, address, {}, page)
        again = await send(client, address, {}, page)
        assert (first.status_code, again.status_code) == (303, 303)
        other = await send(client, address, {"token": uuid4().hex}, page)
        assert other.status_code == 409
        assert "办件已经变化" in other.text
    assert (await living.kinds(no)).count("accepted") == 1


async def test_a_correction_names_everything_at_once_and_twice_sent_is_once(living: Living) -> None:
    no = await filed(living)
    ticks = {
        "tick": ["layout", "area"],
        "defect-layout": "没有标注比例",
        "fix-layout": "按 1:100 重新绘制",
        "defect-area": "与图纸不一致",
        "fix-area": "",
        "defect-safety-rules": "没有勾选的不算",
    }
    async with at_desk(living, "clerk") as client:
        address = f"/window/tasks/{await task_of(living, no, 'acceptance#1')}/request_correction"
        page = await client.get(address, params={"ok": ["layout"]})
        assert (await send(client, address, ticks, page)).status_code == 303
        assert (await send(client, address, ticks, page)).status_code == 303
    async with living.house.db.connection() as conn:
        body = await conn.fetchval(
            "SELECT body FROM case_event WHERE case_no = $1 AND kind = 'correction_requested'", no
        )
    assert "没有标注比例" in body
    assert "与图纸不一致" in body
    assert "没有勾选的不算" not in body


async def test_what_was_not_found_right_is_ticked_for_the_correction(living: Living) -> None:
    no = await filed(living)
    async with at_desk(living, "clerk") as client:
        address = f"/window/tasks/{await task_of(living, no, 'acceptance#1')}/request_correction"
        untouched = (await client.get(address)).text
        some = (await client.get(address, params={"ok": ["layout", "business-licence"]})).text
    assert 'value="layout" checked' not in untouched
    assert 'value="layout" checked' not in some
    assert 'value="safety-rules" checked' in some


async def test_a_correction_without_words_keeps_what_was_typed_and_leads_to_the_line(living: Living) -> None:
    no = await filed(living)
    async with at_desk(living, "clerk") as client:
        address = f"/window/tasks/{await task_of(living, no, 'acceptance#1')}/request_correction"
        wrong = await send(
            client, address, {"tick": ["layout", "area"], "defect-area": "写错了", "note": "请尽快"}
        )
        assert wrong.status_code == 422
        assert 'href="#f-defect-layout"' in wrong.text
        assert "写错了" in wrong.text
        assert "请尽快" in wrong.text
        assert 'value="layout" checked' in wrong.text
        nothing = await send(client, address, {})
        assert nothing.status_code == 422
        assert 'href="#f-items"' in nothing.text
    assert "correction_requested" not in await living.kinds(no)


async def test_two_officers_check_a_site_and_one_name_twice_is_refused_with_the_text_kept(
    living: Living,
) -> None:
    no = await filed(living)
    await living.act(no, "acceptance#1", "accept", "clerk")
    await living.engine(no)
    async with at_desk(living, "reviewer") as client:
        address = f"/window/tasks/{await task_of(living, no, 'site_check#1')}/record_site_check"
        assert "两名以上工作人员" in (await client.get(address)).text
        wrong = await send(client, address, SITE_CHECK | {"officer_2": SITE_CHECK["officer_1"]})
        assert wrong.status_code == 422
        assert SITE_CHECK["findings"] in wrong.text
        assert (await send(client, address, SITE_CHECK)).status_code == 303
    assert "site_checked" in await living.kinds(no)


async def test_the_director_decides_with_the_opinion_in_sight_and_the_reviewer_may_not(
    living: Living,
) -> None:
    no = await reviewed(living, opinion="符合条件")
    task = await task_of(living, no, "decision#1")
    async with at_desk(living, "reviewer") as client:
        assert f"/window/tasks/{task}/" not in (await client.get(f"/window/cases/{no}")).text
        assert (await client.get(f"/window/tasks/{task}/grant")).status_code == 409
    async with at_desk(living, "director") as client:
        page = await client.get(f"/window/tasks/{task}/grant")
        assert "符合条件" in page.text
        assert "现场核查：合格" in page.text
        assert (await send(client, f"/window/tasks/{task}/grant", {}, page)).status_code == 303
    assert "granted" in await living.kinds(no)


async def test_without_a_written_opinion_the_director_decides_and_the_clerk_hands_out(living: Living) -> None:
    no = await reviewed(living)
    for key, command, who in (("decision#1", "grant", "director"), ("delivery", "deliver", "clerk")):
        task = await task_of(living, no, key)
        async with at_desk(living, who) as client:
            page = await client.get(f"/window/tasks/{task}/{command}")
            assert page.status_code == 200
            assert "没有另写意见" in page.text
            draft = await client.get(f"/window/tasks/{task}/{command}/preview")
            assert draft.status_code == (200 if command == "grant" else 422), "handing out makes no document"
            if command == "grant":
                assert (await send(client, f"/window/tasks/{task}/grant", {}, page)).status_code == 303
        await living.engine(no)


async def test_a_claimed_task_says_by_whom_and_has_no_buttons_until_it_is_put_back(living: Living) -> None:
    no = await filed(living)
    task = await task_of(living, no, "acceptance#1")
    async with at_desk(living, "clerk2") as theirs, at_desk(living, "clerk") as mine:
        csrf = hidden(await theirs.get(f"/window/cases/{no}"), "csrf")
        claimed = await theirs.post(
            "/window/claims", data={"csrf": csrf, "claim": task, "back": "/window?queue=mine"}
        )
        assert claimed.headers["location"] == "/window?queue=mine&done=claimed"
        assert no in (await theirs.get("/window?queue=mine")).text
        page = await mine.get(f"/window/cases/{no}")
        assert "吴窗口 已认领这件事" in page.text
        assert f"/window/tasks/{task}/accept" not in page.text
        assert "吴窗口" in (await mine.get(f"/window/tasks/{task}/accept")).text
        await theirs.post("/window/claims", data={"csrf": csrf, "release": task})
        assert f"/window/tasks/{task}/accept" in (await mine.get(f"/window/cases/{no}")).text


async def test_news_tells_what_changed_without_moving_a_row(living: Living) -> None:
    no = await filed(living)
    task = await task_of(living, no, "acceptance#1")
    async with at_desk(living, "clerk") as client:
        await living.act(no, "acceptance#1", "accept", "clerk2")
        await living.engine(no)
        news = await client.get("/window/news", params={"queue": "acceptance", "seen": str(task)})
    assert "办完 1 件" in news.text
    assert f'id="w{task}" hx-swap-oob="true"' in news.text
    assert "<tr" not in news.text


async def test_numbers_are_masked_until_somebody_looks_on_record(living: Living) -> None:
    no = await filed(living)
    async with at_desk(living, "clerk") as client:
        page = await client.get(f"/window/cases/{no}")
        assert "199****0010" in page.text
        assert "19900000010" not in page.text
        await client.post(f"/window/cases/{no}/reveal", data={"csrf": hidden(page, "csrf")})
        assert "19900000010" in (await client.get(f"/window/cases/{no}")).text
        living.clock.forward(minutes=6)
        assert "19900000010" not in (await client.get(f"/window/cases/{no}")).text
    assert "revealed" in await living.kinds(no)
    async with living.house.db.connection() as conn:
        assert (await verify_chain(conn, no)).broken is None
    async with at_desk(living, "director") as client:
        csrf = re.search(r'name="csrf" value="([^"]+)"', (await client.get(f"/window/cases/{no}")).text)[1]
        refused = await client.post(f"/window/cases/{no}/reveal", data={"csrf": csrf})
        assert "只有办理人员" in refused.text


async def test_a_likely_duplicate_is_pointed_out(living: Living) -> None:
    one = await filed(living)
    living.clock.forward(hours=1)
    other = await filed(living)
    async with at_desk(living, "clerk") as client:
        page = await client.get(f"/window/cases/{one}")
    assert f'href="/window/cases/{other}"' in page.text
