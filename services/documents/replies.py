"""答复: what a caller of 12345 is told. The reply is handed on, so the caller's name never stands in it whole."""

from typing import Any

from services.cases.histories import Told
from services.documents.agencies import agency_name, signing_department
from services.documents.story import Story

_AT_ONCE = "所反映的事项属于可以当场答复的问题，由热线中心直接答复。"


def order_reply(story: Story, told: Told) -> dict[str, Any]:
    said, request = story.values(told.event), story.request
    at_once = said.get("command") == "answer"
    return {
        "agency": agency_name(story.house.items, signing_department(story, told)),
        "order_number": story.no,
        "query_code": story.query_code,
        "case_number": story.page.case.linked_no or "",
        # Interim Measures on Complaints and Reports art. 33: a report names nobody.
        "caller": "来电人" if request.confidential or not story.subject else story.subject.name,
        "topic": request.title,
        "demand": request.content,
        "received_on": story.applied_on,
        "findings": _AT_ONCE if at_once else said["facts_found"],
        "reply": said["reply"] if at_once else said["measures"],
        "basis": said.get("basis") or "",
        "contact": "承办单位" if not at_once else "12345 热线中心",
        "phone": story.item.contact.consult,
    }
