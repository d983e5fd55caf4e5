"""证照归集: what departments hand over is checked whole, and taken in once."""

import json
from datetime import timedelta

import pytest

from infra.seed.licences import handed_over
from infra.seed.world import FIRMS
from services.law.licence_ids import read_licence_id
from services.licences.copies import annotated
from services.licences.handed_over import BadLicences
from services.licences.library import find, held, imported_history
from services.licences.taking_in import TakenIn, take_in
from services.licences.uses import Cause, uses_of
from tests.documents.reading import text_of
from tests.licences.conftest import UNTIL, set_clock


def changed(living, name: str, **values: object) -> str:
    """The demo's file with only the first record of this name, as the department has it now."""
    records = [json.loads(line) for line in handed_over(living.clock()).splitlines()]
    record = next(r for r in records if r["name"] == name)
    return json.dumps(record | values, ensure_ascii=False)


async def names(living, who: str) -> dict[str, str]:
    async with living.house.db.connection() as conn:
        found = await held(conn, living.house, living.world.actors[who].subjects)
    return {e.name.zh: e.state for e in found}


async def test_the_same_file_twice_changes_nothing(living):
    text = handed_over(living.clock())
    assert await take_in(living.house, text) == TakenIn(new=13)
    assert await take_in(living.house, text) == TakenIn(same=13)
    async with living.house.db.connection() as conn:
        assert await conn.fetchval("SELECT count(*) FROM e_licence_event") == 13
    assert await names(living, "wang") == {"营业执照": "01", "居民身份证": "01", "医师资格证书": "07"}


async def test_one_wrong_check_character_and_nothing_of_the_file_is_taken_in(living):
    lines = handed_over(living.clock()).splitlines()
    wrong = json.loads(lines[-1])
    wrong["identifier"] = wrong["identifier"][:-1] + ("A" if wrong["identifier"][-1] != "A" else "B")
    with pytest.raises(BadLicences, match=r"record 13, identifier: .* check character") as refused:
        await take_in(living.house, "\n".join([*lines[:-1], json.dumps(wrong)]))
    assert wrong["holder"]["number"] not in str(refused.value)
    assert await names(living, "chen") == {}


async def test_a_remark_names_the_record_and_the_key(living):
    text = changed(living, "结婚证", state="99", valid_until="2001-01-01")
    with pytest.raises(BadLicences) as refused:
        await take_in(living.house, text)
    assert [r.partition(":")[0] for r in refused.value.remarks] == [
        "record 1, state_note", "record 1, valid_until",
    ]  # fmt: skip


async def test_a_revocation_comes_in_and_older_data_does_not_undo_it(living):
    before = changed(living, "从业人员健康证明")
    await take_in(living.house, before)
    living.clock.forward(days=1)
    revoked = changed(living, "从业人员健康证明", state="03", as_of="2026-11-17", issued_on="2026-08-08")
    assert await take_in(living.house, revoked) == TakenIn(changed=1)
    assert await take_in(living.house, before) == TakenIn(older=1)
    identifier = json.loads(before)["identifier"]
    async with living.house.db.connection() as conn:
        found = await find(conn, living.house, identifier)
        history = await imported_history(conn, identifier)
    assert [r["state"] for r in history] == ["01", "03"]
    assert found.unusable(living.clock().date()).zh == "这张证照已撤销"


async def test_a_holder_on_file_under_another_name_is_cleared_up_first(living):
    holder = {"type": "credit_code", "number": FIRMS[0].code, "name": "湖南别的有限公司"}
    with pytest.raises(BadLicences, match=r"holder\.name"):
        await take_in(living.house, changed(living, "营业执照", holder=holder))


async def test_our_own_licence_has_an_identifier_and_each_paper_another_version(living, licence):
    async with living.house.db.connection() as conn:
        firm = [living.world.subjects[FIRMS[0].name]]
        first = (await held(conn, living.house, firm))[0]
        await conn.execute("UPDATE licence SET version = 2 WHERE number = $1", licence)
        second = (await held(conn, living.house, firm))[0]
        old = await find(conn, living.house, first.identifier)
    assert [read_licence_id(e.identifier).version for e in (first, second)] == [1, 2]
    assert second.previous == first.identifier
    today = living.clock().date()
    assert (first.unusable(today), second.unusable(today)) == (None, None)
    assert old.unusable(today).zh == "已有更新的版本，请使用新的那一份"
    set_clock(living, UNTIL + timedelta(days=1))
    assert second.state_on(living.clock().date()) == "05"


async def test_of_our_own_licence_a_marked_copy_says_what_was_granted(living, licence):
    async with living.house.db.transaction() as tx:
        own = (await held(tx, living.house, [living.world.subjects[FIRMS[0].name]]))[0]
        chen, cause = living.world.actors["chen"], Cause("参加集市招商")
        pdf = await annotated(tx, living.house, chen, own, "download", cause, UNTIL)
        uses = await uses_of(tx, [own.identifier])
    text = text_of(pdf)
    assert text.count("仅用于参加集市招商有效至2031年11月15日") > 5
    assert f"证照编号{licence}" in text
    assert "热食类食品制售" in text
    assert [(u["mode"], u["cause"]) for u in uses] == [("download", "参加集市招商")]
