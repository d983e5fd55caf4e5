"""找事项: by words, by what one goes through, by authority, by who applies; and never a dead end."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from forms import Item
from services.catalogue.finding import nearest, search
from services.catalogue.topics import shelves_of, topic_of, topics, topics_with_items
from services.catalogue.wording import AUDIENCES, limit_words
from web.deps import HouseDep, OptionalActor
from web.rendering import link_with, page

router = APIRouter(include_in_schema=False)

SUGGESTED = 6  # while somebody types
_LONGEST = 100  # of a query that is repeated on the page


@dataclass(frozen=True, slots=True)
class Pick:
    """One value of a filter: how many items it leaves, beside the other filters, and the address with it set."""

    value: str
    label: Any
    n: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filters:
    topic: str
    department: str
    audience: str

    def keeps(self, item: Item, leaving_out: str = "") -> bool:
        topic = topic_of(self.topic)
        return (
            (leaving_out == "topic" or not topic or topic.holds(item))
            and (leaving_out == "department" or self.department in ("", item.department))
            and (leaving_out == "audience" or self.audience in ("", *item.audience))
        )


@router.get("/items")
async def items(
    request: Request,
    house: HouseDep,
    actor: OptionalActor,
    q: str = "",
    topic: str = "",
    department: str = "",
    audience: str = "",
) -> Response:
    listed = house.items.listed()
    authorities = {i.department: i.department_name for i in listed}
    filters = Filters(
        topic if topic_of(topic) else "",
        department if department in authorities else "",
        audience if audience in AUDIENCES else "",
    )
    said = search(listed, q)
    found = [i for i in said if filters.keeps(i)]
    # A known item that the filters hide is a better answer than a similar one.
    elsewhere = said if q.strip() and not found else []
    return page(
        request,
        "citizen/items.html",
        q=q[:_LONGEST],
        filters=filters,
        found=found,
        near=[] if found or elsewhere else nearest(listed, q),
        elsewhere=elsewhere,
        topic=topic_of(filters.topic),
        authority=authorities.get(filters.department),
        facets=_facets(request, said, filters),
        topics=topics_with_items(listed),
        standing=house.items.standing,
        limit_words=limit_words,
        AUDIENCES=AUDIENCES,
    )


@router.get("/items/suggestions")
async def suggestions(request: Request, house: HouseDep, actor: OptionalActor, q: str = "") -> Response:
    """Under the search box while somebody types; the whole page of results is a press of Enter away."""
    found = search(house.items.listed(), q) if q.strip() else []
    return page(
        request,
        "citizen/suggestions.html",
        q=q[:_LONGEST],
        found=found[:SUGGESTED],
        all=len(found),
        standing=house.items.standing,
    )


def _facets(request: Request, said: Sequence[Item], filters: Filters) -> list[dict[str, Any]]:
    departments = {i.department: i.department_name for i in said}
    life = {t.id: t.name for t in topics() if t.kind == "life"}
    shelves = {t.id: t.name for t in topics() if t.kind != "life" and filters.audience in ("", t.kind)}
    return [
        _facet(request, said, filters, "topic", life, shelves_of) | {"heading": "life"},
        _facet(request, said, filters, "topic", shelves, shelves_of) | {"heading": "topic"},
        _facet(request, said, filters, "audience", AUDIENCES, lambda i: i.audience),
        _facet(request, said, filters, "department", departments, lambda i: [i.department]),
    ]


def _facet(
    request: Request,
    said: Iterable[Item],
    filters: Filters,
    name: str,
    labels: Any,
    values_of: Callable[[Item], Iterable[str]],
) -> dict[str, Any]:
    others = [i for i in said if filters.keeps(i, leaving_out=name)]
    counted = Counter(value for item in others for value in values_of(item))
    now = getattr(filters, name)
    picks = [
        Pick(value, label, counted[value], link_with(request, **{name: value}), value == now)
        for value, label in labels.items()
        if counted[value] or value == now
    ]
    return {
        "heading": name,
        "picks": picks,
        "all": Pick("", None, len(others), link_with(request, **{name: None}), not now),
    }
