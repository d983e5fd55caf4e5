"""向登记机关核对: the register's answer about a shared paper, shown once to whoever handles the case."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.cases.registers import Reading, ask_for_case
from services.registries.words import FACTS, VALUES, register_words
from web.deps import HouseDep
from web.parts import Row
from web.rendering import page
from web.window.staff import StaffDep

router = APIRouter(include_in_schema=False)


@router.post("/window/cases/{case_no}/registers/{code}")
async def ask(request: Request, house: HouseDep, actor: StaffDep, case_no: str, code: str) -> Response:
    reader, reading = await ask_for_case(house, actor, case_no, code)
    return page(
        request,
        "window/register.html",
        status=200 if reading.answer else 503,
        case_no=case_no,
        title=reader.page.case.title,
        material=reading.material,
        register=register_words(reading.query),
        answer=reading.answer,
        why=reading.why,
        rows=_rows(reading),
    )


def _rows(reading: Reading) -> list[Row]:
    facts = reading.answer.facts if reading.answer else {}
    # The legal representative stands there by name and paper already; the list is how ties are told.
    shown = {key: value for key, value in facts.items() if key != "representatives"}
    return [Row(FACTS.get(key, key), _said(value)) for key, value in shown.items()]


def _said(value: Any) -> Any:
    """Whatever a register says, in a line that a clerk can compare with a paper."""
    match value:
        case bool():
            return VALUES["yes" if value else "no"]
        case dict():
            return "　".join(str(v) for k, v in value.items() if k != "type")
        case list():
            return [_said(one) for one in value]
        case str():
            return VALUES.get(value, value)
    return str(value)
