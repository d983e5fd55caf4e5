"""An implementation list's codes and limits in words that people use."""

from forms import Condition, Item, Limit, Material
from forms.conditions import Equals, OneOf, Scalar
from forms.fields import Choice, Choices, Field
from services.law.clock_words import amount
from services.law.fee_words import MOMENTS
from services.law.reckoning import UNITS
from services.licences.standing_for import stand_for

__all__ = [
    "FORMS",
    "KINDS",
    "MOMENTS",
    "NEEDS",
    "SOURCES",
    "clock_address",
    "limit_words",
    "provider",
    "when_words",
]

Words = dict[str, str]

# 材料形式, as coded in the national implementation list.
FORMS: dict[int, Words] = {
    1: {"zh": "原件", "en": "Original"},
    2: {"zh": "电子复印件", "en": "Electronic copy"},
    3: {"zh": "原件或复印件", "en": "Original or copy"},
    4: {"zh": "纸质表格", "en": "Paper form"},
    5: {"zh": "普通电子文件", "en": "Electronic file"},
    6: {"zh": "系统自动获取", "en": "Fetched by the system"},
    7: {"zh": "系统自动获取，数据不全时请补充", "en": "Fetched by the system; add it if data are incomplete"},
    8: {"zh": "原件扫描件或照片", "en": "Scan or photo of the original"},
    9: {"zh": "PDF 或清晰照片", "en": "PDF or a clear photo"},
}
SOURCES: dict[str, Words] = {
    "applicant": {"zh": "您自己准备", "en": "You prepare it"},
    "government": {"zh": "政府部门核发，您提供", "en": "Issued by an authority, you hand it in"},
    "intermediary": {"zh": "中介机构出具，您提供", "en": "Drawn up by an intermediary, you hand it in"},
}
NEEDS: dict[str, Words] = {
    "required": {"zh": "必要", "en": "Required"},
    "optional": {"zh": "可以不交", "en": "Optional"},
    "late": {"zh": "可以先申请后补交（容缺）", "en": "May follow after you apply"},
}
KINDS: dict[str, Words] = {
    "licence": {"zh": "行政许可", "en": "Licence"},
    "confirmation": {"zh": "行政确认、登记", "en": "Confirmation or registration"},
    "service": {"zh": "公共服务", "en": "Public service"},
    "order": {"zh": "热线工单", "en": "Hotline order"},
}
_FETCHED: Words = {"zh": "自动获取，无需提交", "en": "Fetched for you, nothing to hand in"}
_OR_LICENCE: Words = {"zh": "；有电子证照的不用交", "en": "; or your e-licence stands for it"}
_ON_THE_SPOT: Words = {"zh": "当场办结", "en": "On the spot"}
_IN_CASES: Words = {"zh": "部分情形需要", "en": "In some situations"}


def limit_words(limit: Limit) -> Words:
    if limit.n == 0:
        return _ON_THE_SPOT
    if limit.unit == "months":  # what is left of them is counted in days, which is what `amount` says
        return {"zh": limit.words.zh, "en": limit.words.en}
    return {"zh": amount(limit.n, limit.unit, "zh"), "en": amount(limit.n, limit.unit, "en")}


def clock_address(limit: Limit) -> str:
    """The public calculator with this limit in it."""
    unit = next(name for name, unit in UNITS.items() if unit == limit.unit)
    return f"/clock?limit={limit.n}&unit={unit}"


def provider(item: Item, material: Material) -> Words:
    """Who hands it in; an e-licence (电子证照) may stand for it with its holder's consent."""
    if material.shared:
        return _FETCHED
    source = SOURCES[material.source]
    if stand_for(item, material) is None:
        return source
    return {lang: source[lang] + _OR_LICENCE[lang] for lang in source}


def when_words(item: Item, when: Condition | None) -> Words | None:
    """When a material is asked for: in the words of the question it hangs on, where it hangs on one."""
    if when is None:
        return None
    fields = {f.name: f for f in item.questions + item.fields}
    if not isinstance(when, Equals | OneOf) or when.field not in fields:
        return _IN_CASES
    field = fields[when.field]
    wanted = [when.equals] if isinstance(when, Equals) else list(when.values)
    zh = "、".join(_answer(field, value, "zh") for value in wanted)
    en = " or ".join(_answer(field, value, "en") for value in wanted)
    return {
        "zh": f"“{field.label.zh}”选“{zh}”时需要",
        "en": f"If the answer to “{field.label.en}” is “{en}”",
    }


def _answer(field: Field, value: Scalar, lang: str) -> str:
    shown: object = [value] if isinstance(field, Choices) else value
    return (
        field.show(shown, lang)
        if isinstance(field, Choice | Choices) or not isinstance(value, str)
        else value
    )
