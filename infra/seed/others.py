"""A few cases of every item that has no plot of its own, so that no desk stands empty.

How an item is usually applied for is in `filing.yaml` beside its stories; who applies puts their own name and number in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms import ITEMS_DIR, Item, to_raw
from infra.seed.month import Month, Story
from infra.seed.people import Citizen, Firm
from infra.seed.world import STREET
from services.cases.histories import upper_of
from services.cases.rounds import Paper
from services.law.clock import legal_date
from services.law.commands import COMMANDS
from services.law.roles import Actor, Role
from workflows.scenarios.format import Filing
from workflows.scenarios.reading import read_filing
from workflows.scenarios.samples import fill, plain

_FILINGS = (ITEMS_DIR / "scenarios",)
# What each step of an ordinary course is done with.
_ORDINARY = ("record_site_check", "recommend_grant", "grant", "forward")


@dataclass(frozen=True, slots=True)
class Turnout:
    """How far cases of an item have come. `stays` is received, accepted, reviewed, decided, concluded or forwarded, or
    what the reviewers have begun beside the review. `ages`: working days ago, one case each."""

    item: str
    stays: str
    ages: tuple[int, ...]


OTHERS = (
    Turnout("public-place-hygiene", "concluded", (12,)),
    Turnout("public-place-hygiene", "accepted", (2,)),
    Turnout("public-place-hygiene", "received", (1,)),
    Turnout("road-freight", "concluded", (9,)),
    Turnout("road-freight", "reviewed", (2,)),
    Turnout("road-freight", "received", (0,)),
    Turnout("resident-pension", "concluded", (7,)),
    Turnout("resident-pension", "received", (0,)),
    Turnout("social-security-card", "concluded", (15,)),
    Turnout("social-security-card", "accepted", (3,)),
    Turnout("senior-card", "concluded", (5,)),
    Turnout("senior-card", "received", (0,)),
    Turnout("living-allowance", "forwarded", (12,)),
    Turnout("living-allowance", "publish_notice", (4,)),
    Turnout("living-allowance", "received", (1,)),
    Turnout("extreme-poverty-support", "accepted", (1,)),
    Turnout("birth-registration", "concluded", (4,)),
    Turnout("birth-registration", "received", (0,)),
    Turnout("construction-permit", "concluded", (10,)),
    Turnout("construction-permit", "accepted", (1,)),
    Turnout("planning-permit", "start_special", (6,)),
    Turnout("planning-permit", "accepted", (2,)),
    Turnout("doctor-registration", "decided", (6,)),
    Turnout("doctor-registration", "accepted", (2,)),
    Turnout("identity-card", "received", (0,)),
)
_BESIDE: Mapping[str, dict[str, Any]] = {
    "publish_notice": {
        "text": "拟给予最低生活保障，公示户主、村（社区）、保障人数和金额。",
        "basis": "《社会救助暂行办法》第十一条",
        "days": 7,
    },
    "start_special": {
        "kind": "expert_review",
        "basis": "《行政许可法》第四十五条",
        "body": "示例区规划专家委员会",
        "days": 10,
    },
}
# Whose business it is: the demo accounts' firms, so that they have something to see, or neighbours'.
_FIRM_OF = {"road-freight": "li", "construction-permit": "wang", "planning-permit": "wang"}
_SIXTY_IN = "1965"


def plan_others(m: Month) -> None:
    for n, turnout in enumerate(OTHERS):
        for age in turnout.ages:
            m.plan(m.office.morning(age), _case(m, turnout, _applicant(m, turnout.item, n)))


def _applicant(m: Month, code: str, n: int) -> Citizen | Firm:
    if code in _FIRM_OF:
        return m.cast.demo_firm(_FIRM_OF[code])
    if "organisation" in m.house.items.get(code).audience:
        return m.cast.firms[n % len(m.cast.firms)]
    fit = [c for c in m.cast.citizens if code != "senior-card" or c.id_number[6:10] <= _SIXTY_IN]
    return fit[n % len(fit)]


async def _case(m: Month, turnout: Turnout, who: Citizen | Firm) -> Story:
    item, sheet = m.house.items.get(turnout.item), read_filing(turnout.item, _FILINGS)
    found = "discovered" if item.on_initiative else ""
    clerk = _staff(m, Role.CLERK, STREET if item.department == STREET else "")
    no = await m.file(
        clerk if found else _person(who).actor, item.code, _raw(item, sheet, who, found), _papers(m, item, sheet),
        who.subject, channel="window" if found else "web",
    )  # fmt: skip
    if turnout.stays == "received":
        return
    yield m.after(3)
    await m.act(no, "acceptance", "accept", clerk)
    if beside := _BESIDE.get(turnout.stays):
        yield m.after(2)
        await m.act(no, "special", turnout.stays, _staff(m, Role.REVIEWER, item.department), **beside)
    elif turnout.stays != "accepted":
        async for moment in _to_the_end(m, no, item, sheet, turnout.stays):
            yield moment
    if turnout.stays == "concluded":
        yield m.after(3)
        served = {"mode": "electronic", "recipient": _person(who).name, "relation": "本人"}
        await m.act(no, "delivery", "deliver", clerk, **served)


async def _to_the_end(m: Month, no: str, item: Item, sheet: Filing, stays: str) -> Story:
    """The item's steps, and the last one unless the case is to wait for it."""
    *steps, last = item.procedure.steps
    for step in steps:
        yield m.after(6)
        await _do(m, no, step.code, step.commands, _staff(m, Role(step.role), item.department), sheet)
    if stays == "reviewed":
        return
    yield m.after(4 if steps else 0.3)
    await _do(m, no, last.code, last.commands, _staff(m, Role(last.role), item.department), sheet)
    if stays == "forwarded":
        upper = await _sent_up(m, no)
        yield m.after(8)
        await m.act(upper, "acceptance", "accept", m.cast.staff("clerk"))


async def _sent_up(m: Month, lower: str) -> str:
    """转报: the upper level's case, which nobody filed."""
    async with m.house.db.connection() as conn:
        upper = await upper_of(conn, lower)
    assert upper
    await m.settle(upper)
    return upper


async def _do(m: Month, no: str, step: str, commands: tuple[str, ...], actor: Actor, sheet: Filing) -> None:
    command = next(c for c in _ORDINARY if c in commands)
    given = {"opinion": "符合条件。"} | sheet.acts.get(command, {})
    known = {f.name for f in COMMANDS[command].fields}
    given = {name: value for name, value in given.items() if name in known}
    values = fill(COMMANDS[command], given, legal_date(m.clock.now))
    await m.act(no, step, command, actor, **values)


def _raw(item: Item, sheet: Filing, who: Citizen | Firm, found: str) -> dict[str, list[str]]:
    person = _person(who)
    paper = {"type": "resident_id", "number": person.id_number}
    own = {
        "person.name": person.name,
        "person.document": paper,
        "contact.phone": person.phone,
        "organisation.name": who.name,
    }
    asked = item.questions + item.fields
    values = {name: plain(value) for name, value in sheet.answers.items()}
    values |= {f.name: own[f.known] for f in item.fields if f.known in own and f.name in values}
    # A birth is registered by the mother here; her name and number are not known beforehand, since a father may do it.
    values |= {
        name: mine for name, mine in (("holder_name", person.name), ("mother_id", paper)) if name in values
    }
    if found:
        values["origin"] = found
    return to_raw(asked, values)


def _person(who: Citizen | Firm) -> Citizen:
    return who.head if isinstance(who, Firm) else who


def _papers(m: Month, item: Item, sheet: Filing) -> list[Paper]:
    papers = []
    for code in sheet.papers:
        material = item.material(code)
        printed = "assessed" if material.source == "intermediary" else "stated"
        papers.append(m.sheets.paper(code, printed, material.name.zh))
    return papers


def _staff(m: Month, role: Role, department: str) -> Actor:
    """The first of the department in that role."""
    actors = m.cast.world.actors.values()
    return next(a for a in actors if any(g.role is role and g.department == department for g in a.grants))
