"""Stories of applications: each goes its way until its ending, or until the month is over."""

from datetime import timedelta

from infra.seed.forms import Application
from infra.seed.month import Month, Story
from services.cases.attending import IdPaper
from services.law.clock import legal_date

_AT_ONCE = "individual-business"  # 即办件: decided and handed over at the same visit
_ADVICE = ("材料齐全，符合条件，建议准予。", "经审查符合法定条件。", "核查合格，同意。", "")
_GOOD = ("很快，一次就办好了。", "窗口的同志很耐心。", "网上提交，没有跑腿。", "")
_DEFECTS = {
    "food-licence": (
        ("layout", "图上没有标注比例和尺寸，看不出生熟分区", "按 1:100 重新绘制，标明各功能间面积"),
        ("safety-rules", "缺清洗消毒、添加剂使用等制度，未签名", "补齐制度并由负责人签名、注明日期"),
    ),
    "residence-permit": (("photo", "面部不清晰", "上传近期正面免冠彩色照片"),),
    "individual-business": (("scope", "经营范围表述不规范", "按经营范围规范目录填写"),),
}
_REVIEWERS = {
    "food-licence": ("reviewer", "reviewer2", "director"),
    "residence-permit": ("police", "police", "police2"),
    "individual-business": ("reviewer", "reviewer", "reviewer2"),
}
_REFUSALS = {
    "food-licence": ("现场核查发现就餐区与开放式垃圾站直线距离不足二十五米。", "经营场所不符合与污染源保持规定距离的条件。", "《食品安全法》第三十三条"),
    "residence-permit": ("经核对，申请人居住登记未满半年。", "不符合居住半年以上的申领条件。", "《居住证暂行条例》第二条"),
    "individual-business": ("申报的经营场所地址经查不存在。", "经营场所信息不真实。", "《市场主体登记管理条例》第十六条"),
}  # fmt: skip


class Telling:
    """One application under way: who deals with it, and the verbs of its story."""

    def __init__(self, m: Month, application: Application, no: str) -> None:
        self.m, self.a, self.no = m, application, no
        self.clerk = m.cast.staff(m.rng.choice(("clerk", "clerk2")))
        first, second, decider = _REVIEWERS[application.item]
        if application.item == "food-licence" and m.rng.random() < 0.5:
            first, second = second, first
        self.reviewer, self.other, self.decider = (m.cast.staff(u) for u in (first, second, decider))
        self.head = m.cast.staff("director")

    async def accept(self) -> None:
        await self.m.act(self.no, "acceptance", "accept", self.clerk)

    async def ask_for_corrections(self) -> None:
        lines = [{"code": c, "defect": d, "fix": f} for c, d, f in _DEFECTS[self.a.item]]
        await self.m.act(self.no, "acceptance", "request_correction", self.clerk, defects=lines)

    async def check_site(self, *, good: bool = True) -> None:
        await self.m.act(
            self.no, "site_check", "record_site_check", self.reviewer,
            checked_on=legal_date(self.m.clock.now).isoformat(), officer_1=f"{self.reviewer.name} A001",
            officer_2=f"{self.other.name} A002", result="pass" if good else "fail",
            findings="布局与图纸一致，设备齐全。" if good else "距开放式垃圾站不足二十五米。",
        )  # fmt: skip

    async def review(self, *, good: bool = True) -> None:
        command = "recommend_grant" if good else "recommend_refuse"
        opinion = self.m.rng.choice(_ADVICE) if good else "不符合条件，建议不予。"
        await self.m.act(self.no, "review", command, self.reviewer, opinion=opinion)

    async def decide(self, *, good: bool = True) -> None:
        if good:
            await self.m.act(self.no, "decision", "grant", self.decider)
            return
        facts, reason, basis = _REFUSALS[self.a.item]
        await self.m.act(
            self.no, "decision", "refuse", self.decider, facts_found=facts, reason=reason, basis=basis
        )

    async def send_back(self) -> None:
        await self.m.act(
            self.no, "decision", "send_back", self.decider, opinion="核查记录缺少照片说明，请补充。"
        )

    async def deliver(self) -> None:
        mode = self.m.rng.choice(("direct", "post", "electronic"))
        await self.m.act(
            self.no,
            "delivery",
            "deliver",
            self.clerk,
            mode=mode,
            recipient=self.a.citizen.name,
            relation="本人",
        )

    async def start_testing(self) -> None:
        await self.m.act(
            self.no, "special", "start_special", self.reviewer, kind="testing", basis="《食品安全法》第八十七条",
            body="示例市食品检验所", days=8,
        )  # fmt: skip

    async def tell_of_hearing(self) -> None:
        await self.m.act(
            self.no, "special", "inform_hearing", self.reviewer, ground="interests",
            interests="经营场所与居民住宅相邻，油烟排放涉及相邻居民的重大利益。", basis="《行政许可法》第四十七条",
        )  # fmt: skip

    async def assign(self) -> None:
        await self.m.act(self.no, "assignment", "assign", self.head, handler=self.reviewer.id)

    async def confirm_kept(self) -> None:
        await self._check_later("confirm_kept", findings="布局、制度、健康证明与承诺一致。")

    async def order_rectification(self) -> None:
        await self._check_later(
            "order_rectification", findings="冷食操作区没有独立隔断。", demand="加装隔断，保持封闭。"
        )

    async def _check_later(self, command: str, **found: str) -> None:
        await self.m.act(
            self.no, "later_check", command, self.reviewer, checked_on=legal_date(self.m.clock.now).isoformat(),
            officer_1=f"{self.reviewer.name} A001", officer_2=f"{self.other.name} A002", **found,
        )  # fmt: skip

    async def extend(self) -> None:
        await self.m.act(
            self.no,
            "direction",
            "extend",
            self.head,
            reason="经营场所分设两处，需要分别核查，不能在法定期限内办结。",
        )

    async def void(self) -> None:
        await self.m.act(
            self.no,
            "direction",
            "void",
            self.head,
            kind="duplicate",
            reason="与同日收件的申请重复，窗口误录。",
        )

    async def rate(self) -> None:
        score = self.m.rng.choice(("5", "5", "5", "4", "4", "3", "2"))
        comment = self.m.rng.choice(_GOOD) if score in "45" else "等的时间有点长。"
        await self.m.act(self.no, "rating", "rate", self.a.citizen.actor, score=score, comment=comment)

    async def withdraw(self) -> None:
        await self.m.act(self.no, "withdrawal", "withdraw", self.a.citizen.actor, reason="经营计划有变")

    async def decline(self) -> None:
        await self.m.act(
            self.no, "acceptance", "decline", self.clerk, category="not_ours",
            reason="所填地址不在示例区辖区内。", competent_body="另一示例区有关部门",
        )  # fmt: skip


async def application(
    m: Month, a: Application, ending: str, *, counter: bool, again: Application | None = None
) -> Story:
    """From filing to the ending. `counter`: the applicant came to the window; `again`: the set handed in after 补正."""
    filer = m.cast.staff("clerk") if counter else a.citizen.actor
    no = await m.file(filer, a.item, a.raw, a.papers, a.applicant, channel="window" if counter else "web")
    t = Telling(m, a, no)
    if again:
        yield m.after(3)
        await t.ask_for_corrections()
        yield m.after(12)
        paper = IdPaper("resident_id", a.citizen.id_number) if counter else None
        await m.correct(no, filer, again.raw, again.papers, paper)
    async for moment in _to_acceptance(t, ending):
        yield moment
    if ending in _REVIEWED:
        async for moment in _to_decision(t, ending):
            yield moment
    if ending in ("concluded", "rated", "refused", *_CHECKED_LATER):
        yield m.after(0.3 if a.item == _AT_ONCE else 6)
        await t.deliver()
    if ending == "rated":
        yield m.clock.now + timedelta(hours=m.rng.uniform(1, 40))
        await t.rate()
    async for moment in _later(t, ending):
        yield moment


# What stands beside the review and is not over yet.
_BESIDE = {
    "special": Telling.start_testing,
    "hearing": Telling.tell_of_hearing,
    "extended": Telling.extend,
    "assigned": Telling.assign,
}
_CHECKED_LATER = {"kept": Telling.confirm_kept, "to_rectify": Telling.order_rectification}
_REVIEWED = (
    "in_review",
    "reviewed",
    "sent_back",
    "delivering",
    "concluded",
    "rated",
    "refused",
    *_CHECKED_LATER,
)


async def _later(t: Telling, ending: str) -> Story:
    """事后核查 of a promise, some days after service."""
    if check := _CHECKED_LATER.get(ending):
        yield t.m.after(30)
        await check(t)


async def _to_acceptance(t: Telling, ending: str) -> Story:
    if ending == "received":
        return
    yield t.m.after(3)
    match ending:
        case "withdrawn":
            await t.withdraw()
        case "declined":
            await t.decline()
        case "correcting":
            await t.ask_for_corrections()
        case "voided":
            await t.void()
        case _:
            await t.accept()
    if beside := _BESIDE.get(ending):
        yield t.m.after(5)
        await beside(t)


async def _to_decision(t: Telling, ending: str) -> Story:
    good = ending != "refused"
    if t.a.by_promise:
        yield t.m.after(3)
        await t.decide()
        return
    if t.a.item == "food-licence":
        yield t.m.after(9)
        await t.check_site(good=good)
    if ending == "in_review":
        return
    if t.a.item != _AT_ONCE:
        yield t.m.after(4)
        await t.review(good=good)
    if ending == "reviewed":
        return
    yield t.m.after(0.5 if t.a.item == _AT_ONCE else 4)
    if ending == "sent_back":
        await t.send_back()
        return
    await t.decide(good=good)
