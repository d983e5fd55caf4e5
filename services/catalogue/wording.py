"""An implementation list's codes, limits and conditions in words that people use; the same on pages and in a terminal."""

from collections.abc import Mapping

from forms import Condition, Item, Limit, Material
from forms.conditions import All, Any_, Equals, Not, OneOf, Scalar
from forms.fields import Choice, Choices, Field
from services.law.clock_words import amount

Words = dict[str, str]


def _words(zh: str, en: str) -> Words:
    return {"zh": zh, "en": en}


# 材料形式, as coded in the national implementation list.
FORMS: Mapping[int, Words] = {
    1: _words("原件", "Original"),
    2: _words("电子复印件", "Electronic copy"),
    3: _words("原件或复印件", "Original or copy"),
    4: _words("纸质表格", "Paper form"),
    5: _words("普通电子文件", "Electronic file"),
    6: _words("系统自动获取", "Fetched by the system"),
    7: _words("系统自动获取，数据不全时请补充", "Fetched by the system; add it if data are incomplete"),
    8: _words("原件扫描件或照片", "Scan or photo of the original"),
    9: _words("PDF 或清晰照片", "PDF or a clear photo"),
}
SOURCES: Mapping[str, Words] = {
    "applicant": _words("您自己准备", "You prepare it"),
    "government": _words("政府部门核发，您提供", "Issued by an authority, you hand it in"),
    "intermediary": _words("中介机构出具，您提供", "Drawn up by an intermediary, you hand it in"),
}
NEEDS: Mapping[str, Words] = {
    "required": _words("必要", "Required"),
    "optional": _words("可以不交", "Optional"),
    "late": _words("可以先申请后补交（容缺）", "May follow after you apply"),
}
KINDS: Mapping[str, Words] = {
    "licence": _words("行政许可", "Licence"),
    "confirmation": _words("行政确认、登记", "Confirmation or registration"),
    "service": _words("公共服务", "Public service"),
    "order": _words("热线工单", "Hotline order"),
    "official": _words("依职权办理", "Opened by the authority"),
}
# 网上办理深度, the scheme of four levels (practice; domain brief 2.3).
DEPTHS: Mapping[str, Words] = {
    "I": _words("Ⅰ级：网上看指南", "I: read about it online"),
    "II": _words("Ⅱ级：网上预约、预审", "II: book and precheck online"),
    "III": _words("Ⅲ级：网上受理，到场一次", "III: apply online, one visit"),
    "IV": _words("Ⅳ级：全程网办", "IV: wholly online"),
}
AUDIENCES: Mapping[str, Words] = {
    "person": _words("个人", "People"),
    "organisation": _words("企业和其他组织", "Businesses and organisations"),
}
_FETCHED = _words("自动获取，无需提交", "Fetched for you, nothing to hand in")
_LICENCE = _words(
    "有电子证照的不用交，没有的您提供", "Not needed if you hold the e-licence, else you hand it in"
)
_ON_THE_SPOT = _words("当场办结", "On the spot")


def limit_words(limit: Limit) -> Words:
    if limit.n == 0:
        return _ON_THE_SPOT
    if limit.unit == "months":  # what is left of them is counted in days, which is what `amount` says
        return _words(limit.words.zh, limit.words.en)
    return _words(amount(limit.n, limit.unit, "zh"), amount(limit.n, limit.unit, "en"))


def provider(material: Material) -> Words:
    """谁提供: what is shared between authorities is not asked for (在线政务服务的若干规定 art. 7)."""
    if material.shared:
        return _FETCHED
    return _LICENCE if material.licence_type else SOURCES[material.source]


def when_words(item: Item, when: Condition | None) -> Words | None:
    """When a material is asked for or a fee charged, in the words of the questions it hangs on."""
    if when is None:
        return None
    zh, en = condition_words(item, when, "zh"), condition_words(item, when, "en")
    return _words(f"{zh}时需要", f"If {en}")


def condition_words(item: Item, when: Condition, lang: str) -> str:
    fields = {f.name: f for f in item.questions + item.fields}
    return _said(fields, when, lang, True)


def _said(fields: Mapping[str, Field], when: Condition, lang: str, holds: bool) -> str:
    match when:
        case Not():
            return _said(fields, when.part, lang, not holds)
        case All() | Any_():
            # What is not all of several is not one or not another.
            both = isinstance(when, All) == holds
            link = {"zh": "并且" if both else "或者", "en": " and " if both else " or "}[lang]
            return link.join(_said(fields, part, lang, holds) for part in when.parts)
        case Equals() | OneOf():
            wanted = [when.equals] if isinstance(when, Equals) else list(when.values)
            return _chosen(fields.get(when.field), when.field, wanted, lang, holds)


def _chosen(field: Field | None, name: str, wanted: list[Scalar], lang: str, holds: bool) -> str:
    label = field.label.in_(lang) if field else name
    answers = [_answer(field, value, lang) for value in wanted]
    if lang == "en":
        verb = "is" if holds else "is not"
        return f"the answer to “{label}” {verb} “{' or '.join(answers)}”"
    return f"“{label}”{'选' if holds else '没有选'}“{'、'.join(answers)}”"


def _answer(field: Field | None, value: Scalar, lang: str) -> str:
    if field is None:
        return str(value)
    shown: object = [value] if isinstance(field, Choices) else value
    plain = isinstance(value, str) and not isinstance(field, Choice | Choices)
    return str(value) if plain else field.show(shown, lang)
