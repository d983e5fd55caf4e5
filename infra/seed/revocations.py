"""Stories that a department begins itself (依职权): a licence that was granted wrongly is looked into."""

from infra.seed.month import Month, Story
from infra.seed.people import Firm
from services.licences.queries import licences_of

_ITEM = "food-licence-revocation"
_FOUND = {
    "facts_found": "许可档案显示，现场核查只有一名工作人员参加，核查记录由一人签名。",
    "reason": "现场核查违反法定程序，准予许可的决定可以撤销。",
    "basis": "《行政许可法》第六十九条第一款第三项",
}


async def revocation(m: Month, ending: str) -> Story:
    """From the opening to the ending: opened, told (the holder may still answer) or revoked."""
    number, firm = await _licence(m)
    reviewer = m.cast.staff("reviewer")
    raw = {"licence": [number], "facts": ["内部抽查发现，现场核查记录只有一人签名。"]}
    no = await m.file(reviewer, _ITEM, raw, (), firm.subject, channel="official")
    if ending == "opened":
        return
    yield m.after(6)
    await m.act(no, "inform", "inform_holder", reviewer, **_FOUND)
    if ending == "told":
        return
    yield m.after(12)
    statement = "核查当天确实只来了一位工作人员，店里一直按要求经营，请酌情处理。"
    await m.act(no, "plea", "plead", firm.head.actor, statement=statement)
    yield m.after(8)
    opinion = "持证人意见属实，经营情况良好，但程序违法成立，建议撤销并引导重新申请。"
    await m.act(no, "review", "recommend_measure", reviewer, opinion=opinion)
    yield m.after(6)
    await m.act(no, "decision", "revoke", m.cast.staff("director"), ground="procedure", **_FOUND)
    yield m.after(6)
    await m.act(
        no,
        "delivery",
        "deliver",
        m.cast.staff("clerk"),
        mode="direct",
        recipient=firm.head.name,
        relation="法定代表人",
    )


async def _licence(m: Month) -> tuple[str, Firm]:
    """The oldest licence of a neighbour about which nothing is under way."""
    holders = {firm.subject: firm for firm in m.cast.firms}
    async with m.house.db.connection() as conn:
        rows = [r for r in await licences_of(conn, holders) if r["state"] == "valid"]
    row = next(r for r in reversed(rows) if r["number"] not in m.looked_into)
    m.looked_into.add(row["number"])
    return row["number"], holders[row["holder_id"]]
