"""The words of the clocks: units, procedures that stop them, and what each kind of clock is called."""

from dataclasses import dataclass
from datetime import date

from services.law.calendar import Words

ACCEPTANCE = Words(zh="受理", en="acceptance")

# Licence Law art. 45: the list is closed.
STOP_NAMES = {
    "hearing": Words(zh="听证", en="hearing"),
    "tender": Words(zh="招标", en="tender"),
    "auction": Words(zh="拍卖", en="auction"),
    "inspection": Words(zh="检验", en="inspection"),
    "testing": Words(zh="检测", en="testing"),
    "quarantine": Words(zh="检疫", en="quarantine"),
    "appraisal": Words(zh="鉴定", en="appraisal"),
    "expert_review": Words(zh="专家评审", en="expert review"),
}
SUSPENSION = Words(zh="挂起", en="suspension")
_UNITS = {
    "working_days": (Words(zh="个工作日", en="working day"), Words(zh="个工作日", en="working days")),
    "calendar_days": (Words(zh="日", en="day"), Words(zh="日", en="days")),
    "months": (Words(zh="日", en="day"), Words(zh="日", en="days")),
    "working_hours": (Words(zh="个工作小时", en="working hour"), Words(zh="个工作小时", en="working hours")),
}
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one kind of clock."""

    title: Words
    began: Words
    promise: Words
    legal: Words


KINDS = {
    "handling": Labels(
        Words(zh="办理时限", en="Time limits"),
        ACCEPTANCE,
        Words(zh="承诺办结", en="Promised"),
        Words(zh="法定期限", en="Statutory"),
    ),
    "acceptance": Labels(
        Words(zh="受理时限", en="Limit for acceptance"),
        Words(zh="收到申请", en="receipt"),
        Words(zh="受理期限", en="Accept by"),
        Words(zh="受理期限", en="Accept by"),
    ),
    "correction": Labels(
        Words(zh="补正时限", en="Limit for corrections"),
        Words(zh="告知", en="the notice"),
        Words(zh="补正期限", en="Correct by"),
        Words(zh="补正期限", en="Correct by"),
    ),
    "delivery": Labels(
        Words(zh="送达时限", en="Limit for delivery"),
        Words(zh="作出决定", en="the decision"),
        Words(zh="送达期限", en="Deliver by"),
        Words(zh="送达期限", en="Deliver by"),
    ),
    "handover": Labels(
        Words(zh="送达时限", en="Limit for delivery"),
        Words(zh="缴清费用", en="payment"),
        Words(zh="送达期限", en="Deliver by"),
        Words(zh="送达期限", en="Deliver by"),
    ),
    "order": Labels(
        Words(zh="工单时限", en="Limit of the work order"),
        Words(zh="派单", en="dispatch"),
        Words(zh="回复期限", en="Reply by"),
        Words(zh="回复期限", en="Reply by"),
    ),
}


def stop_name(kind: str) -> Words:
    return SUSPENSION if kind == "suspended" else STOP_NAMES.get(kind) or Words(zh=kind, en=kind)


def amount(n: int, unit: str, lang: str) -> str:
    return f"{n} {_UNITS[unit][n != 1].in_(lang)}"


def show_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"
