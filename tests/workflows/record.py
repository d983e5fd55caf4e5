"""Record the histories that `test_replay.py` replays, of the edition in force: python -m tests.workflows.record"""

import asyncio
import os
import shutil
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path

from infra.embedded import database_url
from infra.migrations import migrate
from infra.servers import Postgres, Temporal
from services.cases.plan import EDITION
from services.law.clock import legal_date
from tests.conftest import QUICK, make_home, remove_home
from tests.living import FOOD, FOOD_PAPERS, PROMISE, SITE_CHECK, Living
from tests.paying import file_card, payment, told
from tests.workflows.engine import engine, until_event, until_open
from tests.workflows.test_replay import HISTORIES, KEY

FOLDER = HISTORIES / f"edition-{EDITION}"
DEFECTS = [{"code": "layout", "defect": "没有标注比例", "fix": "按 1:100 重新绘制"}]
GRANTED = (
    ("acceptance#1", "accept", "clerk", {}),
    ("site_check#1", "record_site_check", "reviewer", SITE_CHECK),
    ("review#1", "recommend_grant", "reviewer", {}),
    ("decision#1", "grant", "director", {}),
    ("delivery", "deliver", "clerk", {"mode": "direct", "recipient": "陈示例"}),
    ("rating", "rate", "chen", {"score": "5"}),
)
DECLINED = (
    (
        "acceptance#1",
        "decline",
        "clerk",
        {"category": "not_ours", "reason": "不属于本机关职权", "competent_body": "市局"},
    ),
    ("rating", "rate", "chen", {"score": "3"}),
)
SENT_BACK = (
    *GRANTED[:2],
    ("review#1", "send_back", "reviewer", {"opinion": "请复核"}),
    ("site_check#2", "record_site_check", "reviewer", SITE_CHECK),
    ("review#2", "recommend_grant", "reviewer", {}),
    *(("decision#2", *rest) for _, *rest in GRANTED[3:4]),
    *GRANTED[4:],
)
WITHDRAWN = (GRANTED[0], ("withdrawal", "withdraw", "chen", {}), ("rating", "rate", "chen", {"score": "4"}))
ORDER = {
    "category": ["complaint"],
    "title": ["食品经营许可办得太慢"],
    "content": ["提交申请已经很久，一直没有消息。"],
    "contact_phone": ["19900000001"],
}
ANSWERED = (
    ("triage#1", "dispatch", "agent", {"department": "11430199MB99001A33"}),
    ("sign#1", "sign_for", "liaison", {}),
    ("handle#1", "reply", "liaison", {"facts_found": "属实", "measures": "已办", "basis": "行政许可法"}),
    ("callback#1", "record_callback", "agent", {"reached": True, "solved": "yes", "satisfied": "yes"}),
    ("rating", "rate", "chen", {"score": "5"}),
)


# Edition 2: what runs beside the review, and the head's orders.
EXPERTS = {"kind": "expert_review", "basis": "《食品安全法》第三十五条", "body": "省专家库", "days": 14}
HEARING = {"ground": "interests", "interests": "相邻商户的排烟", "basis": "《行政许可法》第四十七条"}
BESIDE = (
    GRANTED[0],
    ("special#1", "start_special", "reviewer", EXPERTS),
    ("special#2", "inform_hearing", "reviewer", HEARING),
    ("hearing_request#2", "waive_hearing", "chen", {}),
    ("special_end#1", "end_special", "reviewer", {"result": "评审通过"}),
    ("direction#1", "extend", "director", {"reason": "需要向外地核实既往记录"}),
    *GRANTED[1:],
)
GONE = {"kind": "gone", "basis": "《行政许可法》第七十条", "reason": "企业已经注销"}
ENDED = (
    GRANTED[0],
    ("direction#1", "terminate", "director", GONE),
    ("rating", "rate", "chen", {"score": "4"}),
)
VOID = {"kind": "duplicate", "reason": "重复录入"}
VOIDED = (("direction#1", "void", "director", VOID), ("rating", "rate", "chen", {"score": "4"}))


# Upon a promise: decided at once, checked after service.
KEPT = {k: v for k, v in SITE_CHECK.items() if k != "result"}
PROMISED = (
    GRANTED[0],
    *GRANTED[3:],
    ("later_check#1", "confirm_kept", "reviewer", KEPT),
)


async def food(living: Living, steps: tuple, end: str, **more: list[str]) -> str:
    firm = living.world.subjects["湖南示例餐饮有限公司"]
    no = (await living.file("food-licence", "chen", FOOD | more, FOOD_PAPERS, applicant_id=firm)).case_no
    return await through(living, no, steps, end)


async def order(living: Living, steps: tuple, end: str) -> str:
    no = (await living.file("hotline-order", "chen", ORDER, [])).case_no
    return await through(living, no, steps, end)


async def through(living: Living, no: str, steps: tuple, end: str) -> str:
    for task, command, who, values in steps:
        await until_open(living, no, task)
        if "checked_on" in values:
            values = values | {"checked_on": legal_date(living.house.now()).isoformat()}
        await living.act(no, task, command, who, **values)
    await until_event(living, no, end)
    return no


async def card(living: Living) -> str:
    """A case with a fee: paid, and given back because it is withdrawn."""
    no = await file_card(living)
    await until_open(living, no, "acceptance#1")
    await living.act(no, "acceptance#1", "accept", "clerk")
    await until_open(living, no, "payment#acceptance")
    await told(living, await payment(living, no))
    await until_open(living, no, "refund#acceptance")
    return await through(
        living,
        no,
        (("withdrawal", "withdraw", "li", {}), ("rating", "rate", "li", {"score": "4"})),
        "archived",
    )


STORIES: dict[str, Callable[[Living], Coroutine[None, None, str]]] = {
    "granted": lambda living: food(living, GRANTED, "archived"),
    "declined": lambda living: food(living, DECLINED, "archived"),
    "sent-back": lambda living: food(living, SENT_BACK, "archived"),
    "withdrawn": lambda living: food(living, WITHDRAWN, "archived"),
    "beside": lambda living: food(living, BESIDE, "archived"),
    "ended": lambda living: food(living, ENDED, "archived"),
    "voided": lambda living: food(living, VOIDED, "archived"),
    "promised": lambda living: food(living, PROMISED, "archived", **PROMISE),
    "paid-and-returned": card,
    "order": lambda living: order(living, ANSWERED, "rated"),
}


async def record() -> None:
    home = make_home()
    postgres, temporal = Postgres(home, tuning=QUICK), Temporal(home)
    postgres.start()
    temporal.start()
    await migrate(database_url(home, "owner"))
    living = await Living.move_in(database_url(home, "app"), Path(home.path))
    living.clock.now = datetime.now(UTC)
    try:
        async with engine(living, temporal.address, KEY) as gateway:
            for name, story in STORIES.items():
                handle = gateway.client.get_workflow_handle(await story(living))
                await handle.result()
                (FOLDER / f"{name}.json").write_text((await handle.fetch_history()).to_json())
                print(name)
    finally:
        await living.leave()
        temporal.stop()
        postgres.stop()
        remove_home(home)


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    asyncio.run(record())
    os._exit(0)
