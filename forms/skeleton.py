"""A new item file that begins as a copy of the nearest one: with comments, with blanks, and with nothing verified."""

import re
from pathlib import Path
from typing import Any

import yaml

from forms.reading import content_of

_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TEXT = {"zh": "", "en": ""}
# What is a matter of this item alone is never copied.
_BLANK: dict[str, Any] = {
    "catalog_code": "", "task_code": "", "handle_code": "", "version": 1, "effective": "", "name": _TEXT, "short": _TEXT,
}  # fmt: skip
_BLANK_RESULT: dict[str, Any] = {"name": _TEXT, "licence_type": ""}
_COMMENTS = {
    "code": "地址代码，与文件名相同，公布后不再改",
    "catalog_code": "基本编码 12 位：区划 2、类型 2、部门 2、主项 3、子项 3",
    "task_code": "实施编码 31 位：实施主体统一社会信用代码 18、行使层级 1、基本编码 12",
    "handle_code": "业务办理项编码 33 位：实施编码 31、序号 2；不得与别的事项重复",
    "version": "版本：公布后内容冻结，改动时加一",
    "effective": "施行日期，如 2027-01-01；那天起的申请用这个版本",
    "name": "事项名称",
    "short": "简称，用在列表和首页",
    "words": "群众的日常说法，用来查找",
    "kind": "licence 行政许可、confirmation 行政确认、service 公共服务",
    "listed": "是否公开可办",
    "department": "实施主体的统一社会信用代码",
    "audience": "服务对象：person 个人、organisation 企业和其他组织",
    "case_type": "instant 即办件、promised 承诺件",
    "statutory": "法定办结时限（行政许可法第四十二条）；读过原文才写 verified: true",
    "promised": "承诺办结时限，不超过法定时限",
    "acceptance": "受理时限（行政许可法第三十二条）",
    "delivery": "送达时限（行政许可法第四十四条）",
    "correction": "申请人补正的时限",
    "conditions": "申请条件，一条一句，能逐条核对",
    "fees": "收费项目：没有法律、行政法规依据不得收费（行政许可法第五十八条）",
    "visits": "到办事现场次数；大于 0 要写 visits_reason",
    "depth": "网上办理深度 I 至 IV；IV 是全程网办，到场 0 次",
    "situations": "申请前的问题，回答决定要哪些材料",
    "not_needed": "哪种回答说明不需要办理（行政许可法第三十二条第一款第一项）",
    "authority": "权力来源、实施主体性质",
    "access": "办理渠道：窗口、网上、邮寄、通办范围",
    "quantity": "数量限制（行政许可法第五十七条）",
    "intermediary": "中介服务：要有法律、法规、国务院决定依据（优化营商环境条例第四十三条）",
    "special": "特别程序；时间是否计入由代码表规定（行政许可法第四十五条）",
    "topics": "主题分类和人生事件，代码见 forms/data/tables.yaml",
    "faq": "常见问题",
    "materials": "申请材料：没有依据不得要求（行政许可法第三十一条），没有兜底条款",
    "any_of": "任选其一的材料组",
    "form": "申请表：个人信息要写明 purpose（个人信息保护法第十七条）",
    "procedure": "受理和送达之间的环节，最后一个环节作出决定",
    "result": "准予以后发的证件",
    "acts_on": "针对哪个事项的证照办理延续、变更、补办、注销",
    "safety": "直接关系公共安全、人身健康、生命财产安全（行政许可法第七十八条、第七十九条）",
    "reminders": "到期前多少天提醒",
    "basis": "设定依据：读过原文才写 verified: true",
    "contact": "咨询电话和监督投诉电话是两个不同的号码",
    "remedies": "行政复议机关和行政诉讼法院",
    "promise": "告知承诺",
    "gaps": "容缺受理",
    "precheck": "网上预审的时限",
    "assigned_by": "由谁分办",
}


class BadCode(ValueError):
    """A code that cannot be an address."""


def skeleton(code: str, like: Path) -> str:
    """The text of a new item's file. Raises BadCode, FileNotFoundError."""
    if not _CODE.fullmatch(code) or len(code) > 40:
        raise BadCode(f"{code}: use small letters, digits and hyphens, at most 40, a letter first")
    content = _unverified(content_of(like)) | _BLANK | {"code": code}
    if isinstance(content.get("result"), dict):
        content["result"] = content["result"] | _BLANK_RESULT
    head = [
        f"# 照 {like.stem} 起草。空着的（''）都要填写；照抄来的逐项核对，读过原文的依据才改成 verified: true。",
        "# 填好后运行 onewindow items check，它会指出还空着和不合规则的地方。",
        "",
    ]
    return "\n".join([*head, *(_key(key, value) for key, value in content.items())])


def _key(key: str, value: Any) -> str:
    said = f"# {_COMMENTS[key]}\n" if key in _COMMENTS else ""
    # Blocks outside, one line for what holds nothing but words; a lone word would become a flow of its own.
    flow = None if isinstance(value, dict | list) else False
    dumped = yaml.safe_dump(
        {key: value}, allow_unicode=True, sort_keys=False, width=2**20, default_flow_style=flow
    )
    return said + dumped


def _unverified(value: Any) -> Any:
    """Whoever copies a citation has not read it."""
    if isinstance(value, dict):
        return {k: False if k == "verified" else _unverified(v) for k, v in value.items()}
    return [_unverified(v) for v in value] if isinstance(value, list) else value
