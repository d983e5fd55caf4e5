"""The demo district: people, firms and staff of 430199 示例区. All synthetic; no such region exists."""

from dataclasses import dataclass
from datetime import date

from infra.seed.registers import firm_entries, person_entries, wider_entries
from services.house import House
from services.law.roles import Actor, Grant, Role
from services.people.accounts import insert_account
from services.people.passwords import hash_password
from services.people.standing import Basis, represent
from services.people.subjects import register_subject
from services.registries.standin import Entry, enter

DISTRICT = "430199"
MARKET = "11430199MB99001A33"  # 区市场监督管理局
HEALTH = "11430199MB99002AX9"  # 区卫生健康局
TRANSPORT = "11430199MB99003A6P"  # 区交通运输局
LABOUR = "11430199MB99004A21"  # 区人力资源和社会保障局
POLICE = "11430199MB99005A9C"  # 公安分局
CIVIL = "11430199MB99006A5M"  # 区民政局
HOUSING = "11430199MB99007A1Y"  # 区住房和城乡建设局
PLANNING = "11430199MB99008A8A"  # 区自然资源分局
STREET = "11430199MB99011A6K"  # 示范街道办事处
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


def _bureau(word: str, department: str, name: str, *people: str) -> tuple[Staff, ...]:
    """Two or more who review, so that two can go out and one can stand in, and the head, who is named last."""
    *reviewers, head = people
    return (
        *(
            _staff(f"{word}{n if n > 1 else ''}", who, f"{name}审核", (Role.REVIEWER, department))
            for n, who in enumerate(reviewers, 1)
        ),
        _staff(f"{word}-head", head, f"{name}负责人", (Role.DIRECTOR, department)),
    )


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
    *_bureau("health", HEALTH, "卫生健康局", "苏卫生", "方卫生", "罗局长"),
    *_bureau("transport", TRANSPORT, "交通运输局", "高交通", "梁交通", "宋局长"),
    *_bureau("labour", LABOUR, "人力资源和社会保障局", "唐人社", "傅人社", "董局长"),
    *_bureau("civil", CIVIL, "民政局", "袁民政", "于民政", "岳局长"),
    *_bureau("housing", HOUSING, "住房和城乡建设局", "程住建", "曹住建", "彭局长"),
    # A hearing is chaired by somebody who has not reviewed (Licence Law art. 48): so three of them.
    *_bureau("planning", PLANNING, "自然资源分局", "曾规划", "萧规划", "田规划", "邓局长"),
    *_bureau("street", STREET, "示范街道", "孔街道", "顾街道", "宁主任"),
    _staff("street-clerk", "潘社工", "示范街道便民服务中心窗口", (Role.CLERK, STREET)),
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


def district_entries(today: date) -> list[Entry]:
    """What the registers know of the demo accounts and their firms, as of a day."""
    entries = wider_entries([(p.name, p.id_number) for p in PEOPLE])
    for n, p in enumerate(PEOPLE, 1):
        firms = [(f.name, f.code) for f in FIRMS if f.headed_by == p.username]
        entries += person_entries(p.name, p.id_number, f"示例区示例街道示例路1号{n}单元", firms)
    for f in FIRMS:
        head = next(p for p in PEOPLE if p.username == f.headed_by)
        entries += firm_entries(
            f.name, f.code, "示例区示例路1号", (head.name, head.id_number), today, staff=8
        )
    return entries


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
        await enter(tx, house.vault, district_entries(now.date()))
    return World(actors, subjects)
