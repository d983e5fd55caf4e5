"""Who may be at this desk, and which queues are theirs."""

from typing import Annotated, NamedTuple

from fastapi import Depends

from services.cases.plan import assigned_by
from services.cases.worklists import BY_SLUG, QUEUES, Queue
from services.house import House
from services.law.policy import Reach, reach
from services.law.roles import Actor, Role
from web.deps import require

DESK_ROLES = (Role.CLERK, Role.REVIEWER, Role.DIRECTOR)
StaffDep = Annotated[Actor, Depends(require(*DESK_ROLES))]
ClerkDep = Annotated[Actor, Depends(require(Role.CLERK))]

# Which queues can hold anything for a role; a queue that never can is not shown.
_FOR_ALL = {"mine", "all", "near", "over"}
_HOLDS = {
    Role.CLERK: {"precheck", "acceptance", "corrected", "delivery"},
    # a one-step item is decided by its reviewer
    Role.REVIEWER: {"review", "decision", "later_check", "amends", "orders"},
    Role.DIRECTOR: {"assign", "decision", "revocation", "cards"},
}
_KEYS = {
    "mine": "m", "all": "a", "acceptance": "s", "corrected": "b", "review": "r", "decision": "d",
    "delivery": "e", "precheck": "y", "assign": "f", "later_check": "l", "revocation": "v", "near": "j", "over": "o",
    "orders": "t", "amends": "p", "cards": "k",
}  # fmt: skip
FIRST = "all"
ASSIGN = "assign"  # the one queue whose tasks are given to others, not claimed


def scope(actor: Actor) -> list[Reach]:
    return reach(actor, *DESK_ROLES)


def queues_of(house: House, actor: Actor) -> list[Queue]:
    held = _FOR_ALL.union(*(_HOLDS[role] for role in DESK_ROLES if actor.has(role)))
    if _assigns(house, actor):
        held |= {ASSIGN}
    return [queue for queue in QUEUES if queue.slug in held]


def _assigns(house: House, actor: Actor) -> bool:
    """Whether the reviewers of some item that this actor's grants reach assign its cases themselves."""
    mine = reach(actor, Role.REVIEWER)
    return any(
        r.department in ("", item.department) and r.district in ("", item.district)
        for r in mine
        for item in house.items.latest()
        if assigned_by(item) == Role.REVIEWER
    )


def assigning(actor: Actor) -> list[Reach]:
    """The scopes out of which this actor can choose a handler."""
    return reach(actor, Role.DIRECTOR, Role.REVIEWER)


def queue_named(slug: str) -> Queue:
    return BY_SLUG.get(slug) or BY_SLUG[FIRST]


class InRail(NamedTuple):
    """A queue as window/rail.html draws it; `key` leads to it."""

    slug: str
    href: str
    label: dict[str, str]
    n: int
    current: bool
    key: str


def rail(shown: list[Queue], n: dict[str, int], current: str = "") -> list[InRail]:
    """The queues beside the work, as the rail draws them."""
    return [
        InRail(
            queue.slug,
            f"/window?queue={queue.slug}",
            {"zh": queue.zh, "en": queue.en},
            n[queue.slug],
            queue.slug == current,
            _KEYS[queue.slug],
        )
        for queue in shown
    ]
