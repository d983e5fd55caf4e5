"""Worklists (待办): declared queues over open tasks, filtered by the same policy that guards the door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import asyncpg

from services.law.policy import Reach


@dataclass(frozen=True)
class Queue:
    """A saved query: `where` is a constant of ours over t (task); $1 is the reader, $2 is now."""

    slug: str
    zh: str
    en: str
    where: str
    empty_zh: str
    empty_en: str
    # 随时可办: of tasks that may be taken at any time and wait for nobody. They have no date of their own but the case's.
    standing: bool = False

    @cached_property
    def sql(self) -> str:
        return f"{'' if self.standing else 'NOT '}t.standing AND ({self.where})"

    @cached_property
    def counted(self) -> str:
        return f'count(*) FILTER (WHERE {self.sql}) AS "{self.slug}"'


QUEUES = (
    Queue("mine", "我的待办", "Mine", "t.claimed_by = $1", "您没有认领的待办", "You have claimed nothing"),
    Queue("all", "全部待办", "All", "true", "没有待办，都办完了", "Nothing to do: all done"),
    Queue("acceptance", "待受理", "To accept", "t.step = 'acceptance'", "没有待受理的申请", "Nothing to accept"),
    Queue(
        "corrected", "补正已回", "Corrected", "t.step = 'acceptance' AND t.key <> 'acceptance#1'",
        "没有补正回来的申请", "No corrected applications",
    ),
    Queue("precheck", "待预审", "To pre-check", "t.step = 'precheck'", "没有待预审的申请", "Nothing to pre-check"),
    Queue(
        "assign", "待分办", "To assign",
        # Once it lies with the head nothing is left that a reviewer could be given.
        "t.key = 'assignment#1' AND (SELECT stage FROM cases WHERE no = t.case_no) IN ('accepted', 'in_review') "
        "AND NOT EXISTS (SELECT FROM task d WHERE d.case_no = t.case_no AND d.state = 'open' AND d.step = 'decision' "
        "AND d.role = 'director')",
        "没有待分办的办件", "Nothing to assign", standing=True,
    ),
    Queue(
        "review", "待审查", "To review",
        "t.step NOT IN ('acceptance', 'precheck', 'assignment', 'delivery', 'decision', 'later_check', 'revocation', "
        "'appeal', 'amends_contact', 'amends') AND t.kind <> 'order'",
        "没有待审查的办件", "Nothing to review",
    ),
    Queue("decision", "待决定", "To decide", "t.step = 'decision'", "没有待决定的办件", "Nothing to decide"),
    Queue("later_check", "待事后核查", "To check later", "t.step = 'later_check'", "没有待事后核查的许可", "No promise to check"),
    Queue("revocation", "待决定撤销", "To revoke or not", "t.step = 'revocation'", "没有待决定的撤销", "No revocation to decide"),
    Queue("delivery", "待出件", "To serve", "t.step = 'delivery'", "没有待出件的办件", "Nothing to serve"),
    Queue(
        "near", "将到期", "Due soon", "t.due_at >= $2 AND t.due_at < $2 + interval '48 hours'",
        "没有将到期的待办", "Nothing is due soon",
    ),
    Queue("over", "已超期", "Overdue", "t.due_at < $2", "没有超期的待办", "Nothing is overdue"),
    Queue(
        "amends", "差评整改", "Bad ratings", "t.step IN ('amends_contact', 'amends')", "没有待整改的差评",
        "No bad ratings to answer",
    ),
    Queue("cards", "红黄牌", "Cards", "t.step = 'appeal'", "没有可以申诉的牌", "No cards to appeal against", standing=True),
    Queue("orders", "12345 工单", "12345 orders", "t.kind = 'order'", "没有工单", "No work orders"),
)  # fmt: skip
BY_SLUG = {q.slug: q for q in QUEUES}

# A card's unit is told of it by the chance to appeal, which stands open for some days.
_WAITING = (
    "t.state = 'open' AND t.role <> 'applicant' AND (NOT t.standing OR t.step IN ('assignment', 'appeal'))"
)
# What lists show and no more: fetching a column for fifty rows is a part of what a page costs.
_COLUMNS = """
t.id, t.key, t.step, t.case_no, t.due_at, t.due_on, t.claimed_by,
t.claimed_by IS NOT NULL AND c.state ->> 'handler' = t.claimed_by AS handed,
c.title, c.item_code, c.item_version, c.kind, c.stage, c.cards, c.district,
s.name AS applicant, s.kind AS applicant_kind, a.display_name AS claimed_name
"""
_FURTHER = "t.commands, t.opened_at, c.filed_at"
_FROM = """
FROM task t JOIN cases c ON c.no = t.case_no
LEFT JOIN subject s ON s.id = c.applicant_id LEFT JOIN account a ON a.id = t.claimed_by
"""


def within(reach: Sequence[Reach], first: int) -> tuple[str, list[str]]:
    """The policy's scopes as SQL over task t, with parameters from $first on. No scope sees nothing."""
    clauses, args = [], []
    for r in reach:
        parts = []
        for column, value in (("role", r.role), ("department", r.department), ("district", r.district)):
            if value:
                parts.append(f"t.{column} = ${first + len(args)}")
                args.append(value)
        clauses.append("(" + " AND ".join(parts) + ")")
    return ("(" + " OR ".join(clauses) + ")" if clauses else "false"), args


async def worklist(
    conn: asyncpg.Connection,
    queue: Queue,
    reach: Sequence[Reach],
    reader: str,
    now: datetime,
    *,
    find: str = "",
    whole: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> list[asyncpg.Record]:
    """Open tasks the reader may take, most urgent first; without a due date last.

    `now` draws no line but the queue's. `find` is part of a case number. `whole`: with `_FURTHER` too.
    """
    scope, args = within(reach, 5)
    if find:
        scope += f" AND strpos(t.case_no, ${5 + len(args)}) > 0"
        args = [*args, find]
    where = f"{_WAITING} AND NOT ($1 = ANY (t.not_by)) AND {scope} AND {queue.sql}"
    columns = f"{_COLUMNS}, {_FURTHER}" if whole else _COLUMNS
    dated = "c.due_" if queue.standing else "t.due_"
    return await conn.fetch(
        f"SELECT {columns.replace('t.due_', dated)} {_FROM} WHERE {where} AND $2::timestamptz IS NOT NULL "
        f"ORDER BY {dated}at NULLS LAST, t.id LIMIT $3 OFFSET $4",
        reader, now, limit, offset, *args,
    )  # fmt: skip


async def counts(
    conn: asyncpg.Connection,
    queues: Iterable[Queue],
    reach: Sequence[Reach],
    reader: str,
    now: datetime,
    *,
    also: str = "",
) -> dict[str, int]:
    """How many tasks each of these queues holds, by slug, in one pass. `also`: one more thing to ask by the way."""
    scope, args = within(reach, 3)
    sums = ", ".join(q.counted for q in queues)
    row = await conn.fetchrow(
        f"SELECT {sums}{also and f', {also}'} FROM task t WHERE {_WAITING} "  # noqa: S608
        f"AND NOT ($1 = ANY (t.not_by)) AND $2::timestamptz IS NOT NULL AND {scope}",
        reader, now, *args,
    )  # fmt: skip
    return dict(row)


async def open_tasks(conn: asyncpg.Connection, case_no: str) -> list[asyncpg.Record]:
    """Every open task of a case, whoever's it is."""
    return await conn.fetch(
        "SELECT t.*, a.display_name AS claimed_name FROM task t LEFT JOIN account a ON a.id = t.claimed_by "
        "WHERE t.case_no = $1 AND t.state = 'open' ORDER BY t.id",
        case_no,
    )
