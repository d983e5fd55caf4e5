"""小满饭店的许可证: one food licence from the click to the archive, told at the screens of all who have a hand in it."""

import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime

from playwright.async_api import Browser, Locator, Page

from services.house import wall_clock
from tests.bench.town import Town
from tests.journeys import papers
from tests.journeys.people import Album, Person, arriving, sign_in
from web.formats import legal_date

FIRM = "湖南示例餐饮有限公司"


@dataclass
class Story:
    """What is known so far, and who is there. A person signs in when first needed."""

    browser: Browser
    town: Town
    album: Album
    stack: AsyncExitStack
    kind: type[Person] = Person
    present: dict[str, Person] = field(default_factory=dict)
    no: str = ""
    order: str = ""

    @property
    def base(self) -> str:
        return self.town.settings.base_url

    async def who(self, username: str, **ways: bool) -> Person:
        if username not in self.present:
            person = await self.stack.enter_async_context(
                arriving(self.browser, self.base, self.album, self.kind, **ways)
            )
            await sign_in(person, username, "sign-in" if not self.no else "")
            self.present[username] = person
        return self.present[username]

    async def all_go_home(self) -> None:
        """After days on the clock everybody's session is over; who comes back signs in again."""
        for person in self.present.values():
            await person.page.context.close()
        self.present.clear()

    async def due(self, task: str) -> datetime:
        async with self.town.house.db.connection() as conn:
            return await conn.fetchval(
                "SELECT due_at FROM task WHERE case_no = $1 AND key = $2", self.no, task
            )


# the citizen


async def files_the_licence(s: Story) -> None:
    chen = await s.who("chen")
    page = chen.page
    await chen.open("/", "home")
    await page.get_by_label("写下要办的事").fill("餐饮")
    await chen.press("查找", "items")
    await chen.follow("食品经营许可", "guide")
    await chen.press("开始申请", "apply-questions")
    await chen.says(FIRM)
    await page.get_by_label("否，还要现场制作或销售散装食品").check()
    await page.get_by_label("法定代表人（负责人）本人").check()
    await chen.press("继续", "apply-form")
    await fill_in_the_form(page)
    await chen.press("保存并继续", "apply-papers")
    await file_input(page, "主要设备设施布局和操作流程").set_input_files(
        papers.upload("布局图", "png", papers.layout(False))
    )
    await file_input(page, "食品安全规章制度清单").set_input_files(
        papers.upload("制度清单", "pdf", papers.safety_rules())
    )
    await file_input(page, "从业人员健康证明").set_input_files(
        papers.upload("健康证明", "pdf", papers.health_certificates())
    )
    await chen.press("上传并继续", "apply-check")
    await page.get_by_label("我已阅读并承诺").check()
    await chen.press("确认并提交", "receipt")
    s.no = re.search(r"/cases/([^/]+)/receipt", page.url)[1]
    await chen.follow("看办理进度", "progress-received")


def file_input(page: Page, label: str) -> Locator:
    """Where the paper of this name is uploaded; beside it may stand a camera's input and an e-licence to tick."""
    return page.get_by_label(label).and_(page.locator("input[type=file]:not([capture])"))


async def fill_in_the_form(page: Page) -> None:
    await page.get_by_label("经营场所名称").fill("小满饭店")
    await page.get_by_label("经营场所地址").fill("示例区示例路1号")
    await page.get_by_label("经营面积").fill("120")
    await page.get_by_label("热食类食品制售").check()
    await page.get_by_label("从业人员人数").fill("8")
    await page.get_by_label("否", exact=True).check()
    await page.get_by_label("食品安全管理人员姓名").fill("陈示例")
    await page.get_by_label("食品安全管理人员电话").fill("19900000001")


async def corrects_the_plan(s: Story) -> None:
    chen = await s.who("chen")
    page = chen.page
    await chen.open("/my/cases", "my-cases")
    await chen.leave(page.locator(f"a[href='/cases/{s.no}']", has_text="看看要补什么"))
    await chen.look("progress-correcting")
    await page.get_by_text("没有标注比例").first.wait_for()
    await chen.press("补正并重新提交", "correct-papers")  # only a paper was asked for
    await chen.press(re.compile("^删除.*布局图"))
    await file_input(page, "主要设备设施布局和操作流程").set_input_files(
        papers.upload("布局图（1比100）", "png", papers.layout(True))
    )
    await chen.press("上传并继续")
    await page.get_by_label("我已阅读并承诺").check()
    await chen.press("提交补正材料", "receipt-corrected")
    await page.get_by_text("补正材料已提交").first.wait_for()


async def complains(s: Story) -> None:
    """投诉: about the slowness of this very case."""
    chen = await s.who("chen")
    page = chen.page
    await chen.open(f"/cases/{s.no}", "progress-late")
    await chen.follow("投诉或咨询（12345）", "complaint-form")
    await page.get_by_label("投诉", exact=True).check()
    await page.get_by_label("标题").fill("食品经营许可办得慢")
    await page.get_by_label("具体内容").fill("现场核查已经做完，承诺的审核时间过了还没有结果，请尽快办理。")
    await page.get_by_label("联系电话").fill("19900000001")
    await chen.press("提交诉求", "complaint-receipt")
    s.order = re.search(r"/cases/([^/]+)/receipt", page.url)[1]


async def rates(s: Story) -> None:
    chen = await s.who("chen")
    await chen.open(f"/cases/{s.no}", "progress-served", until="评价")
    await chen.begin("评价", "rate")
    await chen.page.get_by_label("非常满意").first.check()
    await chen.page.get_by_label("想说的话").fill("补正说得清楚，一次就改好了。")
    await chen.press("提交评价")
    await chen.open(f"/cases/{s.no}", "progress-archived", until="归档")


# the counter


async def asks_for_one_correction(s: Story) -> None:
    clerk = await s.who("clerk")
    page = clerk.page
    await clerk.open(f"/window/cases/{s.no}", until="一次性告知补正")
    await clerk.open("/window?queue=acceptance", "worklist")
    await page.get_by_role("searchbox").fill(s.no)
    await clerk.press("查找")
    await clerk.press(re.compile("^认领"))
    await clerk.open(f"/window/cases/{s.no}", "workbench")
    for right in ("营业执照", "法定代表人", "食品安全规章制度清单", "从业人员健康证明"):
        await page.get_by_role("checkbox", name=right).first.check()
    await clerk.press("一次性告知补正")
    await page.locator("#f-defect-layout").fill("没有标注比例")
    await page.locator("#f-fix-layout").fill("按 1:100 重新绘制")
    notice = await preview(page)
    assert "补正" in notice
    assert "没有标注比例" in notice.replace("\n", "")
    await clerk.album.keep(page, "correction")
    await clerk.press("确认一次性告知补正")
    await page.get_by_text("已办：一次性告知补正").wait_for()


async def preview(page: Page) -> str:
    """The text of the document that the act would send, as the frame beside the form gets it."""
    async with page.expect_response(lambda answer: answer.url.endswith("/preview")) as waiting:
        await page.get_by_role("button", name="预览文书").click()
    answer = await waiting.value
    assert answer.headers["content-type"] == "application/pdf"
    form = await page.locator("form.card").evaluate("form => [...new FormData(form)]")
    again = await page.context.request.post(answer.url, form=dict(form))
    return papers.text_of(await again.body())


async def accepts(s: Story) -> None:
    clerk = await s.who("clerk")
    await clerk.open(f"/window/cases/{s.no}", "workbench-corrected", until="第 2 轮材料")
    await clerk.begin("受理", "accept")
    await clerk.press("确认受理")


async def serves(s: Story) -> None:
    clerk = await s.who("clerk")
    await clerk.open(f"/window/cases/{s.no}", until="送达")
    await clerk.begin("送达", "serve")
    await clerk.page.get_by_label("直接送达（窗口领取）").check()
    await clerk.page.get_by_label("签收人").fill("陈示例")
    await clerk.press("确认送达")


# review and decision


async def checks_the_site(s: Story) -> None:
    reviewer = await s.who("reviewer")
    page = reviewer.page
    await reviewer.open("/window", "worklist-reviewer")
    await reviewer.open(f"/window/cases/{s.no}", until="登记现场核查结果")
    await reviewer.begin("登记现场核查结果", "site-check")
    await page.get_by_label("核查日期").fill(f"{legal_date(wall_clock())}")
    await page.get_by_label("核查人员一").fill("刘审核 A001")
    await page.get_by_label("核查人员二").fill("何核查 A002")
    await page.get_by_label("合格", exact=True).check()
    await page.get_by_label("核查情况").fill("布局与图纸一致，生熟分开，洗消设施可用。")
    await reviewer.press("确认登记现场核查结果")


async def recommends(s: Story) -> None:
    colleague = await s.who("reviewer2")
    await colleague.open(f"/window/cases/{s.no}", "workbench-review", until="建议准予")
    await colleague.begin("建议准予", "recommend")
    await colleague.page.get_by_label("审查意见").fill("符合条件，建议准予。")
    await colleague.press("确认建议准予")


async def grants(s: Story) -> None:
    director = await s.who("director")
    await director.open("/window", "worklist-director")
    await director.open(f"/window/cases/{s.no}", "workbench-decision", until="准予")
    await director.begin("准予", "grant")
    await director.press("确认准予")


# 12345


async def dispatches(s: Story) -> None:
    agent = await s.who("agent")
    await agent.open("/hotline/desk", "hotline-desk")
    await agent.open(f"/hotline/orders/{s.order}", "hotline-order", until="派单")
    await agent.begin("派单", "hotline-dispatch")
    await agent.page.get_by_label("承办单位").select_option(label="区市场监督管理局")
    await agent.press("派单")


async def signs_and_replies(s: Story) -> None:
    liaison = await s.who("liaison")
    page = liaison.page
    await liaison.open("/window?queue=orders", "worklist-orders")
    await liaison.open(f"/hotline/orders/{s.order}", until="签收")
    await liaison.begin("签收")
    await liaison.press("签收")
    await liaison.begin("答复", "hotline-reply")
    await page.get_by_label("查明的事实").fill("现场核查当天完成，审核环节超过了内部期限。")
    await page.get_by_label("处理措施和结果").fill("已换人审核，今天提出审核意见。")
    await page.get_by_label("依据").fill("《行政许可法》第四十二条")
    await liaison.press("答复", within=page.locator("main"))


async def calls_back(s: Story) -> None:
    agent = await s.who("agent")
    await agent.open(f"/hotline/orders/{s.order}", until="登记回访")
    await agent.begin("登记回访", "hotline-callback")
    page = agent.page
    await page.get_by_role("group", name="是否接通").get_by_label("是").check()
    await page.get_by_label("已解决").check()
    await page.get_by_role("group", name="是否满意").get_by_label("满意", exact=True).check()
    await agent.press("登记回访", within=page.locator("main"))
    await agent.album.keep(page, "hotline-closed")


# supervision


async def closes_the_card(s: Story) -> None:
    supervisor = await s.who("supervisor")
    page = supervisor.page
    await supervisor.open("/supervisor", "wall-late")
    await supervisor.open("/supervisor/cards", "cards-late")
    await supervisor.open(f"/supervisor/cases/{s.no}", "audit-late", until="T04")
    await supervisor.leave(page.locator("a[href^='/supervisor/cards/']", has_text="T04"))
    await supervisor.look("card")
    await page.get_by_label("说明成立").check()
    await page.get_by_label("理由").fill("审核人员生病，已换人；承诺期限没有超过。")
    await supervisor.press("销牌", within=page.locator("main"))
    await page.get_by_text("已销牌，记入办件经过").wait_for()


async def audits(s: Story) -> str:
    supervisor = await s.who("supervisor")
    await supervisor.open("/supervisor/cases")
    await supervisor.open(f"/supervisor/cases/{s.no}", "audit")
    return await supervisor.page.locator("main").inner_text()


# papers


async def downloads(person: Person, link: str) -> bytes:
    href = await person.page.get_by_role("link", name=link).first.get_attribute("href")
    return await (await person.page.context.request.get(href)).body()
