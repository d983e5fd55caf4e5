"""一轮材料: the answers and papers of one round, as handed in: checked, kept sealed, told to the log by their hashes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson

from forms import Item, Pledge, clean, pledges_of, signing
from services.cases.log import Case, Pen
from services.cases.private import hold_back, keep
from services.errors import Invalid, Refusal
from services.house import House
from services.law.roles import Actor, Role
from services.licences.reuse import LICENCE, note_references, refuse_unusable


@dataclass(frozen=True, slots=True)
class Paper:
    """材料 as handed in: an upload already in the object store, or what stands in for one: shared data, an e-licence."""

    code: str
    source: str = "upload"  # upload, shared, carried or licence
    file: str | None = None  # content hash
    name: str | None = None
    size: int | None = None
    type: str | None = None
    consent: str | None = None  # the holder's, where an e-licence (电子证照) stands for the paper


class NotNeeded(Refusal):
    """不需要许可: said before filing, with where to go instead. Licence Law art. 32(1)."""

    status, code = 422, "not-needed"


def check_filing(item: Item, raw: Mapping[str, list[str]], papers: Sequence[Paper]) -> dict[str, Any]:
    """The clean answers, or Invalid naming each field and each missing material (`material:<code>`)."""
    result = clean(item.questions + item.fields, raw)
    if stop := item.stop(result.values):
        raise NotNeeded(stop.text.zh, stop.text.en)
    problems = dict(result.problems)
    for gap in item.missing(result.values, have(papers)):
        problems[f"material:{gap['material']}"] = {"zh": gap["zh"], "en": gap["en"]}
    unknown = {p.code for p in papers} - {m.code for m in item.materials}
    if unknown:
        # Licence Law art. 31: nothing that is not on the list may be asked for, so nothing else is taken in.
        problems["materials"] = {
            "zh": "有不在材料清单上的材料",
            "en": f"Not on the list: {', '.join(sorted(unknown))}",
        }
    signed = clean(signing(pledges_of(item, result.values, have(papers))), raw)
    problems |= signed.problems
    if problems:
        raise Invalid(problems)
    return dict(result.values) | signed.values


def have(papers: Sequence[Paper]) -> set[str]:
    return {p.code for p in papers if p.file or p.source != "upload"}


def proof(papers: Sequence[Paper]) -> dict[str, Any]:
    """What the log says of the papers: their codes and the hashes of their content."""
    told = [{"code": p.code, "source": p.source, "file": p.file} for p in papers]
    for paper, said in zip(papers, told, strict=True):
        if paper.consent:  # leads to the licence and says nothing of it: its number may be a person's
            said["consent"] = paper.consent
    return {"papers": told}


def told_apart(paper: Paper) -> tuple[str | None, ...]:
    return (paper.code, paper.file, paper.consent) if paper.consent else (paper.code, paper.file)


async def keep_round(
    conn: asyncpg.Connection,
    house: House,
    case_no: str,
    round_: int,
    answers: dict[str, Any],
    papers: Sequence[Paper],
) -> None:
    sealed = house.vault.seal(orjson.dumps(answers), where=f"submission|{case_no}|{round_}")
    await conn.execute(
        "INSERT INTO submission (case_no, round, sealed, filed_at) VALUES ($1, $2, $3, $4)",
        case_no, round_, sealed, house.now(),
    )  # fmt: skip
    await keep_papers(conn, case_no, round_, papers)


async def keep_papers(conn: asyncpg.Connection, case_no: str, round_: int, papers: Sequence[Paper]) -> None:
    await conn.executemany(
        "INSERT INTO material (case_no, round, code, source, file, name, size, type, consent_id) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [(case_no, round_, p.code, p.source, p.file, p.name, p.size, p.type, p.consent) for p in papers],
    )


async def read_answers(conn: asyncpg.Connection, house: House, case_no: str, round_: int) -> dict[str, Any]:
    """The applicant's answers of a round, in the clear. Only for those who may see them: ask the policy first."""
    sealed = await conn.fetchval(
        "SELECT sealed FROM submission WHERE case_no = $1 AND round = $2", case_no, round_
    )
    return open_answers(house, case_no, round_, sealed)


def open_answers(house: House, case_no: str, round_: int, sealed: bytes | None) -> dict[str, Any]:
    """The same of what was read already."""
    return orjson.loads(house.vault.open(sealed, where=f"submission|{case_no}|{round_}")) if sealed else {}


async def check_licences(
    conn: asyncpg.Connection,
    house: House,
    item: Item,
    applicant_id: str | None,
    papers: Sequence[Paper],
    token: str,
    case_no: str | None = None,
) -> None:
    """Raises Invalid: an e-licence that lapsed since it was chosen, or is used without consent."""
    if chosen := [(p.code, p.consent) for p in papers if p.source == LICENCE]:
        await refuse_unusable(conn, house, item, applicant_id, chosen, token, case_no)


async def note_licences(
    conn: asyncpg.Connection, house: House, actor: Actor, item: Item, case_no: str, papers: Sequence[Paper]
) -> None:
    if consents := [p.consent for p in papers if p.source == LICENCE and p.consent]:
        await note_references(conn, house, actor, item, case_no, consents)


async def sign(
    conn: asyncpg.Connection,
    house: House,
    actor_id: str,
    role: Role,
    case: Case,
    answers: Mapping[str, Any],
    pledges: Sequence[Pledge],
    **how: str,
) -> None:
    """承诺书, signed with the round's papers; who signed is kept sealed. Its wording is the item version's."""
    for pledge in pledges:
        pen = Pen(case, house.now())
        said = {"signer": answers["signer"], "round": case.state.round}
        if pledge.materials:
            said["materials"] = list(pledge.materials)
        data, private = hold_back(signing([pledge]), said | how)
        key = f"{pledge.kind}#{case.state.round}"
        event = pen.write(f"{pledge.kind}_signed", key, actor=actor_id, role=role.value, data=data)
        await pen.commit(conn, ring=False)  # the application itself has rung
        await keep(conn, house, case.no, event.seq, private)
