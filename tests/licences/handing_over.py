"""News from the health bureau, for tests that share a district: each with a certificate of its own."""

import json
from itertools import count
from typing import Any

from infra.seed.licences import HEALTH, handed_over
from services.law.licence_ids import licence_identifier
from services.licences.library import ELicence, find
from services.licences.taking_in import take_in
from tests.living import Living

_serials = count(2026900001)


def demo_record(living: Living, name: str) -> dict[str, Any]:
    """The first of this name in what the demonstration hands over, which is 陈示例's."""
    records = [json.loads(line) for line in handed_over(living.clock()).splitlines()]
    return next(r for r in records if r["name"] == name)


async def fresh_certificate(living: Living) -> ELicence:
    """陈示例's newest health certificate, in force for most of a year; and all the rest of the library."""
    await take_in(living.house, handed_over(living.clock()))
    identifier = licence_identifier(f"{HEALTH}001", HEALTH, str(next(_serials)))
    return await told(living, identifier)


async def told(living: Living, identifier: str, **values: Any) -> ELicence:
    """What the bureau says of it today."""
    record = demo_record(living, "从业人员健康证明")
    today = living.clock().date().isoformat()
    await take_in(living.house, json.dumps(record | {"identifier": identifier, "as_of": today, **values}))
    async with living.house.db.connection() as conn:
        found = await find(conn, living.house, identifier)
    assert found
    return found
