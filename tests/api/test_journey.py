"""A food licence from filing to rating, by machine."""

from tests.api.desk import SITE_CHECK, Desk


async def test_a_food_licence_by_machine_with_one_round_of_corrections(http, living, token):
    chen, clerk, reviewer, director = [
        Desk(http, living, await token(who)) for who in ("chen", "clerk", "reviewer", "director")
    ]
    no = await chen.file()
    defects = [{"code": "layout", "defect": "没有标注比例", "fix": "按 1:100 重新绘制"}]
    await clerk.act(no, "acceptance", "request_correction", defects=defects)
    waiting = (await chen.get("/tasks"))["tasks"]
    assert {"resubmit"} in [set(t["commands"]) for t in waiting if t["case"] == no]

    better = await chen.upload("layout-2.pdf")
    papers = [{"code": "layout", "file": better["file"], "name": "layout-2.pdf"}]
    await chen.act(no, "correction", "resubmit", values={"staff": 9}, papers=papers)
    await clerk.act(no, "acceptance", "accept")
    await reviewer.act(no, "site_check", "record_site_check", values=SITE_CHECK)
    await reviewer.act(no, "review", "recommend_grant", values={"opinion": "符合条件"})
    await director.act(no, "decision", "grant")
    await clerk.act(no, "delivery", "deliver", values={"mode": "electronic", "recipient": "陈示例"})
    await chen.act(no, "rating", "rate", values={"score": "5", "comment": "很快"})

    case = await chen.get(f"/cases/{no}")
    assert (case["stage"], case["outcome"], case["round"]) == ("archived", "granted", 2)
    log = await chen.get(f"/cases/{no}/events")
    assert log["chain"] == {
        "verified": case["seq"],
        "broken": None,
        "head": log["events"][-1]["hash"],
    }
    assert [e["kind"] for e in log["events"] if e["role"] in ("applicant", "clerk", "reviewer", "director")] == [
        "submitted", "correction_requested", "resubmitted", "accepted", "site_checked", "reviewed", "granted", "served",
        "rated",
    ]  # fmt: skip


async def test_what_is_not_sent_again_is_carried_into_the_next_round(http, living, token):
    chen, clerk = Desk(http, living, await token("chen")), Desk(http, living, await token("clerk"))
    no = await chen.file()
    await clerk.act(no, "acceptance", "request_correction", defects=[{"code": "staff", "defect": "人数不对"}])
    await chen.act(no, "correction", "resubmit", values={"staff": 9})
    async with living.house.db.connection() as conn:
        rows = await conn.fetch(
            "SELECT code, source, round FROM material WHERE case_no = $1 ORDER BY round, code", no
        )
    assert [tuple(r) for r in rows if r["round"] == 2] == [
        ("health-certificates", "carried", 2),
        ("layout", "carried", 2),
        ("safety-rules", "carried", 2),
    ]


async def test_a_work_order_about_a_case_is_linked_to_it(http, living, token):
    chen = Desk(http, living, await token("chen"))
    no = await chen.file()
    values = {
        "category": "complaint",
        "title": "催办",
        "content": "请尽快办理我的申请",
        "contact_phone": "19900000001",
    }
    order = await chen.file(item="hotline-order", applicant="self", values=values, papers=[], linked=no)
    assert (await chen.get(f"/cases/{order}"))["linked"] == no
    assert "order_linked" in [e["kind"] for e in (await chen.get(f"/cases/{no}/events"))["events"]]


async def test_the_catalogue_says_what_to_send(http):
    items = (await http.get("/items")).json()
    assert {"food-licence", "individual-business", "residence-permit"} <= {i["code"] for i in items}
    food = (await http.get("/items/food-licence")).json()
    assert food["form"]["properties"]["area"]["type"] == "integer"
    assert "layout" in [p["code"] for p in food["papers"]]
    commands = {c["code"]: c["values"] for c in (await http.get("/commands")).json()}
    assert "result" in commands["record_site_check"]["required"]
