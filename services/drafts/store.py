"""Keeping drafts. A draft's id is also the idempotency token of its submission, so it can be filed only once."""

import uuid
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

import asyncpg
import orjson

from forms import Item
from services.cases.rounds import Paper
from services.errors import NotAllowed, NotFound
from services.house import House
from services.law.policy import may_fill_in
from services.law.roles import Actor

KEPT = timedelta(days=30)  # since it was last saved

_COLUMNS = "id, item_code, item_version, applicant_id, case_no, sealed, updated_at, expires_at"


class Filed(NotFound):
    """No draft any more but a case: `extra` has its `case_no`."""

    code = "filed"


@dataclass(slots=True)
class Draft:
    """`raw` is what was typed, as a browser sends it; `prefilled` what we filled in, to tell it from what was typed.

    `sources`: by field, where a prefilled value comes from (services.drafts.sources.Fact.told). `asked`: by query, how
    its register answered and for which day (services.drafts.asking.Told.kept).
    """

    id: str
    item_code: str
    item_version: int
    applicant_id: str | None
    case_no: str | None
    updated_at: datetime
    expires_at: datetime
    raw: dict[str, list[str]] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)
    prefilled: dict[str, list[str]] = field(default_factory=dict)
    defects: list[dict[str, str]] = field(default_factory=list)  # of the correction notice: code, defect, fix
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def defects_of(self, code: str) -> list[dict[str, str]]:
        return [d for d in self.defects if d["code"] == code]


async def start(conn: asyncpg.Connection, house: House, actor: Actor, item: Item) -> Draft:
    if actor.kind != "citizen":
        raise NotAllowed(
            "工作人员请在窗口收件页代为收件", "Staff take applications in at the counter's intake page"
        )
    return await insert(conn, house, actor, item, None, {}, [])


async def insert(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    item: Item,
    case_no: str | None,
    raw: dict[str, list[str]],
    papers: list[Paper],
    defects: list[dict[str, str]] | None = None,
    applicant_id: str | None = None,
) -> Draft:
    now = house.now()
    draft = Draft(
        uuid.uuid4().hex,
        item.code,
        item.version,
        applicant_id,
        case_no,
        now,
        now + KEPT,
        raw,
        papers,
        {},
        defects or [],
    )
    await conn.execute(
        "INSERT INTO draft (id, account_id, item_code, item_version, applicant_id, case_no, sealed, updated_at, "
        "expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        draft.id, actor.id, item.code, item.version, applicant_id, case_no, _seal(house, draft), now, draft.expires_at,
    )  # fmt: skip
    return draft


async def read(
    conn: asyncpg.Connection, house: House, actor: Actor, draft_id: str, *, lock: bool = False
) -> Draft:
    """One's own draft. Lock it to change it: two pages of the same draft may be saved at once.

    Raises Filed if it became a case, or was a corrected set and was handed in; else NotFound.
    """
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM draft WHERE id = $1 AND account_id = $2 AND expires_at > $3"  # noqa: S608
        + (" FOR UPDATE" if lock else ""),
        draft_id, actor.id, house.now(),
    )  # fmt: skip
    if row is None:
        if case_no := await _filed_as(conn, actor, draft_id):
            raise Filed("这份申请已经提交", "This application has been submitted", case_no=case_no)
        raise NotFound(
            "没有这份草稿：可能已经提交、删除，或者过了 30 天",
            "No such draft: it was submitted, deleted, or is older than 30 days",
        )
    item = house.items.get(row["item_code"])
    applicant = row["applicant_id"]
    if applicant and not may_fill_in(actor, applicant, item.code, item.department):
        # What is filled in is the applicant's data, and the right to act for them is over.
        raise NotAllowed(
            "您现在不能替这个人（单位）办理：授权或者监护已经结束",
            "You no longer act for this person or organisation: the authorisation or guardianship has ended",
        )
    return _open(house, row)


async def save(conn: asyncpg.Connection, house: House, draft: Draft) -> None:
    draft.updated_at = house.now()
    draft.expires_at = draft.updated_at + KEPT
    await conn.execute(
        "UPDATE draft SET item_version = $2, applicant_id = $3, sealed = $4, updated_at = $5, expires_at = $6 "
        "WHERE id = $1",
        draft.id, draft.item_version, draft.applicant_id, _seal(house, draft), draft.updated_at, draft.expires_at,
    )  # fmt: skip


async def discard(conn: asyncpg.Connection, actor: Actor, draft_id: str) -> None:
    await conn.execute("DELETE FROM draft WHERE id = $1 AND account_id = $2", draft_id, actor.id)


async def mine(
    conn: asyncpg.Connection, actor: Actor, now: datetime, *, item_code: str = ""
) -> list[asyncpg.Record]:
    """Unfinished applications, the last touched first; contents stay sealed."""
    return await conn.fetch(
        "SELECT id, item_code, case_no, updated_at, expires_at FROM draft WHERE account_id = $1 AND expires_at > $2 "
        "AND ($3 = '' OR item_code = $3 AND case_no IS NULL) ORDER BY updated_at DESC LIMIT 20",
        actor.id, now, item_code,
    )  # fmt: skip


async def _filed_as(conn: asyncpg.Connection, actor: Actor, draft_id: str) -> str | None:
    """The case that a draft no longer there became, or was handed in to as a corrected set."""
    theirs = {*actor.subjects, *(mandate.principal for mandate in actor.mandates)}
    return await conn.fetchval(
        "SELECT no FROM cases WHERE filing_key = $1 UNION ALL "
        "SELECT c.no FROM cases c JOIN case_event e ON e.case_no = c.no AND e.key = $2 AND e.actor_id = $3 "
        "WHERE c.filer_id = $3 OR c.applicant_id = ANY ($4) LIMIT 1",
        f"{actor.id}:{draft_id}", f"act:{draft_id}", actor.id, list(theirs),
    )  # fmt: skip


async def forget_expired(conn: asyncpg.Connection, now: datetime) -> int:
    """Personal data that nobody came back for (PIPL art. 19: no longer than needed)."""
    return await conn.fetchval(
        "WITH gone AS (DELETE FROM draft WHERE expires_at <= $1 RETURNING 1) SELECT count(*) FROM gone", now
    )


def item_of(house: House, draft: Draft) -> Item:
    """A new application follows the version in force; a corrected set the one its case was filed under."""
    return house.items.get(draft.item_code, draft.item_version if draft.case_no else None)


def _seal(house: House, draft: Draft) -> bytes:
    content = {
        "raw": draft.raw,
        "papers": [asdict(p) for p in draft.papers],
        "prefilled": draft.prefilled,
        "defects": draft.defects,
        "sources": draft.sources,
        "asked": draft.asked,
    }
    return house.vault.seal(orjson.dumps(content), where=f"draft|sealed|{draft.id}")


def _open(house: House, row: asyncpg.Record) -> Draft:
    content = orjson.loads(house.vault.open(row["sealed"], where=f"draft|sealed|{row['id']}"))
    known = {name: row[name] for name in row.keys() if name != "sealed"}  # noqa: SIM118 - a record iterates its values
    return Draft(
        **known,
        raw=content["raw"],
        papers=[Paper(**p) for p in content["papers"]],
        prefilled=content["prefilled"],
        defects=content["defects"],
        sources=content.get("sources", {}),  # a draft may be older than these
        asked=content.get("asked", {}),
    )
