"""An e-licence instead of a file, by machine."""

from infra.seed.licences import handed_over
from services.licences.library import held
from services.licences.taking_in import take_in
from tests.api.desk import Desk

HEALTH = "health-certificates"


async def test_an_identifier_stands_for_a_file_if_its_holder_agrees(http, living, token):
    await take_in(living.house, handed_over(living.clock()))
    async with living.house.db.connection() as conn:
        found = await held(conn, living.house, living.world.actors["chen"].subjects)
    licence = next(e.identifier for e in found if e.name.zh == "从业人员健康证明")
    chen, li = Desk(http, living, await token("chen")), Desk(http, living, await token("li"))
    application = await chen.application()
    files = [p for p in application["papers"] if p["code"] != HEALTH]

    async def post(desk: Desk, **paper: object):
        papers = [*files, {"code": HEALTH, **paper}] if desk is chen else [{"code": HEALTH, **paper}]
        return await desk.post(
            "/applications", application | {"applicant": await desk.firm(), "papers": papers}
        )

    silent = await post(chen, licence=licence)
    assert (silent.status_code, list(silent.json()["problems"])) == (422, [f"material:{HEALTH}"])
    assert (await post(li, licence=licence, consent=True)).status_code == 422  # not hers
    filed = await post(chen, licence=licence, consent=True)
    assert filed.status_code == 201, filed.text
    async with living.house.db.connection() as conn:
        source = await conn.fetchval(
            "SELECT source FROM material WHERE case_no = $1 AND code = $2", filed.json()["case"], HEALTH
        )
    assert source == "licence"
