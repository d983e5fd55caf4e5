"""监察墙: counts, each a link to the list it counts."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.cases.lists import AMENDS, Filter, count_cases, lights
from services.catalogue.departments import department_names
from services.law.clock import legal_date
from services.law.rules import RULES
from services.supervision.queries import (
    CardFilter,
    departments,
    find_cards,
    open_cards,
    rules_broken,
)
from web.deps import HouseDep
from web.rendering import page
from web.supervisor.cards import card_line
from web.supervisor.scope import Supervisor, district_of

router = APIRouter(include_in_schema=False)
LATEST = 6


@router.get("/supervisor")
async def show_wall(request: Request, house: HouseDep, actor: Supervisor) -> Response:
    now, district = house.now(), district_of(actor)
    async with house.db.connection() as conn:
        counted = await lights(conn, Filter(district=district), now)
        amends = await count_cases(conn, Filter(district=district, light=AMENDS), now)
        carded = await open_cards(conn, district)
        rows = await departments(conn, district, now, legal_date(now))
        broken = await rules_broken(conn, district)
        urgent = await find_cards(conn, CardFilter(district=district), limit=LATEST)
    names = department_names(house.items)
    return page(
        request,
        "supervisor/wall.html",
        tiles=_tiles(counted, carded),
        amends=amends,
        amends_href=f"/supervisor/cases?light={AMENDS}",
        departments=[_department(row, names) for row in rows],
        rules=[{"rule": RULES[r["rule"]], "severity": r["severity"], "n": r["n"]} for r in broken],
        urgent=[card_line(card, house, names) for card in urgent],
        more_cards=sum(carded.values()) > LATEST,
        now=now,
    )


def _tiles(counted: dict[str, int], carded: dict[str, int]) -> list[dict[str, Any]]:
    shown = (
        (carded["red"], "红牌", "red cards", "over", "/supervisor/cards?severity=red"),
        (carded["yellow"], "黄牌", "yellow cards", "near", "/supervisor/cards?severity=yellow"),
        (counted["over"], "已超期的办件", "cases past due", "over", "/supervisor/cases?light=over"),
        (
            counted["near"],
            "将到期的办件",
            "cases due within 48 hours",
            "near",
            "/supervisor/cases?light=near",
        ),
        (counted["ok"], "在办，期限内", "open and in time", "ok", "/supervisor/cases?light=ok"),
    )
    return [
        {"n": f"{n:,}", "label": {"zh": zh, "en": en}, "kind": kind if n else "", "href": href}
        for n, zh, en, kind, href in shown
    ]


def _department(row: Any, names: dict[str, dict[str, str]]) -> dict[str, Any]:
    code = row["department"]
    case_list = "/supervisor/cases?" + urlencode({"department": code})
    card_list = "/supervisor/cards?" + urlencode({"department": code})
    return {
        "name": names.get(code, {"zh": code, "en": code}),
        "href": case_list,
        "open": row["open"],
        "cells": [
            (row["open"], f"{case_list}&light=open"),
            (row["near"], f"{case_list}&light=near"),
            (row["over"], f"{case_list}&light=over"),
            (row["yellow"], f"{card_list}&severity=yellow"),
            (row["red"], f"{card_list}&severity=red"),
        ],
        "rate": rate(row["on_time"], row["n"]),
        "n": row["n"],
    }


def rate(part: int, whole: int) -> str:
    """Nothing concluded is not a hundred per cent."""
    return f"{part / whole:.1%}" if whole else "—"
