"""代办的表单: who stands there, and what they want done: the act's own fields, or the item's form with its papers."""

from dataclasses import dataclass, field
from typing import Any

from forms import Item, clean, parse_fields
from services.cases.attending import IdPaper
from services.cases.rounds import Paper
from services.drafts import LastSet
from services.house import House
from services.law.case import CaseState
from services.law.commands import Command
from services.law.roles import Actor
from web.uploads import PREFIX, Limits, Received, keep, limits_of
from web.window.intake_form import own, pack, unpack

VISITOR = parse_fields(
    [
        {
            "kind": "id_document",
            "name": "visitor_paper",
            "label": {"zh": "到场人身份证件", "en": "Identity paper of who is here"},
        }
    ]
)


@dataclass(slots=True)
class Given:
    """The form as it came back. `papers` are scans: those of the last round that go on, and new ones."""

    raw: dict[str, list[str]]
    papers: list[Paper] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)  # materials whose original was seen and not scanned
    visitor: IdPaper | None = None
    problems: dict[str, Any] = field(default_factory=dict)

    def all_papers(self, item: Item) -> list[Paper]:
        """A scan says more than a tick; and of what these answers do not ask for nothing is handed in."""
        asked = item.required_materials(clean(item.questions + item.fields, self.raw).values)
        shared = [Paper(m.code, "shared") for m in asked if m.shared]
        codes = {m.code for m in asked}
        return shared + [p for p in self.supplied() if p.code in codes]

    def supplied(self) -> list[Paper]:
        """容缺后补: the paper itself, or its original seen."""
        scanned = {p.code for p in self.papers}
        return self.papers + [Paper(code, "seen") for code in self.seen if code not in scanned]


def limits_for(command: Command, item: Item) -> Limits:
    """The file inputs of the act's page; most acts have none."""
    return limits_of(item.materials if command.code in ("resubmit", "supply_late") else ())


async def read(house: House, clerk: Actor, case_no: str, received: Received) -> Given:
    """Files are kept at once, so that a mistake elsewhere on the page does not cost a second scan."""
    given = Given(received.fields, seen=received.fields.get("seen", []))
    texts = received.fields.get("kept", [])
    given.papers = [paper for text in texts if (paper := unpack(house, clerk, text, case_no))]
    given.papers += await keep(house, received)
    shown = clean(VISITOR, received.fields)
    if shown.ok:
        paper = shown.values["visitor_paper"]
        given.visitor = IdPaper(paper["type"], paper["number"])
    given.problems = dict(shown.problems) | dict(received.problems)
    return given


def begin(given: Given, last: LastSet) -> None:
    """补正 begins as the last round's set, but for the papers that the notice found fault with."""
    faulty = {defect["code"] for defect in last.defects}
    given.raw = {**last.raw, **given.raw}
    given.papers = [paper for paper in last.papers if paper.code not in faulty]


def answers_of(item: Item, command: Command, raw: dict[str, list[str]]) -> dict[str, list[str]]:
    """What belongs to the act itself: the item's answers for a corrected set, else the command's own fields."""
    if command.code == "resubmit":
        return own(item, raw)
    names = {name for f in command.fields for name in f.raw_names()}
    return {name: values for name, values in raw.items() if name in names}


def materials(
    house: House, clerk: Actor, case_no: str, state: CaseState, item: Item, command: Command, given: Given,
    last: LastSet | None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The page's lines of papers, each with what is there already; a scan that is not ticked does not go on."""
    if command.code == "supply_late":
        lines = [item.material(code) for code in state.gaps]
    else:
        lines = list(item.materials) if command.code == "resubmit" else []
    before = last.papers if last else []
    offered = before + [p for p in given.papers if p not in before]
    return [
        {
            "m": m,
            "kept": [
                {
                    "value": pack(house, clerk, p, case_no),
                    "name": p.name or m.name,
                    "ticked": p in given.papers,
                    "before": p.source == "carried",
                    "licence": p.source == "licence",
                }
                for p in offered
                if p.code == m.code
            ],
            "seen": m.code in given.seen,
            "problem": given.problems.get(PREFIX + m.code),
            "defects": [d for d in last.defects if d["code"] == m.code] if last else [],
        }
        for m in lines
    ]
