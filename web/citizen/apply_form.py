"""在线申请: the form, section by section on one page, redrawn when an answer shows or hides a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from forms import Field, Text
from forms.fields import row_asked_for
from web.citizen.apply import correct_by, editing, opened, to_step
from web.citizen.apply_view import Problems, Sheet, sheet_of, take, with_reasons
from web.deps import ActorDep, HouseDep
from web.held import STAY
from web.known_words import silences
from web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/apply/{draft_id}/form")
async def show_form(
    request: Request,
    house: HouseDep,
    actor: ActorDep,
    draft_id: str,
    check: bool = False,
    back: str = "",
    section: str = "",
) -> Response:
    """`?section=` draws one section of a long form, the rest of it has pages of its own."""
    sheet = await opened(house, actor, draft_id)
    if sheet.start_problems():
        return to_step(draft_id, "start")
    due_on, part = await correct_by(house, sheet), _part(sheet, section)
    problems = _within(sheet, part, sheet.form_problems()) if check else {}
    return _draw(request, sheet, problems, back=back, due_on=due_on, part=part)


@router.post("/apply/{draft_id}/form")
async def save_form(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    form = await request.form()
    given = {name: [str(v) for v in form.getlist(name)] for name in form}
    back, section = str(form.get("back", "")), str(form.get("section", ""))
    shown = set(form.get("drawn", "").split(","))  # type: ignore[union-attr]
    async with editing(house, actor, draft_id) as (_, sheet):
        take(sheet.draft, [f for f in sheet.item.fields if f.name in shown], given)
    sheet = sheet_of(house, sheet.draft)
    part = _part(sheet, section)
    if request.headers.get("hx-request"):
        return _draw(request, sheet, {}, back=back, part=part)
    if STAY in form:
        return to_step(draft_id, "form?kept=1" + (f"&section={part}" if part is not None else ""))
    if control := row_asked_for(sheet.item.fields, given):
        kept = {"back": back, "section": "" if part is None else str(part)}
        query = urlencode({name: value for name, value in kept.items() if value})
        address = f"/apply/{draft_id}/form" + (f"?{query}" if query else "")
        return RedirectResponse(f"{address}#f-{control}", status_code=303)
    if "later" in form:
        return to_step(draft_id, "saved")
    problems = _within(sheet, part, sheet.form_problems())
    if new := [f for f in sheet.drawn(_fields(sheet, part)) if f.name not in shown]:
        # Nobody is blamed for leaving out a question that was not there.
        unseen = {name for f in new for name in (f.name, *f.raw_names())}
        asked_for = {name: said for name, said in problems.items() if name not in unseen}
        if asked_for or unseen & problems.keys():
            return _draw(request, sheet, asked_for, new=[f.label for f in new], back=back, part=part)
    if problems:
        return _draw(request, sheet, problems, back=back, part=part)
    if part is not None and back != "check":
        return to_step(draft_id, "tasks")
    # From the check page one comes back to it; if an answer now asks for more papers, it says so.
    return to_step(draft_id, "papers" if sheet.uploads and back != "check" else "check")


@router.get("/apply/{draft_id}/saved")
async def saved(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    sheet = await opened(house, actor, draft_id)
    return page(request, "citizen/apply_saved.html", item=sheet.item, draft=sheet.draft)


def _part(sheet: Sheet, given: str) -> int | None:
    """Which section is drawn alone; None draws the whole form, and a short one is always drawn whole."""
    return next((n for n, _ in sheet.sections() if str(n) == given), None) if sheet.long else None


def _fields(sheet: Sheet, part: int | None) -> Sequence[Field]:
    return sheet.item.fields if part is None else sheet.item.form[part].fields


def _within(sheet: Sheet, part: int | None, problems: Problems) -> Problems:
    own = {name for f in _fields(sheet, part) for name in (f.name, *f.raw_names())}
    return {name: said for name, said in problems.items() if name in own}


def _draw(
    request: Request,
    sheet: Sheet,
    problems: Problems,
    *,
    new: Sequence[Text] = (),
    back: str = "",
    due_on: date | None = None,
    part: int | None = None,
) -> Response:
    parts = [p for n, p in enumerate(_parts(sheet)) if part in (None, n)]
    slots = [slot for p in parts for slot in p.slots]
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
        section=part,
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
