"""What an event did to the clocks, in words: the column of the audit that people argue about."""

from datetime import datetime
from typing import Any

from services.law.chain import Event
from web import recounted
from web.lamps import by

Words = dict[str, str]

_SAID: dict[str, Words] = {
    "submitted": {"zh": "受理时限起算，收件当天不计", "en": "Acceptance limit begins; the day of receipt is not counted"},
    "resubmitted": {"zh": "受理时限重新起算", "en": "Acceptance limit begins anew"},
    "correction_requested": {"zh": "受理时限结束，等待补正", "en": "Acceptance limit ends; waiting for corrections"},
    "accepted": {"zh": "受理时限结束，办理时限起算", "en": "Acceptance limit ends; the case's limits begin"},
    "deemed_accepted": {"zh": "自收件之日起视为受理，办理时限自该日起算", "en": "Accepted as of the day of receipt; the case's limits run from then"},
    "granted": {"zh": "办理时限停止，送达时限起算", "en": "The case's limits stop; the limit for service begins"},
    "refused": {"zh": "办理时限停止，送达时限起算", "en": "The case's limits stop; the limit for service begins"},
    "forwarded": {"zh": "本级办理时限停止；上级的时限自其受理起算", "en": "The limits here stop; the upper level's run from its own acceptance"},
    "deemed_renewed": {"zh": "视为准予，办理时限停止，送达时限起算", "en": "Granted by silence; the limit for service begins"},
    "revoked": {"zh": "送达时限起算", "en": "The limit for service begins"},
    "struck_off": {"zh": "送达时限起算", "en": "The limit for service begins"},
    "left": {"zh": "送达时限起算", "en": "The limit for service begins"},
    "served": {"zh": "送达时限停止", "en": "The limit for service stops"},
    "declined": {"zh": "时限停止", "en": "Limits stop"},
    "withdrawn": {"zh": "时限停止", "en": "Limits stop"},
    "terminated": {"zh": "时限停止", "en": "Limits stop"},
    "late_supplied": {"zh": "不停止计算；补齐后可以作出决定", "en": "Stops nothing; a decision may follow"},
    "late_lapsed": {"zh": "不停止计算；不能准予", "en": "Stops nothing; nothing can be granted"},
    "promise_signed": {"zh": "办理时限按告知承诺计算", "en": "The limits are those of a promise"},
    "registered": {"zh": "对群众的答复时限起算", "en": "The caller's limit begins"},
    "dispatched": {"zh": "签收时限起算；对群众的时限不变", "en": "The unit's limit to sign begins; the caller's does not change"},
    "order_returned": {"zh": "承办单位时限作废；对群众的时限不变", "en": "The unit's limit is void; the caller's does not change"},
    "signed_for": {"zh": "办理时限起算", "en": "The unit's limit to reply begins"},
    "replied": {"zh": "办理时限停止，回访时限起算", "en": "The limit to reply stops; the limit to call back begins"},
    "reworked": {"zh": "重办时限起算", "en": "A new limit to reply begins"},
    "voided": {"zh": "时限停止", "en": "Limits stop"},
    "special_started": {"zh": "时限自次日起停止计算（第四十五条）", "en": "The clock stops from the next day on (art. 45)"},
    "special_ended": {"zh": "时限自次日起继续计算", "en": "The clock runs again from the next day on"},
    "hearing_requested": {"zh": "时限自次日起停止计算（第四十五条）", "en": "The clock stops from the next day on (art. 45)"},
    "hearing_recorded": {"zh": "时限自次日起继续计算", "en": "The clock runs again from the next day on"},
    "notice_published": {"zh": "公示不停止计算时限", "en": "A public notice does not stop the clock"},
    "suspended": {"zh": "时限自次日起停止计算", "en": "The clock stops from the next day on"},
    "resumed": {"zh": "时限自次日起继续计算", "en": "The clock runs again from the next day on"},
    "order_closed": {"zh": "时限停止", "en": "Limits stop"},
}  # fmt: skip
_NONE: Words = {"zh": "", "en": ""}


def effect(event: Event) -> Words:
    """Nothing for what leaves the clocks alone."""
    data = event.data
    if event.kind == "task_opened":
        return _at("期限", "Due", data["due"]) if data.get("due") else _NONE
    if event.kind in ("card_raised", "warned"):
        return _at("时点", "At", data["moment"])
    if event.kind == "extended":
        return {"zh": f"法定期限延至 {data['due']}", "en": f"The statutory limit moves to {data['due']}"}
    if event.kind == "recounted":
        return recounted.calendars(data)
    return _SAID.get(event.kind, _NONE)


def _at(zh: str, en: str, iso: Any) -> Words:
    when = by(datetime.fromisoformat(iso))
    return {"zh": f"{zh} {when['zh']}", "en": f"{en} {when['en']}"}
