"""Stories of 12345 work orders: some are answered at once, some take a round or two."""

from dataclasses import dataclass

from infra.seed.month import Month, Story
from infra.seed.world import COUNTER, MARKET, POLICE
from services.hotline.taking import take_call

_ITEM = "hotline-order"


@dataclass(frozen=True, slots=True)
class Call:
    category: str
    title: str
    content: str
    unit: str
    reply: str


CALLS = (
    Call("consult", "居住证到期怎么签注", "居住证快满一年了，请问在哪里签注、要带什么材料？", POLICE, "可在期满前一个月内到居住地派出所或网上签注，出示居住证和居住证明即可。"),
    Call("complaint", "餐馆油烟扰民", "样本街一家餐馆晚上油烟直排，楼上住户没法开窗，请处理。", MARKET, "已到现场检查，责令商户清洗油烟净化装置，三日内复查。"),
    Call("help", "营业执照名称写错一个字", "昨天领的执照名称里有一个错别字，能不能尽快更正？", MARKET, "已核对档案，免费更正并邮寄新执照。"),
    Call("report", "小店无证卖凉菜", "示例路有家小店没有许可证在卖凉菜，请查一查。", MARKET, "已立案检查，责令停止经营并依法处理。"),
    Call("suggestion", "大厅增加母婴室", "带孩子来办事不方便，建议在二楼设一间母婴室。", COUNTER, "建议已采纳，二楼西侧母婴室将于下月开放。"),
    Call("complaint", "窗口排队时间太长", "周一上午取号等了两个小时，建议分流。", COUNTER, "已增开两个综合窗口，并在取号处增加导办人员。"),
    Call("help", "夜间噪声", "隔壁装修到晚上十点多，多次沟通无效，请帮忙处理。", POLICE, "民警已上门劝阻，装修方承诺晚上八点后停工。"),
    Call("consult", "个体户能不能用住宅登记", "想在自家开网店，住宅能不能作经营场所？", MARKET, "从事电子商务的可以登记，需遵守管理规约并经有利害关系的业主同意。"),
)  # fmt: skip
LATE_CASE = Call(
    "complaint", "食品经营许可证办得慢", "店里装修好等着开业，许可证还没有消息，请催办。", MARKET,
    "已核查办理进度，正在按期办理，承办人已与申请人联系说明。",
)  # fmt: skip
_HANDLERS = {MARKET: "liaison", POLICE: "police", COUNTER: "counter"}


async def order(m: Month, call: Call, ending: str, *, by_phone: bool, linked: str = "") -> Story:
    """From the call to the ending: registered, answered, out_of_scope, dispatched, handling, replied, closed, reworked."""
    no = await _register(m, call, by_phone, linked)
    agent = m.cast.staff("agent")
    if ending == "registered":
        return
    yield m.after(0.4)
    if ending == "out_of_scope":
        await m.act(no, "triage", "out_of_scope", agent, channel="属于行政复议事项，请向示例区人民政府申请。")
        return
    if ending == "answered":
        await m.act(no, "triage", "answer", agent, reply=call.reply)
    else:
        await m.act(no, "triage", "dispatch", agent, department=call.unit, note="请按期答复。")
        async for moment in _by_the_unit(m, no, call, ending):
            yield moment
    if ending in ("answered", "closed", "reworked"):
        yield m.after(6)
        await m.act(no, "callback", "record_callback", agent, **_called_back(m, ending))


async def _register(m: Month, call: Call, by_phone: bool, linked: str) -> str:
    citizen = m.rng.choice(m.cast.citizens)
    raw = {
        "category": [call.category],
        "title": [call.title],
        "content": [call.content],
        "contact_phone": [citizen.phone],
    }
    if not by_phone:
        return await m.file(citizen.actor, _ITEM, raw, (), citizen.subject)
    agent, item = m.cast.staff("agent"), m.house.items.get(_ITEM)
    async with m.house.db.transaction() as tx:
        taken = await take_call(
            tx, m.house, agent, item, raw=raw, caller=citizen.name, linked_no=linked or None, token=m.token()
        )
    await m.settle(taken.case_no)
    return taken.case_no


async def _by_the_unit(m: Month, no: str, call: Call, ending: str) -> Story:
    if ending == "dispatched":
        return
    handler = m.cast.staff(_HANDLERS[call.unit])
    yield m.after(2)
    await m.act(no, "sign", "sign_for", handler)
    if ending == "handling":
        return
    yield m.after(10)
    basis = "《国务院办公厅关于进一步优化地方政务服务便民热线的指导意见》"
    await m.act(
        no, "handle", "reply", handler, facts_found="已与来电人联系并实地了解情况，反映的情况属实。",
        measures=call.reply, basis=basis,
    )  # fmt: skip


def _called_back(m: Month, ending: str) -> dict[str, object]:
    if ending == "reworked":
        return {"reached": True, "solved": "no", "satisfied": "no", "note": "来电人称情况没有改善。"}
    if m.rng.random() < 0.15:
        return {"reached": False, "solved": "unknown", "satisfied": "unknown", "note": "三次未接通。"}
    return {"reached": True, "solved": "yes", "satisfied": m.rng.choice(("yes", "yes", "fair"))}
