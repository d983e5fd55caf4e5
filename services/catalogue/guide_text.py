"""办事指南 as plain text, for a terminal or a printer: everything that Licence Law art. 30 wants on display."""

from collections.abc import Iterator

from forms import Item, Limit, Text
from services.catalogue.elements import elements, task_type
from services.catalogue.wording import (
    AUDIENCES,
    DEPTHS,
    FORMS,
    NEEDS,
    limit_words,
    provider,
    when_words,
)
from services.law.fee_words import MOMENTS
from services.law.item_life import STATE_WORDS, Standing

_UNCHECKED = {"zh": "（未核对）", "en": " (not verified)"}
_HEADINGS = {
    "state": ("状态", "State"),
    "authority": ("实施机关", "Authority"),
    "type": ("事项类型", "Type"),
    "audience": ("服务对象", "For"),
    "code": ("实施编码", "Implementation code"),
    "statutory": ("法定时限", "Statutory limit"),
    "promised": ("承诺时限", "Promised limit"),
    "acceptance": ("受理时限", "Acceptance"),
    "delivery": ("送达时限", "Delivery"),
    "fees": ("费用", "Fees"),
    "visits": ("到场次数", "Visits"),
    "depth": ("网办深度", "Online"),
    "result": ("办理结果", "Result"),
    "consult": ("咨询电话", "Enquiries"),
    "complaint": ("监督投诉", "Complaints"),
    "address": ("办理地点", "Where"),
    "hours": ("办理时间", "Hours"),
    "reconsideration": ("行政复议", "Reconsideration"),
    "court": ("行政诉讼", "Court"),
}
_CONDITIONS, _MATERIALS = ("申请条件", "Conditions"), ("申请材料", "Materials")
_STEPS, _BASIS, _CONTACT = (
    ("办理流程", "Procedure"),
    ("设定依据", "Legal basis"),
    ("咨询和救济", "Contact and remedies"),
)


def guide_text(item: Item, lang: str = "zh", standing: Standing | None = None) -> str:
    return "\n".join(_lines(item, lang, standing or Standing())) + "\n"


def _lines(item: Item, lang: str, standing: Standing) -> Iterator[str]:
    zh = lang == "zh"
    yield item.name.in_(lang)
    yield (
        f"第 {item.version} 版，{item.effective} 起施行"
        if zh
        else f"Version {item.version}, in force from {item.effective}"
    )
    if not standing.open:
        yield _row("state", f"{STATE_WORDS[standing.state].in_(lang)}：{standing.reason}", lang)
    yield ""
    yield from _facts(item, lang)
    yield from _section(_CONDITIONS, lang)
    yield from (f"  - {c.in_(lang)}" for c in item.conditions)
    yield from _section(_MATERIALS, lang)
    for n, m in enumerate(item.materials, 1):
        about = [provider(m)[lang], FORMS[m.form][lang]]
        if m.need != "required":
            about.append(NEEDS[m.need][lang])
        if when := when_words(item, m.when):
            about.append(when[lang])
        yield (
            f"  {n}. {m.name.in_(lang)}（{'；'.join(about)}）"
            if zh
            else f"  {n}. {m.name.en} ({'; '.join(about)})"
        )
        yield f"     {m.standard.in_(lang)}"
    yield from _section(_STEPS, lang)
    for n, step in enumerate(item.procedure.steps, 1):
        yield f"  {n}. {step.name.in_(lang)}  {limit_words(step.limit)[lang]}"
    yield from _section(_BASIS, lang)
    for basis in item.basis:
        marked = basis.verified or "未核对" in basis.article
        yield f"  《{basis.law}》{basis.article}{'' if marked else _UNCHECKED[lang]}"
        yield f"    {basis.text.in_(lang)}"
    yield from _section(_CONTACT, lang)
    contact, remedies = item.contact, item.remedies
    yield _row("consult", contact.consult, lang)
    yield _row("complaint", contact.complaint, lang)
    yield _row("address", contact.address.in_(lang), lang)
    yield _row("hours", contact.hours.in_(lang), lang)
    yield _row("reconsideration", remedies.reconsideration.in_(lang), lang)
    yield _row("court", remedies.court.in_(lang), lang)


def _facts(item: Item, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    yield _row("authority", item.department_name.in_(lang), lang)
    yield _row("type", task_type(item).in_(lang), lang)
    yield _row("audience", ("、" if zh else ", ").join(AUDIENCES[a][lang] for a in item.audience), lang)
    yield _row("code", item.task_code, lang)
    none = "法律法规没有规定" if zh else "none set by law"
    yield _row("statutory", _limit(item.statutory, lang) if item.statutory else none, lang)
    yield _row("promised", _limit(item.promised, lang), lang)
    yield _row("acceptance", _limit(item.acceptance, lang), lang)
    yield _row("delivery", _limit(item.delivery, lang), lang)
    fees = [
        f"{f.name.in_(lang)} ¥{f.amount:.2f}（{f.basis}{'' if f.verified else _UNCHECKED[lang]}；{MOMENTS[f.due].in_(lang)}）"
        for f in item.fees
    ]
    yield _row("fees", "；".join(fees) or ("不收费" if zh else "none"), lang)
    why = f"（{item.visits_reason.in_(lang)}）" if item.visits_reason else ""
    yield _row("visits", f"{item.visits}{why}", lang)
    yield _row("depth", DEPTHS[item.depth][lang], lang)
    for label, words in elements(item):
        yield f"  {label.in_(lang)}{'：' if zh else ': '}{words.in_(lang)}"
    result = item.result.name if item.result else Text(zh="办理结果通知", en="notice of the result")
    yield _row("result", result.in_(lang), lang)


def _section(heading: tuple[str, str], lang: str) -> Iterator[str]:
    yield ""
    yield heading[lang == "en"]


def _row(key: str, value: str, lang: str) -> str:
    return f"  {_HEADINGS[key][lang == 'en']}：{value}" if lang == "zh" else f"  {_HEADINGS[key][1]}: {value}"


def _limit(limit: Limit, lang: str) -> str:
    if not limit.basis:
        return limit_words(limit)[lang]
    return f"{limit_words(limit)[lang]}（{limit.basis}{'' if limit.verified else _UNCHECKED[lang]}）"
