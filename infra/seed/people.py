"""More people and firms for a lived-in month: all made up, with numbers of a region that does not exist."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

import asyncpg
from stdnum.cn import ric

from infra.seed.registers import firm_entries, person_entries
from infra.seed.world import DISTRICT, FIRMS, PASSWORD, PEOPLE, World
from services.house import House
from services.law.numbers import credit_code
from services.law.roles import Actor
from services.people.accounts import insert_account
from services.people.passwords import hash_password
from services.people.standing import Basis, represent
from services.people.subjects import register_subject
from services.registries.standin import enter

_SURNAMES = "赵钱孙周吴郑冯褚卫蒋沈韩杨朱秦许尤何吕施"
_GIVEN = ("示例", "样本")
_TRADES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_FIRM_SERIAL = 991001  # the organisation codes of made-up firms; real issues of this store count from 1


@dataclass(frozen=True, slots=True)
class Citizen:
    actor: Actor
    name: str
    subject: str
    id_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class Firm:
    name: str
    subject: str
    head: Citizen


@dataclass(slots=True)
class Cast:
    """Who takes part; `citizens` and `firms` are the neighbours, beside the demo accounts."""

    world: World
    citizens: list[Citizen] = field(default_factory=list)
    firms: list[Firm] = field(default_factory=list)

    def staff(self, username: str) -> Actor:
        return self.world.actors[username]

    def demo_citizen(self, username: str) -> Citizen:
        person = next(p for p in PEOPLE if p.username == username)
        return Citizen(
            self.world.actors[username],
            person.name,
            self.world.subjects[person.name],
            person.id_number,
            person.phone,
        )

    def demo_firm(self, username: str) -> Firm:
        name = next(f.name for f in FIRMS if f.headed_by == username)
        return Firm(name, self.world.subjects[name], self.demo_citizen(username))


async def invite(house: House, world: World, rng: Random) -> Cast:
    """Register the neighbours; each can sign in, though their names are not printed anywhere."""
    cast, now = Cast(world), house.now()
    hashed = await hash_password(PASSWORD)
    async with house.db.transaction() as tx:
        names = [s + g for g in _GIVEN for s in _SURNAMES]
        for n, name in enumerate(names, 1):
            firm = f"湖南示例{_TRADES[n - 1]}记餐饮有限公司" if n <= len(_TRADES) else ""
            await _move_in(tx, house, cast, rng, n, name, firm, hashed, now)
    return cast


async def _move_in(
    tx: asyncpg.Connection,
    house: House,
    cast: Cast,
    rng: Random,
    n: int,
    name: str,
    firm: str,
    hashed: str,
    now: datetime,
) -> None:
    number, phone = _id_number(rng, n), f"1990000{n:04d}"
    made = await register_subject(
        tx, house.vault, kind="person", name=name, id_type="resident_id", id_number=number, phone=phone,
        address=f"示例区示例路{n}号", now=now,
    )  # fmt: skip
    subjects, firm_id = {made.id}, ""
    entries = person_entries(name, number, f"示例区示例路{n}号", [(firm, _code(n))] if firm else [])
    if firm:
        entries += firm_entries(
            firm, _code(n), f"示例区样本街{n}号", (name, number), now.date(), staff=3 + n % 9
        )
        registered = await register_subject(
            tx, house.vault, kind="organisation", name=firm, id_type="credit_code", id_number=_code(n), phone=phone,
            address=f"示例区样本街{n}号", now=now,
        )  # fmt: skip
        firm_id = registered.id
        subjects.add(firm_id)
        await represent(
            tx,
            person_id=made.id,
            subject_id=firm_id,
            basis=Basis.LEGAL_REPRESENTATIVE,
            valid_from=date(2021, 1, 1),
        )
    await enter(tx, house.vault, entries)
    account = await insert_account(
        tx,
        username=f"demo{n:02d}",
        password_hash=hashed,
        kind="citizen",
        name=name,
        subject_id=made.id,
        now=now,
    )
    citizen = Citizen(Actor(account, "citizen", name, (), frozenset(subjects)), name, made.id, number, phone)
    cast.citizens.append(citizen)
    if firm:
        cast.firms.append(Firm(firm, firm_id, citizen))


def _code(n: int) -> str:
    return credit_code("91", DISTRICT, _FIRM_SERIAL + n)


def _id_number(rng: Random, n: int) -> str:
    born = date(1960, 1, 1) + timedelta(days=rng.randrange(16000))
    body = f"{DISTRICT}{born:%Y%m%d}{n:03d}"
    return body + ric.calc_check_digit(body + "0")
