"""A child applies through a guardian, whose right ends on the eighteenth birthday; who is dead applies for nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from stdnum.cn import ric

from infra.seed.world import DISTRICT, PEOPLE
from services.cases.filing import submit
from services.errors import Invalid, NotAllowed
from services.people import sign_in
from services.people.accounts import SignInRefused, create_account
from services.people.applicants import (
    ConsentMissing,
    Deceased,
    GuardianMustApply,
    check_applicant,
    refused_alone,
)
from services.people.consents import consent_online
from services.people.guardians import Bearer, record_guardian, wards_of
from services.people.statuses import lift_status, record_status
from services.people.subjects import find_subject
from tests.living import MORNING, Living
from tests.people.acting import FIRM, fresh, mandate

LI = next(p for p in PEOPLE if p.username == "li")
LI_SHOWS = Bearer(LI.name, "resident_id", LI.id_number)


@pytest.fixture(scope="module")
async def home(database_urls, tmp_path_factory):
    home = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield home
    await home.leave()


@pytest.fixture
async def living(home: Living) -> Living:
    home.clock.now = MORNING
    return home


def child(born: date, n: int) -> Bearer:
    body = f"{DISTRICT}{born:%Y%m%d}{n:03d}"
    return Bearer("李小样", "resident_id", body + ric.calc_check_digit(body + "0"))


async def keep(living: Living, ward: Bearer, *, consents: bool = False, guardian: Bearer = LI_SHOWS) -> str:
    await record_guardian(
        living.house, living.world.actors["clerk"], ward=ward, guardian=guardian, evidence="household_register",
        evidence_file="0" * 64, consents=consents,
    )  # fmt: skip
    async with living.house.db.connection() as conn:
        id_ = await find_subject(conn, living.house.vault, id_type=ward.id_type, id_number=ward.id_number)
    assert id_
    return id_


async def may_apply(living: Living, actor, subject: str, **item) -> dict[str, str]:
    about = living.house.items.get("residence-permit").model_copy(update=item)
    async with living.house.db.transaction() as tx:
        return await check_applicant(tx, living.house, actor, about, subject)


async def test_the_guardian_applies_for_a_child_under_fourteen_only_with_consent_on_record(living: Living):
    kid = await keep(living, child(date(2016, 3, 15), 1))
    li = await fresh(living, "li")
    with pytest.raises(ConsentMissing):
        await may_apply(living, li, kid)
    item = living.house.items.get("residence-permit")
    async with living.house.db.transaction() as tx:
        with pytest.raises(ConsentMissing):  # and so says the door that files
            await submit(
                tx,
                living.house,
                li,
                item,
                raw={},
                papers=[],
                applicant_id=kid,
                channel="web",
                token="no-consent",
            )
        with pytest.raises(NotAllowed):
            await consent_online(tx, living.house, await fresh(living, "wang"), kid, "given")
        await consent_online(tx, living.house, li, kid, "given")
    assert set(await may_apply(living, li, kid)) == {"guardian", "consent"}
    living.clock.forward(seconds=1)
    async with living.house.db.transaction() as tx:
        await consent_online(tx, living.house, li, kid, "withdrawn")
    with pytest.raises(ConsentMissing):
        await may_apply(living, li, kid)


async def test_consent_to_words_that_have_changed_is_asked_for_again(living: Living, monkeypatch):
    kid = await keep(living, child(date(2017, 3, 15), 2), consents=True)
    li = await fresh(living, "li")
    assert "consent" in await may_apply(living, li, kid)
    monkeypatch.setattr("services.people.consents.VERSION", "2099-01")
    with pytest.raises(ConsentMissing):
        await may_apply(living, li, kid)


async def test_the_guardians_right_ends_by_itself_on_the_eighteenth_birthday(living: Living):
    kid = await keep(living, child(date(2008, 11, 17), 3))
    assert kid in (await fresh(living, "li")).subjects
    async with living.house.db.connection() as conn:
        await create_account(
            conn, username="kid3", password="correct horse 7", kind="citizen", name="李小样", subject_id=kid, now=MORNING
        )  # fmt: skip
        account = await conn.fetchval("SELECT id FROM account WHERE username = 'kid3'")
    alone = replace(living.world.actors["li"], id=account, subjects=frozenset({kid}))
    with pytest.raises(GuardianMustApply) as refusal:
        await may_apply(living, alone, kid)
    assert "监护人" in refusal.value.zh
    assert await may_apply(living, alone, kid, alone_from=16) == {}  # where the item's own rule lets them
    async with living.house.db.connection() as conn:
        firms_only = living.house.items.get("food-licence")
        said = await refused_alone(conn, living.house, alone, firms_only)
        assert said
        assert "由单位申请" in said.words.zh
    living.clock.now = datetime(2026, 11, 16, 16, 0, tzinfo=UTC)  # midnight in Shanghai: the birthday
    assert kid not in (await fresh(living, "li")).subjects
    assert await may_apply(living, alone, kid) == {}


async def test_at_sixteen_on_own_earnings_one_needs_no_guardian_at_fifteen_one_does(living: Living):
    young, old = child(date(2011, 1, 1), 4), child(date(2010, 1, 1), 5)
    await keep(living, young)
    grown = await keep(living, old)
    said = {"kind": "own_living", "since": date(2026, 11, 1), "source": "劳动合同和工资单"}
    clerk = living.world.actors["clerk"]
    with pytest.raises(Invalid):
        await record_status(
            living.house, clerk, id_type=young.id_type, id_number=young.id_number, name=young.name, **said
        )
    await record_status(
        living.house, clerk, id_type=old.id_type, id_number=old.id_number, name=old.name, **said
    )
    assert grown not in (await fresh(living, "li")).subjects


async def test_a_clerk_files_for_a_minor_once_the_guardian_is_on_record(living: Living):
    clerk = living.world.actors["clerk"]
    teen = child(date(2010, 6, 1), 6)
    async with living.house.db.connection() as conn:
        from services.people import register_subject

        made = await register_subject(
            conn, living.house.vault, kind="person", name=teen.name, id_type=teen.id_type, id_number=teen.id_number, now=MORNING
        )  # fmt: skip
    with pytest.raises(GuardianMustApply) as refusal:
        await may_apply(living, clerk, made.id)
    assert "人员登记" in refusal.value.zh
    await keep(living, teen)
    assert set(await may_apply(living, clerk, made.id)) == {"guardian"}


async def test_nobody_is_guardian_of_a_capable_adult(living: Living):
    with pytest.raises(Invalid) as invalid:
        await keep(living, child(date(1990, 1, 1), 7))
    assert set(invalid.value.problems) == {"ward_paper"}
    with pytest.raises(NotAllowed):
        await record_guardian(
            living.house, living.world.actors["reviewer"], ward=child(date(2016, 3, 15), 8), guardian=LI_SHOWS,
            evidence="household_register", evidence_file=None, consents=False,
        )  # fmt: skip


async def test_whoever_lost_capacity_is_acted_for_by_a_guardian_without_an_end(living: Living):
    elder = child(date(1950, 1, 1), 9)
    who = {"id_type": elder.id_type, "id_number": elder.id_number, "name": elder.name}
    clerk = living.world.actors["clerk"]
    async with living.house.db.connection() as conn:
        from services.people import register_subject

        await register_subject(
            conn, living.house.vault, kind="person", name=elder.name, id_type=elder.id_type, id_number=elder.id_number, now=MORNING
        )  # fmt: skip
    await record_status(
        living.house,
        clerk,
        **who,
        kind="incapacitated",
        since=date(2026, 1, 1),
        source="示例区人民法院判决书",
    )
    ward = await keep(living, elder)
    async with living.house.db.connection() as conn:
        wards = await wards_of(conn, living.house, await fresh(living, "li"))
    assert next(w for w in wards if w.subject.id == ward).until is None


async def test_the_account_of_the_dead_is_frozen_and_what_they_gave_or_held_ends(living: Living):
    """Civil Code art. 173(4), art. 934; and a record made in error is lifted."""
    chen = next(p for p in PEOPLE if p.username == "chen")
    id_ = await mandate(living, "apply")
    await record_status(
        living.house, living.world.actors["clerk"], id_type="resident_id", id_number=chen.id_number, name=chen.name,
        kind="deceased", since=date(2026, 11, 15), source="死亡医学证明，示例区人民医院",
    )  # fmt: skip
    with pytest.raises(SignInRefused):
        await sign_in(living.house.db, "chen", "onewindow-demo", now=living.house.now())
    with pytest.raises(Deceased) as refusal:
        await may_apply(living, living.world.actors["clerk"], living.world.subjects[chen.name])
    assert "亲属关系" in refusal.value.zh
    async with living.house.db.connection() as conn:
        firm = living.world.subjects[FIRM]
        heads = await conn.fetchval(
            "SELECT count(*) FROM representation WHERE subject_id = $1 AND revoked_at IS NULL", firm
        )
        status = await conn.fetchrow("SELECT since, source FROM subject_status WHERE kind = 'deceased'")
        stays = await conn.fetchval("SELECT ended_at IS NULL FROM authorisation WHERE id = $1", id_)
    assert heads == 0
    assert status["since"] == date(2026, 11, 15)
    assert stays  # the firm's, not the dead head's: the firm lives on
    await lift_status(
        living.house, living.world.actors["clerk"], id_type="resident_id", id_number=chen.id_number, name=chen.name,
        kind="deceased",
    )  # fmt: skip
    living.clock.forward(minutes=1)
    assert await sign_in(living.house.db, "chen", "onewindow-demo", now=living.house.now())
