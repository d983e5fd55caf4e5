"""查看证件和电话: whoever looks at an applicant's number leaves a trace of it in the case's log."""

from datetime import timedelta

import asyncpg

from services.cases.histories import Told, case_page
from services.cases.log import Pen
from services.cases.readable import handles
from services.errors import NotAllowed, NotFound
from services.house import House
from services.law.roles import Actor
from services.people.lookups import note_look

SHOWN_FOR = timedelta(minutes=5)  # long enough to compare with a paper on the counter


async def reveal(conn: asyncpg.Connection, house: House, actor: Actor, case_no: str) -> None:
    """Record that the actor looks now. Call inside a transaction. Raises NotFound, NotAllowed."""
    await conn.fetchval("SELECT no FROM cases WHERE no = $1 FOR UPDATE", case_no)
    page = await case_page(conn, case_no)
    if page is None:
        raise NotFound("没有这个办件", "No such case")
    if not handles(actor, page):
        raise NotAllowed(
            "只有办理人员可以查看证件和电话", "Only those who handle the case may see these numbers"
        )
    pen = Pen(page.case, house.now())
    role = next((grant.role.value for grant in actor.grants), "")
    pen.write("revealed", f"revealed:{page.case.seq + 1}", actor=actor.id, role=role)
    await pen.commit(conn, ring=False)
    if page.case.applicant_id:
        await note_look(
            conn, subject_id=page.case.applicant_id, what="revealed", by=actor.id, case_no=case_no,
            purpose=f"办理“{page.case.title}”", at=house.now(),
        )  # fmt: skip


def revealed(told: list[Told], actor: Actor, house: House) -> bool:
    """Whether the actor's last look is still open."""
    since = house.now() - SHOWN_FOR
    return any(
        t.event.kind == "revealed" and t.event.actor == actor.id and t.event.at >= since for t in told[-50:]
    )
