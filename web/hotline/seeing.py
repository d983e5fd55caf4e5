"""A work order as one reader may see it: read once, used by its page and by its acts."""

from dataclasses import dataclass
from typing import Any

import asyncpg

from services.cases.expected import expected
from services.cases.histories import Page, case_page
from services.cases.log import Case, load
from services.errors import NotFound
from services.hotline.contents import Content, read_content
from services.hotline.sight import Sight, sight
from services.house import House
from services.law.commands import Command
from services.law.policy import allowed, may_take, owns
from services.law.roles import Actor, Role


@dataclass(frozen=True, slots=True)
class Seen:
    page: Page
    linked: Case | None
    said: Content
    sight: Sight
    owner: bool
    agent: bool

    def task_for(self, actor: Actor) -> asyncpg.Record | None:
        """The open task that is this actor's to take: an order waits for one of the staff at a time."""
        mine = (t for t in self.page.tasks if t["role"] not in (Role.APPLICANT, Role.SUPERVISOR))
        return next((t for t in mine if may_take(actor, expected(t), self.page.case.parties) is None), None)

    def acts(self, actor: Actor, task: Any) -> list[Command]:
        return allowed(actor, expected(task), self.page.case.parties, self.page.case.state)


async def see(conn: asyncpg.Connection, house: House, actor: Actor, no: str) -> Seen:
    """Raises NotFound, whether there is no such order or it is not theirs to see."""
    page = await case_page(conn, no)
    if page is None or page.case.kind != "order":
        raise _nothing()
    case = page.case
    linked = await load(conn, case.linked_no) if case.linked_no else None
    said = await read_content(conn, house, no)
    seen = sight(
        actor, case, [expected(t) for t in page.tasks], confidential=said.confidential,
        complained_of=linked.state.hands if linked else (),
    )  # fmt: skip
    if not seen.page:
        raise _nothing()
    return Seen(page, linked, said, seen, owns(actor, case.parties), actor.has(Role.AGENT))


def _nothing() -> NotFound:
    return NotFound("没有找到这个工单，或者它不归您查看", "No such work order, or it is not yours to see")
