"""What tests of agents, guardians and helpers share: people as the store knows them at this moment."""

from datetime import timedelta

from infra.seed.world import PEOPLE
from services.law.clock import legal_date
from services.law.roles import Actor
from services.people.authorising import Given, answer, authorise
from services.people.sessions import load_actor, open_session
from tests.living import Living

FIRM = "湖南示例餐饮有限公司"


async def fresh(living: Living, who: str) -> Actor:
    """Loaded as a request loads them, with whatever they may do today."""
    now = living.house.now()
    async with living.house.db.connection() as conn:
        token = await open_session(conn, living.world.actors[who].id, "web", now=now)
        loaded = await load_actor(conn, token, now=now)
    assert loaded, f"{who} cannot sign in"
    return loaded[0]


async def enter(living: Living, who: str, role: str) -> Actor:
    """The same person as `role` in the district's cast, so that `living.act` and `living.file` know them."""
    living.world.actors[role] = await fresh(living, who)
    return living.world.actors[role]


async def mandate(
    living: Living,
    *actions: str,
    items: tuple[str, ...] = ("food-licence",),
    principal: str = FIRM,
    by: str = "chen",
    days: int = 30,
    agreed: bool = True,
) -> str:
    """陈示例's firm authorises 李样本."""
    li = next(p for p in PEOPLE if p.username == "li")
    today = legal_date(living.house.now())
    id_ = await authorise(
        living.house,
        await fresh(living, by),
        Given(
            living.world.subjects[principal], li.name, "resident_id", li.id_number, items, "", actions, today,
            today + timedelta(days=days),
        ),
    )  # fmt: skip
    if agreed:
        await answer(living.house, await fresh(living, "li"), id_, agrees=True)
    return id_
