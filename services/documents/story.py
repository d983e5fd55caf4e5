"""Everything a document may speak of, read once: the case, its log, its papers and what was said in confidence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import asyncpg

from forms import Item
from services.cases.filing import open_query_code
from services.cases.histories import Page, Told, case_page, history, papers
from services.cases.private import read_private
from services.cases.rounds import read_answers
from services.errors import NotFound
from services.hotline.contents import Content, read_content
from services.house import House
from services.law.chain import Event
from services.law.stays import number_of
from services.licences.contents import read_contents
from services.people.standing import legal_representative_of
from services.people.subjects import MaskedSubject, masked_view

# Said by the act on the task of the same number: special procedures, hearings and notices share one series.
BESIDE = {
    "special_notice": ("special_started",),
    "hearing_right": ("hearing_informed",),
    "hearing_notice": ("hearing_notified",),
    "hearing_record": ("hearing_recorded",),
    "public_notice": ("notice_published",),
    "extension": ("extended",),
    "suspension": ("suspended",),
    "site_check_record": ("site_checked",),
    "later_check": ("later_checked",),
    "rectification": ("later_checked",),
    "promise_revocation": ("promise_revoked",),
    "service_return": ("served",),
    "fee_notice": ("fee_ordered",),
    "fee_receipt": ("paid",),
    "refund_notice": ("refund_ordered",),
}
# Said by the event whose key is the document's own: a round of papers may be signed for, or not.
PLEDGED = {"promise_pledge": ("promise_signed",), "gaps_pledge": ("gaps_signed",)}
# What a decision does to a licence that is there already.
LICENCES = {
    "renewal_grant": ("granted", "deemed_renewed"),
    "change_grant": ("granted",),
    "replacement_grant": ("granted",),
    "striking_off": ("granted", "struck_off"),
    "revocation": ("revoked",),
    "plea_notice": ("holder_informed",),
    "no_measure": ("left",),
}
# The events that each kind of document says. The n-th document of a kind says the n-th of them.
SAYS = (
    {
        "receipt": ("submitted",),
        "acceptance": ("accepted", "deemed_accepted"),
        "correction": ("correction_requested",),
        "non_acceptance": ("declined",),
        "grant": ("granted",),
        "refusal": ("refused",),
        "termination": ("withdrawn", "terminated", "voided"),
        "licence": ("granted", "deemed_renewed"),
        "transfer": ("forwarded",),
        "order_reply": ("replied",),
    }
    | BESIDE
    | LICENCES
    | PLEDGED
)


_FILED = frozenset({"submitted", "registered", "opened"})
_LEFT = """
SELECT e.number, e.turn, e.version, e.valid_until, e.on_day, l.issued_on FROM licence_event e
JOIN licence l ON l.number = e.number WHERE e.case_no = $1 AND e.turn NOT IN ('expired', 'replaced') ORDER BY e.n LIMIT 1
"""


@dataclass(slots=True)
class Story:
    house: House
    page: Page
    item: Item
    told: list[Told]
    papers: list[asyncpg.Record]
    answers: dict[str, Any]
    request: Content  # of a work order
    private: dict[int, dict[str, Any]]
    subject: MaskedSubject | None
    representative: str
    licence: asyncpg.Record | None  # as this case left it
    about: asyncpg.Record | None  # the one that it acts on, as it stands now
    stated: dict[str, Any]  # what goes on the certificate

    @property
    def main(self) -> Item:
        """主项: whose licence this is about."""
        return self.house.items.get(self.item.family) if self.item.acts_on else self.item

    @property
    def no(self) -> str:
        return self.page.case.no

    @property
    def applicant(self) -> str:
        """In the clear: a document is addressed to them."""
        return self.page.row["applicant"] or "申请人"

    @property
    def query_code(self) -> str:
        return open_query_code(self.house, self.no, self.page.row["query_code"])

    def said(self, kind: str, key: str = "") -> Told:
        """The event that the document of this kind and key says; without a number in the key, the latest."""
        events = [t for t in self.told if t.event.kind in SAYS[kind]]
        number = key.partition("#")[2]
        if kind in PLEDGED:
            return next(t for t in events if t.event.key == key.removeprefix("doc:"))
        if number and kind in BESIDE:
            return next(t for t in events if number_of(t.event.task or "") == number)
        return events[int(number) - 1 if number else -1]

    def values(self, event: Event) -> dict[str, Any]:
        """What was filled in with the act, personal values included."""
        return {**event.data, **self.private.get(event.seq, {})}

    def received_before(self, event: Event) -> date:
        """The day the papers judged by this event were received."""
        receipts = [t.event for t in self.told if t.event.kind in _FILED | {"resubmitted"}]
        return [r for r in receipts if r.seq <= event.seq][-1].on

    @property
    def applied_on(self) -> date:
        return next(t.event.on for t in self.told if t.event.kind in _FILED)


def remedies(story: Story) -> dict[str, str]:
    """Whom to ask for reconsideration, and which court to sue in."""
    given = story.item.remedies
    return {"reconsideration_body": given.reconsideration.zh, "court": given.court.zh}


async def read_story(conn: asyncpg.Connection, house: House, case_no: str) -> Story:
    """Raises NotFound."""
    page = await case_page(conn, case_no)
    if page is None:
        raise NotFound("没有这个办件", f"No such case: {case_no}")
    case = page.case
    licence = await conn.fetchrow(_LEFT, case_no)
    acts_on = case.state.licence.get("number")
    subject = await masked_view(conn, house.vault, case.applicant_id) if case.applicant_id else None
    return Story(
        house.at_home(case.district),
        page,
        house.items.get(case.item_code, case.item_version),
        await history(conn, case_no),
        await papers(conn, case_no),
        await read_answers(conn, house, case_no, case.state.round),
        await read_content(conn, house, case_no) if case.kind == "order" else Content(),
        await read_private(conn, house, case_no),
        subject,
        await _representative(conn, case.applicant_id),
        licence,
        await conn.fetchrow("SELECT * FROM licence WHERE number = $1", acts_on) if acts_on else None,
        await read_contents(conn, house, licence["number"]) if licence else {},
    )


async def _representative(conn: asyncpg.Connection, subject_id: str | None) -> str:
    """法定代表人 of an organisation; empty for a person."""
    name = await conn.fetchval(
        f"SELECT name FROM subject WHERE id = {legal_representative_of('$1')}",  # noqa: S608
        subject_id,
    )
    return name or ""
