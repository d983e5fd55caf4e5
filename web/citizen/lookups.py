"""谁查了我的数据: every look at one's own data and licences, and those of whom one acts for (PIPL arts 44, 45)."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from forms.known import EXCHANGES
from services.catalogue.departments import department_name
from services.house import House
from services.law.clock import SHANGHAI
from services.law.roles import Actor
from services.people import masked_view
from services.people.lookups import WHATS, Look, looks_at
from services.registries.words import register_words
from web.deps import ActorDep, HouseDep
from web.navigation import ROLE_WORDS
from web.rendering import page

router = APIRouter(include_in_schema=False)

MOST = 50
_BY = {
    "oneself": {"zh": "您本人", "en": "Yourself"},
    "representative": {"zh": "替您（单位）办事的人", "en": "Somebody who acts for you"},
    "system": {"zh": "系统自动", "en": "The system"},
}


@router.get("/my/lookups")
async def my_lookups(
    request: Request, house: HouseDep, actor: ActorDep, before: int | None = None
) -> Response:
    async with house.db.connection() as conn:
        looks = await looks_at(conn, actor.subjects, before=before, most=MOST + 1)
        names = {
            id_: (await masked_view(conn, house.vault, id_)).name for id_ in {k.subject_id for k in looks}
        }
    return page(
        request,
        "citizen/lookups.html",
        looks=[_told(house, actor, look, names) for look in looks[:MOST]],
        several=len(actor.subjects) > 1,
        older=looks[MOST - 1].id if len(looks) > MOST else None,
        newest=before is None,
    )


def _told(house: House, actor: Actor, look: Look, names: dict[str, str]) -> dict[str, Any]:
    return {
        "at": look.at,
        "clock": f"{look.at.astimezone(SHANGHAI):%H:%M}",
        "whose": names[look.subject_id],
        "by": _BY["oneself"] if look.by == actor.id else _BY.get(look.role),
        "role": ROLE_WORDS.get(look.role),
        "office": department_name(house.items, look.department) if look.department else None,
        "number": look.number,
        "what": WHATS.get(look.what, {"zh": look.what, "en": look.what}),
        "detail": _detail(look),
        "case_no": look.case_no,
        "purpose": look.purpose,
    }


def _detail(look: Look) -> Any:
    if look.what == "registry":
        return EXCHANGES.get(look.detail) or register_words(look.detail)
    return look.detail
