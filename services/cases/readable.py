"""A case as one reader may have it: the question of the policy, asked once for pages, files and the API."""

from dataclasses import dataclass

import asyncpg

from services.cases.expected import expected
from services.cases.histories import Page, case_page
from services.cases.log import load
from services.errors import NotFound
from services.law.masking import mask_name
from services.law.policy import may_read, owns, sees_personal
from services.law.roles import Actor, Role


@dataclass(frozen=True, slots=True)
class Readable:
    page: Page
    owner: bool
    personal: bool  # names, papers and phones in the clear

    @property
    def applicant(self) -> str:
        """The name as this reader may see it. An organisation's is public."""
        row = self.page.row
        name = row["applicant"] or ""
        if self.owner or (row["applicant_kind"] == "organisation" and row["kind"] != "order"):
            return name
        if row["kind"] == "order":
            # Whoever is complained of must not learn from whom; the hotline's own desk shows what it may.
            return ""
        return name if self.personal else mask_name(name)


async def readable(conn: asyncpg.Connection, actor: Actor, case_no: str) -> Readable:
    """Raises NotFound, whether the case is not there or not theirs: numbers can be guessed."""
    return await read_by(conn, actor, await case_page(conn, case_no))


async def read_by(conn: asyncpg.Connection, actor: Actor, page: Page | None) -> Readable:
    """The same of a page that was fetched already."""
    if page is None or not _may_read(actor, page) or await _kept_from(conn, actor, page):
        raise NotFound("没有找到这个办件，或者它不归您查看", "No such case, or it is not yours to see")
    return Readable(page, owns(actor, page.case.parties), handles(actor, page))


def handles(actor: Actor, page: Page) -> bool:
    """Whether names and numbers may be shown to this actor at all. Personal Information Protection Law art. 51(4)."""
    case, tasks = page.case, [expected(task) for task in page.tasks]
    return sees_personal(actor, parties=case.parties, hands=case.state.hands, tasks=tasks)


def _may_read(actor: Actor, page: Page) -> bool:
    case = page.case
    return may_read(
        actor,
        kind=case.kind,
        # A work order is its responding unit's, and leaves those it passed through.
        department=case.lead if case.kind == "order" else case.department,
        lead=case.lead,
        district=case.district,
        parties=case.parties,
    )


async def _kept_from(conn: asyncpg.Connection, actor: Actor, page: Page) -> bool:
    """A report is kept from those it is about, by whatever address they come: `services.hotline.sight` says the same."""
    order = page.case
    if not (order.state.hushed and order.linked_no) or owns(actor, order.parties):
        return False
    linked = await load(conn, order.linked_no)
    outside = actor.has(Role.AGENT) or actor.has(Role.SUPERVISOR)
    return linked is not None and actor.id in linked.state.hands and not outside


def may_open_documents(actor: Actor, case: Readable) -> bool:
    """文书 name the person: for the owner, those handling the case, and who audits it; a reply for the hotline too."""
    order = case.page.case.kind == "order"
    return case.owner or (actor.has(Role.AGENT) if order else case.personal or actor.has(Role.SUPERVISOR))
