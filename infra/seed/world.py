"""The demo district: people, firms and staff of 430199 示例区. All synthetic; no such region exists."""

from dataclasses import dataclass
from datetime import date

from services.house import House
from services.law.roles import Actor, Grant, Role
from services.people.accounts import insert_account
from services.people.passwords import hash_password
from services.people.standing import Basis, represent
from services.people.subjects import register_subject

DISTRICT = "430199"
MARKET = "11430199MB99001A33"  # 区市场监督管理局
POLICE = "11430199MB99005A9C"  # 公安分局
COUNTER = "11430199MB99010AX5"  # 行政审批服务局: the comprehensive counter and the 12345 centre
PASSWORD = "onewindow-demo"  # noqa: S105 - printed by `make up`; demo homes only


@dataclass(frozen=True, slots=True)
class Staff:
    username: str
    name: str
    who: str
    grants: tuple[Grant, ...]


def _staff(username: str, name: str, who: str, *grants: tuple[Role, str]) -> Staff:
    return Staff(username, name, who, tuple(Grant(role, department, DISTRICT) for role, department in grants))


STAFF = (
    # One window takes any item of any department.
    _staff("clerk", "张受理", "综合窗口 3 号", (Role.CLERK, "")),
    _staff("clerk2", "吴窗口", "综合窗口 5 号", (Role.CLERK, "")),
    _staff("reviewer", "刘审核", "市场监督管理局审核", (Role.REVIEWER, MARKET)),
    _staff("reviewer2", "何核查", "市场监督管理局审核", (Role.REVIEWER, MARKET)),
    _staff("liaison", "蒋联络", "市场监督管理局 12345 联络员", (Role.REVIEWER, MARKET)),
    _staff("director", "王局长", "市场监督管理局负责人", (Role.DIRECTOR, MARKET)),
    _staff("police", "郑民警", "公安分局审核", (Role.REVIEWER, POLICE)),
    # Whoever handled a case does not answer its bad rating: that takes another reviewer of the same department.
    _staff("police3", "蒋民警", "公安分局审核", (Role.REVIEWER, POLICE)),
    _staff("police2", "冯所长", "公安分局负责人", (Role.DIRECTOR, POLICE)),
    _staff("counter", "许专员", "行政审批服务局 12345 承办", (Role.REVIEWER, COUNTER)),
    _staff("supervisor", "周监督", "效能监督员", (Role.SUPERVISOR, "")),
    _staff("agent", "何热线", "12345 话务员", (Role.AGENT, "")),
    _staff("helper", "罗帮办", "示例社区帮办代办员", (Role.HELPER, "")),
    _staff("admin", "孙管理", "系统管理员", (Role.ADMIN, "")),
)


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    name: str
    id_number: str
    phone: str


PEOPLE = (
    Person("chen", "陈示例", "430199199003076616", "19900000001"),
    Person("li", "李样本", "430199199211234826", "19900000002"),
    Person("wang", "王老样", "430199195802013525", "19900000003"),
)


@dataclass(frozen=True, slots=True)
class Firm:
    name: str
    code: str
    headed_by: str  # a person's username


FIRMS = (
    Firm("湖南示例餐饮有限公司", "91430199MA99001B89", "chen"),
    Firm("湖南示例物流有限公司", "91430199MA99002B4J", "li"),
    Firm("湖南示例建设有限公司", "91430199MA99003B0U", "wang"),
)

DEMO_LOGINS = [
    *((p.username, PASSWORD, f"{p.name}（市民）") for p in PEOPLE),
    *((s.username, PASSWORD, f"{s.name}（{s.who}）") for s in STAFF),
]


@dataclass(frozen=True, slots=True)
class World:
    """Actors by username, and subject ids by name."""

    actors: dict[str, Actor]
    subjects: dict[str, str]


async def build_world(house: House) -> World:
    """Make the district's people and staff; call once on an empty store."""
    now = house.now()
    # One password, hashed once: argon2 is slow on purpose, and these are demo accounts.
    hashed = await hash_password(PASSWORD)
    actors: dict[str, Actor] = {}
    subjects: dict[str, str] = {}
    async with house.db.transaction() as tx:
        for p in PEOPLE:
            made = await register_subject(
                tx, house.vault, kind="person", name=p.name, id_type="resident_id", id_number=p.id_number,
                phone=p.phone, address="示例区示例路1号", now=now,
            )  # fmt: skip
            subjects[p.name] = made.id
        for f in FIRMS:
            made = await register_subject(
                tx, house.vault, kind="organisation", name=f.name, id_type="credit_code", id_number=f.code,
                phone="19900000010", address="示例区示例路1号", now=now,
            )  # fmt: skip
            subjects[f.name] = made.id
            head = next(p for p in PEOPLE if p.username == f.headed_by)
            await represent(
                tx, person_id=subjects[head.name], subject_id=made.id, basis=Basis.LEGAL_REPRESENTATIVE,
                valid_from=date(2020, 1, 1),
            )  # fmt: skip
        for p in PEOPLE:
            id_ = await insert_account(
                tx, username=p.username, password_hash=hashed, kind="citizen", name=p.name,
                subject_id=subjects[p.name], now=now,
            )  # fmt: skip
            mine = {subjects[p.name], *(subjects[f.name] for f in FIRMS if f.headed_by == p.username)}
            actors[p.username] = Actor(id_, "citizen", p.name, (), frozenset(mine))
        for s in STAFF:
            id_ = await insert_account(
                tx,
                username=s.username,
                password_hash=hashed,
                kind="staff",
                name=s.name,
                grants=s.grants,
                now=now,
            )
            actors[s.username] = Actor(id_, "staff", s.name, s.grants)
    return World(actors, subjects)
