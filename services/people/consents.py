"""监护人同意: whose guardian agreed that their data are handled. PIPL arts 28, 31.

A row of its own with its time and the version of the words, since it is asked for separately and may be taken back
(art. 15). What was filed before it was taken back stays lawful.
"""

import asyncpg

from forms import Text
from services.errors import NotAllowed
from services.house import House
from services.law.roles import Actor
from services.people.standing import Basis

VERSION = "2026-11"  # raise it with the words: what was agreed to before does not hold for others
WORDS = Text(
    zh="我是这名儿童的监护人。我已知道：不满十四周岁未成年人的个人信息是敏感个人信息；政务服务机构只为办理我替孩子申请的"
    "事项收集孩子的姓名、证件号码、住址和材料中的信息，加密保存，只有办理人员可以看到，每次查看都有记录；保存期限按档案管理规定执行。"
    "我同意处理这些信息，并知道可以随时撤回同意，撤回不影响此前已经进行的处理。",
    en="I am this child's guardian. I know that the personal data of a child under fourteen are sensitive; that service "
    "bodies collect the child's name, identity number, address and what the papers say only to handle what I apply for "
    "on the child's behalf; that these are stored encrypted, seen only by those who handle the case, and each look is "
    "recorded; and that they are kept as long as the rules on archives say. I agree, and I know that I can take my "
    "consent back at any time, which leaves lawful what was done before.",
)


async def record_consent(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    *,
    child_id: str,
    guardian_id: str,
    way: str,
    turn: str = "given",
) -> None:
    """`way`: online, by the guardian themselves, or counter, to a clerk."""
    await conn.execute(
        "INSERT INTO guardian_consent (child_id, guardian_id, turn, text_version, way, recorded_by, at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        child_id, guardian_id, turn, VERSION, way, actor.id, house.now(),
    )  # fmt: skip


async def consent_online(
    conn: asyncpg.Connection, house: House, actor: Actor, child_id: str, turn: str
) -> None:
    """Call inside a transaction. Raises NotAllowed unless the actor is this child's guardian today."""
    me = await conn.fetchval(
        "SELECT r.person_id FROM representation r JOIN account a ON a.subject_id = r.person_id "
        "WHERE a.id = $1 AND r.subject_id = $2 AND r.basis = $3 AND r.revoked_at IS NULL",
        actor.id, child_id, Basis.GUARDIAN.value,
    )  # fmt: skip
    if me is None or child_id not in actor.subjects or turn not in ("given", "withdrawn"):
        raise NotAllowed("您不是这名儿童的监护人", "You are not this child's guardian")
    await record_consent(conn, house, actor, child_id=child_id, guardian_id=me, way="online", turn=turn)


async def consented(conn: asyncpg.Connection, child_id: str) -> asyncpg.Record | None:
    """The consent that holds now: the last word on the words in force, if that was yes."""
    last = await conn.fetchrow(
        "SELECT id, turn, at, way FROM guardian_consent WHERE child_id = $1 AND text_version = $2 "
        "ORDER BY id DESC LIMIT 1",
        child_id, VERSION,
    )  # fmt: skip
    return last if last and last["turn"] == "given" else None
