"""任务清单: a long application over several sittings, section by section; what is missing is said, never a bar."""

from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.citizen.apply import opened, to_step
from web.citizen.apply_papers import missing
from web.citizen.apply_view import Problems, Sheet
from web.deps import ActorDep, HouseDep
from web.i18n import N_
from web.rendering import page

router = APIRouter(include_in_schema=False)

_QUESTIONS, _PAPERS, _CHECK = N_("申请前的几个问题"), N_("上传材料"), N_("核对后提交")


@dataclass(frozen=True, slots=True)
class Line:
    """`href` is empty for what cannot be begun yet."""

    title: Any
    state: Literal["done", "begun", "open", "later"]
    href: str = ""


@router.get("/apply/{draft_id}/tasks")
async def tasks(request: Request, house: HouseDep, actor: ActorDep, draft_id: str) -> Response:
    sheet = await opened(house, actor, draft_id)
    if sheet.start_problems():
        return to_step(draft_id, "start")
    if sheet.item.stop(sheet.values):
        return to_step(draft_id, "not-needed")
    if not sheet.long:
        return to_step(draft_id, "form")
    lines = _lines(sheet, await missing(house, sheet))
    done = sum(line.state == "done" for line in lines)
    return page(
        request,
        "citizen/apply_tasks.html",
        sheet=sheet,
        item=sheet.item,
        draft=sheet.draft,
        lines=lines,
        done=done,
    )


def _lines(sheet: Sheet, papers: Problems) -> list[Line]:
    base, wrong = f"/apply/{sheet.draft.id}", sheet.form_problems()
    lines = [Line(_QUESTIONS, "done", f"{base}/start")] if sheet.item.questions else []
    for n, section in sheet.sections():
        asked = sheet.drawn(section.fields)
        state = (
            "done"
            if not any(name in wrong for f in asked for name in (f.name, *f.raw_names()))
            else "begun"
            if _touched(sheet, asked)
            else "open"
        )
        lines.append(Line(section.title, state, f"{base}/form?section={n}"))
    if sheet.uploads:
        state = "done" if not papers else "begun" if sheet.draft.papers else "open"
        lines.append(Line(_PAPERS, state, f"{base}/papers"))
    ready = all(line.state == "done" for line in lines)
    return [*lines, Line(_CHECK, "open", f"{base}/check") if ready else Line(_CHECK, "later")]


def _touched(sheet: Sheet, fields: Any) -> bool:
    """Something was typed; what we filled in ourselves does not count."""
    draft = sheet.draft
    names = [name for f in fields for name in f.raw_names()]
    return any(draft.raw.get(name) and draft.raw[name] != draft.prefilled.get(name) for name in names)
