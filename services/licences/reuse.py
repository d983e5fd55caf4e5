"""免提交: an e-licence in place of a paper. It is looked at when it is chosen, when it is filed, and when it is accepted.

Whatever lapsed meanwhile, licence or consent, is said to the clerk, and its holder may upload the paper instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import asyncpg

from forms import Item, Material, Text
from services.errors import Invalid, NotExpected
from services.house import House
from services.law.clock import legal_date
from services.law.e_licences import trusted_enough
from services.law.roles import Actor
from services.licences.consents import Consent, read_consents
from services.licences.library import ELicence, find, held
from services.licences.standing_for import holders, stand_for
from services.licences.uses import Cause, note_use

LICENCE = "licence"  # the source of such a paper
_NO_CONSENT = Text(
    zh="没有同意在这次申请中使用这张证照", en="There is no consent to use this licence for this application"
)
_TAKEN_BACK = Text(zh="持证人撤回了同意", en="The holder took the consent back")
_RUN_OUT = Text(zh="同意使用的期限已过", en="The time of the consent is over")
_NOT_TRUSTED = Text(
    zh="这份电子证照的可信等级不够代替这份材料", en="This record is not trusted enough to stand for the paper"
)
_NOT_THEIRS = Text(zh="这张证照不是申请人的，不能代替这份材料", en="This licence is not the applicant's")
_GONE = Text(zh="证照库里没有这张证照", en="The library has no such licence")


@dataclass(frozen=True, slots=True)
class Offer:
    """A licence that may stand for a material; `why_not`: why it cannot."""

    material: str
    licence: ELicence
    why_not: Text | None


@dataclass(frozen=True, slots=True)
class Reused:
    """A paper of a case that a licence stands for. `why_not`: what is wrong with it today."""

    material: str
    consent_id: str
    licence: ELicence | None
    why_not: Text | None


async def offers(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    item: Item,
    materials: Sequence[Material],
    applicant_id: str | None,
    filer_id: str | None,
) -> dict[str, list[Offer]]:
    """By material: what the applicant or the filer holds, as far as this actor may consent for its holder."""
    found: dict[str, list[Offer]] = {}
    today = legal_date(house.now())
    for m in materials:
        stand = stand_for(item, m)
        if stand is None:
            continue
        theirs = [s for s in await holders(conn, stand, applicant_id, filer_id) if s in actor.subjects]
        licences = await held(conn, house, theirs, [stand.type_code]) if theirs else []
        if licences:
            found[m.code] = [Offer(m.code, e, why_not(e, m, today)) for e in licences]
    return found


def why_not(licence: ELicence, material: Material, today: date) -> Text | None:
    """Why this licence cannot stand for this paper today; None if it can."""
    if not trusted_enough(licence.trust, material.trust):
        return _NOT_TRUSTED
    return licence.unusable(today)


async def refuse_unusable(
    conn: asyncpg.Connection,
    house: House,
    item: Item,
    applicant_id: str | None,
    chosen: Sequence[tuple[str, str | None]],
    token: str,
    case_no: str | None = None,
) -> None:
    """At filing: `chosen` are materials with their consents. Raises Invalid, naming each as `material:<code>`.

    A consent is for this application and no other: for its token, or for the case that was filed with it.
    """
    consents = await read_consents(conn, [id_ for _, id_ in chosen if id_], case_no)
    problems = {}
    for code, id_ in chosen:
        consent = consents.get(id_ or "")
        why = (
            await _wrong(conn, house, item, applicant_id, code, consent)
            if consent and _for_this(consent, item, code, token)
            else _NO_CONSENT
        )
        if why:
            problems[f"material:{code}"] = {
                "zh": f"“{item.material(code).name.zh}”不能用电子证照：{why.zh}。请上传材料。",
                "en": f"No e-licence can stand for “{item.material(code).name.en}”: {why.en}. Upload it instead.",
            }
    if problems:
        raise Invalid(problems)


def _for_this(consent: Consent, item: Item, code: str, token: str) -> bool:
    purpose = (consent.item_code, consent.material) == (item.code, code)
    return purpose and (consent.token == token or consent.of_case)


async def _wrong(
    conn: asyncpg.Connection, house: House, item: Item, applicant_id: str | None, code: str, consent: Consent
) -> Text | None:
    today = legal_date(house.now())
    if consent.ended:
        return _TAKEN_BACK
    if consent.lapsed(today):
        return _RUN_OUT
    licence, stand = await find(conn, house, consent.identifier), stand_for(item, item.material(code))
    if licence is None or stand is None or stand.type_code != licence.type_code:
        return _GONE
    if licence.holder_id not in await holders(conn, stand, applicant_id, consent.given_by):
        return _NOT_THEIRS  # the applicant was changed after it had been chosen
    return why_not(licence, item.material(code), today)


async def note_references(
    conn: asyncpg.Connection,
    house: House,
    actor: Actor,
    item: Item,
    case_no: str,
    consent_ids: Sequence[str],
) -> None:
    """引用: call in the filing's transaction. A consent that this case referred to before is not noted again."""
    for consent in (await read_consents(conn, list(consent_ids), case_no)).values():
        licence = await find(conn, house, consent.identifier)
        if licence and not consent.of_case:
            cause = Cause(f"申请“{item.name.zh}”，代替材料", case_no, item.code, consent.id)
            await note_use(conn, house, actor, licence, "reference", cause)


async def reused(
    conn: asyncpg.Connection, house: House, item: Item, case_no: str, round_: int
) -> dict[str, Reused]:
    """By material: the papers of this round that are licences, as they stand now."""
    rows = await conn.fetch(
        "SELECT m.code, m.consent_id, c.applicant_id FROM material m JOIN cases c ON c.no = m.case_no "
        "WHERE m.case_no = $1 AND m.round = $2 AND m.consent_id IS NOT NULL",
        case_no, round_,
    )  # fmt: skip
    consents = await read_consents(conn, [r["consent_id"] for r in rows], case_no)
    found = {}
    for row in rows:
        consent = consents[row["consent_id"]]
        why = await _wrong(conn, house, item, row["applicant_id"], row["code"], consent)
        licence = await find(conn, house, consent.identifier)
        found[row["code"]] = Reused(row["code"], consent.id, licence, why)
    return found


async def refuse_if_lapsed(
    conn: asyncpg.Connection, house: House, item: Item, case_no: str, round_: int
) -> None:
    """受理: nothing is accepted on a licence that is none any more. Raises NotExpected: the holder may upload instead."""
    lapsed = [r for r in (await reused(conn, house, item, case_no, round_)).values() if r.why_not]
    if not lapsed:
        return
    said_zh = "；".join(f"{item.material(r.material).name.zh}：{r.why_not.zh}" for r in lapsed if r.why_not)
    said_en = "; ".join(f"{item.material(r.material).name.en}: {r.why_not.en}" for r in lapsed if r.why_not)
    raise NotExpected(
        f"申请中引用的电子证照现在不能用（{said_zh}），请告知申请人补正",
        f"E-licences of this application cannot be used now ({said_en}): ask for corrections",
        code="licence-lapsed",
        expected=["request_correction"],
    )
