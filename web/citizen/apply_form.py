"""在线申请: the form, section by section on one page, redrawn when an answer shows or hides a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from forms import Field, Text
from forms.fields import row_asked_for
from services.cases.histories import case_page
from services.house import House
from web.citizen.apply import editing, opened, to_step
from web.citizen.apply_view import Problems, Sheet, sheet_of, take, with_reasons
from web.deps import ActorDep, HouseDep
from web.known_words import silences
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/apply/{draft_id}/form")
async def show_form(
    request: Request, house: HouseDep, actor: ActorDep, draft_id: str, check: bool = False, back: str = ""
) -> Response:
    sheet = await opened(house, actor, draft_id)
    if sheet.start_problems():
        return to_step(draft_id, "start")
    due_on = await _due_on(house, sheet)
    return _draw(request, sheet, sheet.form_problems() if check else {}, back=back, due_on=due_on)


@router.post("/apply/{draft_id}/form")
async def save_form(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    form = await request.form()
    given = {name: [str(v) for v in form.getlist(name)] for name in form}
    back = str(form.get("back", ""))
    shown = set(form.get("drawn", "").split(","))  # type: ignore[union-attr]
    async with editing(house, actor, draft_id) as (_, sheet):
        take(sheet.draft, [f for f in sheet.item.fields if f.name in shown], given)
    sheet = sheet_of(house, sheet.draft)
    if request.headers.get("hx-request"):
        return _draw(request, sheet, {}, back=back)
    if control := row_asked_for(sheet.item.fields, given):
        back_to = "?back=check" if back == "check" else ""
        return RedirectResponse(f"/apply/{draft_id}/form{back_to}#f-{control}", status_code=303)
    if "later" in form:
        return to_step(draft_id, "saved")
    problems = sheet.form_problems()
    if new := [f for f in sheet.drawn(sheet.item.fields) if f.name not in shown]:
        # Nobody is blamed for leaving out a question that was not there.
        unseen = {name for f in new for name in (f.name, *f.raw_names())}
        asked_for = {name: said for name, said in problems.items() if name not in unseen}
        if asked_for or unseen & problems.keys():
            return _draw(request, sheet, asked_for, new=[f.label for f in new], back=back)
    if problems:
        return _draw(request, sheet, problems, back=back)
    # From the check page one comes back to it; if an answer now asks for more papers, it says so.
    return to_step(draft_id, "papers" if sheet.uploads and back != "check" else "check")


@router.get("/apply/{draft_id}/saved")
async def saved(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    sheet = await opened(house, actor, draft_id)
    return page(request, "citizen/apply_saved.html", item=sheet.item, draft=sheet.draft)


async def _due_on(house: House, sheet: Sheet) -> date | None:
    """By when a corrected set has to be there."""
    if sheet.draft.case_no is None:
        return None
    async with house.db.connection() as conn:
        case = await case_page(conn, sheet.draft.case_no)
    return next((t["due_on"] for t in case.tasks if "resubmit" in t["commands"]), None) if case else None


def _draw(
    request: Request,
    sheet: Sheet,
    problems: Problems,
    *,
    new: Sequence[Text] = (),
    back: str = "",
    due_on: date | None = None,
) -> Response:
    parts = _parts(sheet)
    slots = [slot for part in parts for slot in part.slots]
    return page(
        request,
        "citizen/apply_form.html",
        status=422 if problems else 200,
        sheet=sheet,
        item=sheet.item,
        draft=sheet.draft,
        sections=parts,
        drawn=",".join(slot.field.name for slot in slots if slot.drawn),
        moving=[place.id for place in (*parts, *slots) if place.id],
        deciding=_deciding(sheet),
        problems=problems,
        new=new,
        back_to=back == "check",
        due_on=due_on,
        silences=silences(sheet.draft),
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """A field's place. One with a condition has an id of its own: only that place is redrawn while others type."""

    field: Field
    id: str
    drawn: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section's place. One with a condition moves as a whole, heading and all."""

    title: Text
    id: str
    slots: list[Slot]

    @property
    def drawn(self) -> bool:
        return any(slot.drawn for slot in self.slots)


def _parts(sheet: Sheet) -> list[Part]:
    drawn = sheet.drawn(sheet.item.fields)
    last = sheet.declarations
    return [
        Part(
            section.title,
            f"part-{n}" if section.when else "",
            [
                Slot(
                    with_reasons(f, sheet.draft),
                    f"slot-{f.name}" if f.when and not section.when else "",
                    f in drawn,
                )
                for f in section.fields
                if f not in last
            ],
        )
        for n, section in enumerate(sheet.item.form)
    ]


def _deciding(sheet: Sheet) -> list[str]:
    """The questions whose answers show or hide another one."""
    whens = [f.when for f in sheet.item.fields if f.when]
    own = {f.name for f in sheet.item.fields}
    return sorted({name for when in whens for name, _ in when.comparisons() if name in own})
