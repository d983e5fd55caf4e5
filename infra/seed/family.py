"""Who acts for whom in the demo district: a mother and her child, an old man's neighbour, a firm's employee."""

from datetime import timedelta

from stdnum.cn import ric

from infra.seed.people import Cast
from infra.seed.world import DISTRICT, PEOPLE
from services.house import House
from services.law.clock import legal_date
from services.people.authorising import Given, answer, authorise
from services.people.guardians import Bearer, record_guardian

_CHILD = f"{DISTRICT}20160315102"
CHILD = ("李小样", _CHILD + ric.calc_check_digit(_CHILD + "0"))


async def settle_families(house: House, cast: Cast) -> None:
    """Made through the pages' own doors: 李样本 is a guardian and an agent, 王老样 and a firm are principals."""
    li, wang, chen = (cast.demo_citizen(name) for name in ("li", "wang", "chen"))
    await record_guardian(
        house, cast.staff("clerk"), ward=Bearer(CHILD[0], "resident_id", CHILD[1]),
        guardian=Bearer(li.name, "resident_id", li.id_number), evidence="household_register", evidence_file=None,
        consents=True,
    )  # fmt: skip
    today = legal_date(house.now())
    number = next(p.id_number for p in PEOPLE if p.username == "li")

    def given(principal: str, items: list[str], actions: list[str]) -> Given:
        return Given(
            principal, li.name, "resident_id", number, items, "", actions, today, today + timedelta(days=365)
        )

    agreed = await authorise(
        house, wang.actor, given(wang.subject, ["residence-permit"], ["apply", "correct", "collect", "see"])
    )
    await authorise(
        house, chen.actor, given(cast.demo_firm("chen").subject, ["food-licence"], ["apply", "correct"])
    )
    await answer(house, li.actor, agreed, agrees=True)
