"""One case as its applicant follows it, and its clocks day by day."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from forms import Item
from web import wording
from web.citizen.progress_steps import steps
from web.citizen.progress_view import View, office, option_label, view_for
from web.citizen.progress_words import lead
from web.deps import ActorDep, HouseDep
from web.i18n import in_language, language_of, leave
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/cases/{case_no}")
async def show_case(
    request: Request, house: HouseDep, actor: ActorDep, case_no: str, done: str = ""
) -> Response:
    async with house.db.connection() as conn:
        view = await view_for(conn, house, actor, case_no)
    return page(request, "citizen/progress.html", done=done, **drawn(request, view))


@router.get("/cases/{case_no}/clock")
async def show_clock(request: Request, house: HouseDep, actor: ActorDep, case_no: str) -> Response:
    async with house.db.connection() as conn:
        view = await view_for(conn, house, actor, case_no)
    lang = language_of(request)
    sections = [
        {"name": name, "sentence": told.sentence(lang), "days": told.days, "ended": clock.ended}
        for clock in reversed(view.clocks)
        for name, _, told in clock.explained(view.now)
    ]
    return page(request, "citizen/progress_clock.html", view=view, sections=sections)


def drawn(request: Request, view: View) -> dict[str, Any]:
    """What the template takes, in the language of the page."""
    lang = language_of(request)
    clock = view.clock
    with speaking(lang):
        return {
            "view": view,
            "lead": lead(view),
            "steps": steps(view),
            "ribbon": clock.ribbon(view.now, lang) if clock else None,
            "defects": _defects(view) if view.full else [],
            "replies": _replies(view),
            "amends": _amends(view),
            "document_words": wording.DOCUMENTS,
        }


def _defects(view: View) -> list[dict[str, Any]]:
    """Licence Law art. 32(4): everything to correct, as it was told."""
    asked = view.last("correction_requested")
    if asked is None or view.case.state.stage != "correcting":
        return []
    items = asked.event.data.get("items", [])
    return [{**line, "name": _name_of(view.item, line["code"])} for line in items]


def _name_of(item: Item, code: str) -> Any:
    names = {m.code: m.name for m in item.materials} | {f.name: f.label for f in item.fields}
    return names.get(code, code)


def _replies(view: View) -> list[dict[str, Any]]:
    """Answers to a work order: sealed values, read for the caller alone."""
    return [
        {
            "unit": office(view, view.case.lead) if view.case.state.lead else "12345",
            "at": told.event.at,
            "basis": told.event.data.get("basis", ""),
            **view.private.get(told.event.seq, {}),
        }
        for told in view.told
        if told.event.kind == "replied" and view.owner
    ]


def _amends(view: View) -> list[dict[str, Any]]:
    """What the unit answered to a bad rating: to whoever rated, alone."""
    return [
        {
            "at": told.event.at,
            "finding": option_label("answer_rating", "finding", told.event.data["finding"]),
            **view.private.get(told.event.seq, {}),
        }
        for told in view.told
        if told.event.kind == "rating_answered" and view.owner
    ]


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    token = in_language(lang)
    try:
        yield
    finally:
        leave(token)
