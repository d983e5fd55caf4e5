"""Invented data for the gallery: the case of the mock pages, on 25 November 2026."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from forms.fields import Field, parse_fields
from services.law.calendar import load_calendar
from services.law.counting import SHANGHAI, Stop, due
from services.law.ribbon import Ribbon, case_ribbon
from services.law.roles import Actor, Grant, Role
from web.i18n import N_

CASE_NO = "430199202611171000012K"
NOW = datetime(2026, 11, 25, 10, 41, tzinfo=SHANGHAI)
CITIZEN = Actor("c1", "citizen", "陈*例")
CLERK = Actor("s1", "staff", "张受理", (Grant(Role.CLERK, "gov", "430199"),))
SUPERVISOR = Actor("s2", "staff", "周监督", (Grant(Role.SUPERVISOR),))


def days(n: int) -> SimpleNamespace:
    return SimpleNamespace(n=n, unit="working_days")


def handling(lang: str) -> Ribbon:
    """A promised and a statutory date, two days stopped."""
    calendar, start = load_calendar(), date(2026, 11, 17)
    stops = (Stop(date(2026, 11, 19), date(2026, 11, 23), "inspection"),)
    promised, statutory = (
        due(days(5), start, calendar, stops=stops),
        due(days(12), start, calendar, stops=stops),
    )
    return case_ribbon(start, promised, statutory, stops, NOW, calendar, lang=lang)


def late(lang: str) -> Ribbon:
    calendar, start = load_calendar(), date(2026, 11, 10)
    return case_ribbon(start, due(days(7), start, calendar), None, (), NOW, calendar, lang=lang)


def fields() -> tuple[Field, ...]:
    """One field of every kind."""
    yes = (
        {"zh": "堂食", "en": "Eat in"},
        {"zh": "外卖", "en": "Take away"},
        {"zh": "集体用餐配送", "en": "Catering"},
    )
    options = [{"value": f"v{n}", "label": label} for n, label in enumerate(yes)]
    kinds: list[tuple[str, str, str, dict[str, Any]]] = [
        (
            "text",
            "经营者名称",
            "Name of the business",
            {"help": {"zh": "与营业执照一致", "en": "As on the business licence"}},
        ),
        ("credit_code", "统一社会信用代码", "Unified social credit code", {}),
        ("id_document", "负责人身份证件", "Identity document of the person in charge", {}),
        ("phone", "联系电话", "Phone", {}),
        ("address", "经营场所", "Premises", {}),
        ("choice", "主体业态", "Main kind of business", {"options": options}),
        ("choices", "经营项目", "Activities", {"options": options}),
        ("yes_no", "是否利用网络经营", "Do you sell online?", {}),
        ("integer", "从业人数", "Staff", {"unit": {"zh": "人", "en": "people"}}),
        ("money", "注册资本", "Registered capital", {}),
        ("date", "计划开业日期", "Planned opening", {}),
        ("date_range", "租赁期限", "Term of the lease", {"open_end": True}),
        ("region", "经营场所所在地", "Where the premises are", {"within": "43", "elsewhere": True}),
        ("bank_account", "退费账户", "Account for refunds", {}),
        (
            "group",
            "参加经营的家庭成员",
            "Family members taking part",
            {
                "row": {"zh": "一名家庭成员", "en": "family member"},
                "required": False,
                "fields": [
                    {"kind": "text", "name": "name", "label": {"zh": "姓名", "en": "Name"}},
                    {"kind": "id_document", "name": "paper", "label": {"zh": "证件", "en": "Paper"}},
                ],
            },
        ),
        ("long_text", "经营情况说明", "About the business", {"required": False}),
        ("file", "设备设施布局图", "Layout of the kitchen", {}),
        (
            "declaration",
            "承诺",
            "Declaration",
            {
                "signature": True,
                "statement": {
                    "zh": "所填内容真实，我对此负责。",
                    "en": "What I have filled in is true and I answer for it.",
                },
            },
        ),
    ]
    return parse_fields(
        {"kind": kind, "name": kind, "label": {"zh": zh, "en": en}, **more} for kind, zh, en, more in kinds
    )


PROBLEMS = {
    "credit_code": {
        "zh": "统一社会信用代码最后一位不对，请核对。",
        "en": "The last character of the code is wrong: check it.",
    },
    "choice": {"zh": "请选择“主体业态”。", "en": "Choose “Main kind of business”."},
    "date_range": {
        "zh": "“租赁期限”的结束日期早于开始日期，请核对。",
        "en": "“Term of the lease” ends before it begins: check the days.",
    },
    "group__2__paper": {"zh": "第 2 项：请填写“证件”。", "en": "Entry 2: Fill in “Paper”."},
    "file": {"zh": "请上传“设备设施布局图”。", "en": "Upload “Layout of the kitchen”."},
}
RAW = {
    "text": ["湖南示例餐饮有限公司"],
    "credit_code": ["91430100MA4L000000"],
    "choices": ["v0", "v1"],
    "yes_no": ["no"],
    "integer": ["12"],
    "date_range_from": ["2026-12-01"],
    "date_range_to": ["2026-11-30"],
    "region": ["430102"],
    "group__1__name": ["陈示例"],
    "group__1__paper": ["430199199211234826"],
    "group__2__name": ["王示例"],
}

WORK = (
    ("2026-11-25", "食品经营许可（餐饮，新办）", "湖南示例餐饮有限公司", N_("受理"), 0, False),
    ("2026-11-26", "居住证申领", "李**", N_("受理"), 1, False),
    ("2026-12-01", "道路货物运输经营许可", "湖南示例物流有限公司", N_("受理"), 4, False),
    ("2026-11-24", "个体工商户设立登记", "王**", N_("出件"), -1, False),
    ("2026-12-09", "建设工程规划许可", "湖南示例建设有限公司", N_("专家评审"), 9, True),
)


def work() -> list[dict[str, Any]]:
    keys = ("item", "applicant", "stage", "left", "stopped")
    return [{"due_on": date.fromisoformat(on), **dict(zip(keys, rest, strict=True))} for on, *rest in WORK]


def bar(row: int, x: int, w: int, cls: str) -> dict[str, Any]:
    return {"row": row, "x": x, "w": w, "cls": cls}


LANES = {
    "ticks": [
        {"x": 94 + 108 * n, "text": text}
        for n, text in enumerate(
            ("11-17", "11-18", "11-19", "11-20", "11-23", "11-24", "11-25", "11-26", "11-27")
        )
    ],
    "bars": [
        bar(0, 94, 12, "do"),
        bar(1, 106, 34, "wait"),
        bar(1, 140, 10, "do"),
        bar(2, 150, 200, "wait"),
        bar(2, 350, 16, "do"),
        bar(3, 366, 258, "hold"),
        bar(4, 624, 176, "wait"),
        bar(4, 800, 16, "do"),
        bar(5, 816, 84, "wait"),
    ],
}
