"""亲属、监护和任职: who is tied to whom, as a register tells it on a day; kept with its source, ended when it no longer does.

A tie gives nobody a right: who may act for whom stands in `representation` (services.people.standing).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import asyncpg
import orjson

from services.people.papers import paper_code
from services.store.crypto import Vault, normalise

# What the other one is to the subject.
WORDS: dict[str, dict[str, str]] = {
    "spouse": {"zh": "配偶", "en": "Spouse"},
    "child": {"zh": "子女", "en": "Child"},
    "parent": {"zh": "父母", "en": "Parent"},
    "guardian": {"zh": "监护人", "en": "Guardian"},  # Civil Code art. 27
    "ward": {"zh": "被监护人", "en": "Ward"},
    "legal_representative": {"zh": "法定代表人", "en": "Legal representative"},  # Civil Code art. 61
    "heads": {"zh": "担任法定代表人的单位", "en": "Legal representative of"},
    "works_for": {"zh": "任职单位", "en": "Works for"},
}
# Which answers tell ties, and under which key of theirs; a register's answer is the whole truth of its kinds.
TOLD_BY: dict[str, dict[str, str]] = {
    "population.kin": {
        "spouse": "spouses", "child": "children", "parent": "parents", "guardian": "guardians", "ward": "wards",
    },
    "legal-persons.representative": {"legal_representative": "representatives"},
    "legal-persons.roles": {"heads": "heads", "works_for": "works_for"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tie:
    kind: str
    name: str
    id_type: str
    id_number: str
    source: str
    as_of: date


def ties_in(query: str, facts: Mapping[str, Any], as_of: date) -> list[Tie]:
    """What an answer says of ties; whoever it names without a number is no tie, since nobody could be met by it."""
    return [
        Tie(kind, one["name"], one["type"], one["number"], query, as_of)
        for kind, key in TOLD_BY.get(query, {}).items()
        for one in facts.get(key, ())
        if one.get("number")
    ]


async def keep_ties(
    conn: asyncpg.Connection,
    vault: Vault,
    subject_id: str,
    query: str,
    ties: Iterable[Tie],
    *,
    as_of: date,
    now: datetime,
) -> None:
    """Lay an answer over what was kept from the same query before: new ones begin, missing ones end, the rest is confirmed.

    Call inside a transaction.
    """
    if query not in TOLD_BY:
        return
    await conn.execute(
        "SELECT 1 FROM subject WHERE id = $1 FOR UPDATE", subject_id
    )  # two answers, one after the other
    still: list[int] = []
    for tie in ties:
        code, number = paper_code(tie.id_type), normalise(tie.id_number)
        index = vault.index(number, purpose=f"subject|{code}")
        sealed = vault.seal(
            orjson.dumps({"name": tie.name, "number": number}),
            where=f"subject_tie|{subject_id}|{tie.kind}|{index.hex()}",
        )
        still.append(
            await conn.fetchval(_KEEP, subject_id, tie.kind, code, index, sealed, query, tie.as_of, now)
        )
    await conn.execute(
        "UPDATE subject_tie SET ended_on = $4 WHERE subject_id = $1 AND source = $2 AND ended_on IS NULL "
        "AND id <> ALL($3)",
        subject_id, query, still, as_of,
    )  # fmt: skip


async def ties_of(conn: asyncpg.Connection, vault: Vault, subject_id: str) -> list[Tie]:
    """Those that stand, in the clear. Only for the subject, and for those who may see them: ask the policy first."""
    rows = await conn.fetch(
        "SELECT * FROM subject_tie WHERE subject_id = $1 AND ended_on IS NULL ORDER BY id", subject_id
    )
    order = list(WORDS)
    return sorted((_opened(vault, r) for r in rows), key=lambda tie: order.index(tie.kind))


def _opened(vault: Vault, r: asyncpg.Record) -> Tie:
    where = f"subject_tie|{r['subject_id']}|{r['kind']}|{r['other_index'].hex()}"
    other = orjson.loads(vault.open(r["sealed"], where=where))
    return Tie(r["kind"], other["name"], r["other_type"], other["number"], r["source"], r["as_of"])


_KEEP = """
INSERT INTO subject_tie (subject_id, kind, other_type, other_index, sealed, source, as_of, noted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (subject_id, kind, other_index) WHERE ended_on IS NULL
DO UPDATE SET sealed = excluded.sealed, source = excluded.source, as_of = excluded.as_of
RETURNING id
"""
