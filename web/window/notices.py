"""What just happened, told once at the top of the page one lands on; it travels in the address as codes only."""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from services.law.commands import COMMANDS
from services.law.numbers import is_case_number, show_case_number

_PLAIN = {
    "claimed": {"zh": "已认领", "en": "Claimed"},
    "released": {"zh": "已放回队列", "en": "Back in the queue"},
    "taken": {
        "zh": "有的待办已由同事认领或办完，没有认领",
        "en": "Some tasks had been claimed or finished by colleagues and were not claimed",
    },
    "kept": {
        "zh": "有的待办没有放回：是分办给您的，或者已经办完",
        "en": "Some tasks were not put back: they were assigned to you, or are finished",
    },
    "none": {"zh": "没有勾选待办", "en": "Nothing was ticked"},
    "assigned": {"zh": "已分办", "en": "Assigned"},
    "not_all": {
        "zh": "有的办件没有分办：已由他人分办，或者承办人不属于该部门",
        "en": "Some were not assigned: done by somebody else, or the handler is of another department",
    },
    "nobody": {"zh": "没有选择承办人", "en": "No handler was chosen"},
    "revealed": {
        "zh": "已显示证件和电话，5 分钟后自动隐藏；这次查看已记入经过",
        "en": "Numbers are shown for five minutes; this look is in the history",
    },
}
_SLOW = {"zh": "已提交，处理中，下一步稍后出现", "en": "Submitted; the next step will appear shortly"}


_PARTLY = ("taken", "kept", "not_all")


def address(
    path: str, done: str, *, case_no: str = "", settled: bool = True, count: int = 0, **query: str
) -> str:
    """Where to send a browser after an act, with what to tell it; `count` of several that were ticked."""
    told = {"done": done, "no": case_no, "n": str(count or ""), "slow": "" if settled else "1"}
    query = {name: value for name, value in {**query, **told}.items() if value}
    return f"{path}?{urlencode(query)}"


def notice(request: Request) -> dict[str, Any] | None:
    """The notice an address asks for: kind, title, text, and the case it is about."""
    given = request.query_params
    done, number = given.get("done", ""), given.get("no", "")
    if done in COMMANDS:
        name = COMMANDS[done].name
        title = {"zh": f"已办：{name.zh}", "en": f"Done: {name.en}"}
    elif done in _PLAIN:
        title = _PLAIN[done]
    else:
        return None
    number = number if is_case_number(number) else ""
    return {
        "kind": "near" if done in (*_PARTLY, "none", "nobody") else "ok",
        "title": title,
        "text": _SLOW if given.get("slow") else _how_many(done, given.get("n", "")),
        "case_no": number,
        "number": show_case_number(number) if number else "",
    }


def _how_many(done: str, n: str) -> dict[str, str] | str:
    """Of those that were ticked, if several could be."""
    if not (n.isdecimal() and len(n) < 4):
        return ""
    if done in _PARTLY:
        return {"zh": f"其余 {n} 件已经办好", "en": f"The other {n} went through"}
    return {"zh": f"共 {n} 件", "en": f"{n} in all"}
