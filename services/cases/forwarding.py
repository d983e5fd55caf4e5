"""转报: a case that was reviewed here goes up, with the same answers and all its papers. Licence Law arts 35, 43."""

import asyncpg

from forms import sm3
from services.cases.filing import Filing, new_case
from services.cases.histories import papers
from services.cases.log import Case, Pen, load
from services.cases.rounds import Paper, keep_round, proof, read_answers
from services.house import House
from services.law.roles import SYSTEM, Role


async def file_upper(conn: asyncpg.Connection, house: House, case_no: str, key: str) -> None:
    """File the upper level's case, once, and say so in both logs. Call in a transaction.

    Nothing is checked again: the lower item asked for everything that the upper one does (`onewindow items check`).
    """
    lower = await load(conn, case_no, lock=True)
    assert lower is not None
    if await conn.fetchval("SELECT 1 FROM case_event WHERE case_no = $1 AND key = $2", case_no, key):
        return
    upper = await _file(conn, house, lower)
    pen = Pen(lower, house.now())
    pen.write("upper_filed", key, actor=SYSTEM.id, role=Role.SYSTEM.value, data={"case": upper.no})
    await pen.commit(conn, ring=False)


async def _file(conn: asyncpg.Connection, house: House, lower: Case) -> Case:
    code = house.items.get(lower.item_code, lower.item_version).procedure.forward_to
    assert code is not None
    item, round_ = house.items.get(code), lower.state.round
    sent = [
        Paper(p["code"], "sent_up", p["file"], p["name"], p["size"], p["type"], p["consent_id"])
        for p in await papers(conn, lower.no)
        if p["round"] == round_
    ]
    asked = sm3(f"{lower.no}:{round_}".encode())
    filing = Filing(item, lower.applicant_id, "sent_up", f"upper:{lower.no}", asked)
    made = await new_case(conn, house, lower.filer_id, filing, lower)
    assert made is not None  # its key is taken only together with the event that was looked for
    upper, _ = made
    await keep_round(conn, house, upper.no, 1, await read_answers(conn, house, lower.no, round_), sent)
    pen = Pen(upper, house.now())
    data = {"item": item.code, "version": item.version, "item_hash": item.hash, "channel": filing.channel}
    pen.write(
        "submitted", "filed", actor=SYSTEM.id, role=Role.SYSTEM.value, data={**data, "from": lower.no, **proof(sent)}
    )  # fmt: skip
    await pen.commit(conn)
    return upper
