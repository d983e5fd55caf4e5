"""What each kind of notice says. Facts are numbers, dates and names of things; nobody's name is among them."""

import re
from collections.abc import Mapping
from typing import Any

_WORDS = {
    "licence_ends": (
        "您的{name}（{number}）有效期至{until}。{advice}",
        "Your {name_en} ({number}) is valid until {until}. {advice_en}",
    ),
    "licence_expired": (
        "您的{name}（{number}）已于{until}届满，不能再使用。需要继续的，请重新申请。",
        "Your {name_en} ({number}) ended on {until} and may not be used any more. Apply anew to go on.",
    ),
    "licence_renewed": (
        "您的{name}（{number}）已延续，有效期至{until}。",
        "Your {name_en} ({number}) was renewed and is valid until {until}.",
    ),
    "plea_asked": (
        "{agency}拟对您的{name}（{number}）作出处理，您有权在五个工作日内陈述、申辩，请到“我的办件”查看。",
        "{agency_en} considers a measure about your {name_en} ({number}). You may make a statement within five "
        "working days: see your cases.",
    ),
    "dates_moved": (
        "放假安排公布后，您的“{name}”（办件编号 {case}）办结期限由{before}调整为{after}。",
        "Days off were announced: your application {name_en} ({case}) is now due on {after}, not on {before}.",
    ),
    "mandate_offered": (
        "有人授权您代为办事，有效期至{until}。请登录后在“我的账户—授权他人代办”确认，确认后才生效；不认识对方的，请拒绝。",
        "Somebody authorises you to act for them until {until}. Sign in and answer under your account: it takes effect "
        "only when you agree. If you do not know them, decline.",
    ),
    "mandate_revoked": (
        "您代他人办事的一份授权已被撤销，马上生效；此前已经办的仍然有效。",
        "An authorisation that you held was revoked, with effect at once; what you did before stays valid.",
    ),
    "mandate_renounced": (
        "您的代办人已辞去一份授权，详见“我的账户—授权他人代办”。",
        "Your agent gave an authorisation back: see your account.",
    ),
    "licence_ended": (
        "您的{name}（{number}）已{state}，决定书请到“我的办件”查看；不服的，可以申请复议或者提起诉讼。",
        "Your {name_en} ({number}) was {state_en}. The decision is among your cases, and says how to contest it.",
    ),
}


_DAY = re.compile(r"(\d{4})-0?(\d{1,2})-0?(\d{1,2})", re.ASCII)


def words(kind: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """Days are kept as ISO dates and told as people write them."""
    zh, en = _WORDS[kind]
    return {"zh": _DAY.sub(r"\1年\2月\3日", zh.format(**facts)), "en": en.format(**facts)}
