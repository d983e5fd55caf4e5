"""The intake page's form: who stands there, the item's own questions, and the papers they brought."""

import base64
import hmac
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from forms import Item, clean, parse_fields
from services.cases.attending import IdPaper
from services.cases.intake import StandIn, Visitor
from services.cases.rounds import NotNeeded, Paper, check_filing
from services.errors import Invalid
from services.house import House
from services.law.roles import Actor
from web.uploads import Received, keep

_NAME = {"kind": "text", "name": "subject_name", "max_length": 100, "personal": True}
_PHONE = {
    "kind": "phone",
    "name": "subject_phone",
    "label": {"zh": "联系电话", "en": "Telephone"},
    "personal": True,
    "required": False,
}
_FIELDS = {
    "person": parse_fields(
        [
            {
                "kind": "id_document",
                "name": "subject_paper",
                "label": {"zh": "身份证件", "en": "Identity paper"},
            },
            {**_NAME, "label": {"zh": "姓名", "en": "Name"}},
            _PHONE,
        ]
    ),
    "organisation": parse_fields(
        [
            {
                "kind": "credit_code",
                "name": "subject_paper",
                "label": {"zh": "统一社会信用代码", "en": "Unified social credit code"},
            },
            {**_NAME, "label": {"zh": "单位名称", "en": "Name of the organisation"}},
            _PHONE,
        ]
    ),
}


_ROLE = "applicant_role"  # an item's own question of who applies; what is asked once is not asked again
_SELF = "self"
_AGENT_LABELS = (
    {"kind": "id_document", "name": "agent_paper", "label": {"zh": "到场人身份证件", "en": "Identity paper of who is here"}},
    {"kind": "text", "name": "agent_name", "max_length": 60, "label": {"zh": "到场人姓名", "en": "Name of who is here"}},
)  # fmt: skip
_UNTIL = {
    "kind": "date",
    "name": "agent_until",
    "label": {"zh": "授权委托书有效期至", "en": "Last day of the written mandate"},
    "help": {
        "zh": "已登记代理关系、监护关系的不用填。",
        "en": "Not where the relation is on file or a guardian's.",
    },
    "required": False,
}
_WHO = {
    "kind": "choice",
    "name": _ROLE,
    "label": {"zh": "谁在办理", "en": "Who is here"},
    "required": False,
    "options": [
        {"value": _SELF, "label": {"zh": "本人（单位的法定代表人、负责人）", "en": "The applicant, or its legal representative"}},
        {"value": "agent", "label": {"zh": "代理人", "en": "An agent"}},
    ],
}  # fmt: skip
_WHO_FIELD = parse_fields([_WHO])
_AGENT = parse_fields([*_AGENT_LABELS, _UNTIL])
_NO_AGENT = parse_fields([{**field, "required": False} for field in (*_AGENT_LABELS, _UNTIL)])


@dataclass(slots=True)
class Intake:
    """A form as it came back: what to file, or what is wrong with it."""

    kind: str
    raw: dict[str, list[str]]
    papers: list[Paper] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)  # materials whose original was seen and not scanned
    visitor: Visitor | None = None
    stand_in: StandIn | None = None
    problems: dict[str, Any] = field(default_factory=dict)
    refusal: NotNeeded | None = None

    @property
    def all_papers(self) -> list[Paper]:
        """A scan says more than a tick."""
        scanned = {paper.code for paper in self.papers}
        return self.papers + [Paper(code, source="seen") for code in self.seen if code not in scanned]


def kind_of(item: Item, wish: str) -> str:
    return wish if wish in item.audience else item.audience[0]


def visitor_fields(kind: str) -> tuple:
    return _FIELDS[kind]


def agent_fields(item: Item) -> tuple:
    """Who stands there, unless the item's own question says it, and whoever does so for the applicant."""
    return (() if _asks_who(item) else _WHO_FIELD) + _NO_AGENT


def shown(item: Item, raw: dict[str, list[str]]) -> dict[str, list[str]]:
    """What the page is drawn with: as long as nobody says otherwise, the applicant is there in person."""
    return raw if _asks_who(item) else {_ROLE: [_SELF], **raw}


def _asks_who(item: Item) -> bool:
    return any(question.name == _ROLE for question in item.questions)


async def read(house: House, clerk: Actor, item: Item, received: Received) -> Intake:
    """Files are kept at once, so that a mistake elsewhere on the page does not cost a second scan."""
    kind = kind_of(item, received.first("kind"))
    known = {m.code for m in item.materials if not m.shared}
    intake = Intake(kind, received.fields, seen=[c for c in received.fields.get("seen", []) if c in known])
    intake.papers = [
        paper for text in received.fields.get("kept", []) if (paper := unpack(house, clerk, text))
    ]
    intake.papers += await keep(house, received)
    intake.visitor, wrong = read_visitor(kind, received.fields)
    intake.problems = wrong | dict(received.problems)
    return intake


def read_agent(intake: Intake, item: Item) -> None:
    """Adds whoever stands there for the applicant, or what is wrong with what was read of them."""
    intake.stand_in, wrong = _stand_in(item, intake)
    intake.problems |= wrong


def _stand_in(item: Item, intake: Intake) -> tuple[StandIn | None, dict[str, Any]]:
    """代理人, where the answers say that one is there. The paper that shows their right is the item's own to ask for."""
    role = next(iter(intake.raw.get(_ROLE, ())), _SELF)
    if role == _SELF:
        return None, {}
    given = clean(_AGENT, intake.raw)
    if given.problems:
        return None, dict(given.problems)
    asked = {m.code for m in item.materials if m.when and any(n == _ROLE for n, _ in m.when.comparisons())}
    proved = role != "agent" and any(paper.code in asked for paper in intake.all_papers)
    until = given.values.get("agent_until")
    paper = IdPaper(given.values["agent_paper"]["type"], given.values["agent_paper"]["number"])
    return StandIn(
        given.values["agent_name"], paper, date.fromisoformat(until) if until else None, proved
    ), {}


def check(intake: Intake, item: Item) -> None:
    """Adds what the item's own questions and materials lack."""
    try:
        check_filing(item, own(item, intake.raw), intake.all_papers)
    except Invalid as invalid:
        intake.problems |= invalid.problems
    except NotNeeded as refusal:
        intake.refusal = refusal


def read_visitor(kind: str, raw: dict[str, list[str]]) -> tuple[Visitor | None, dict[str, Any]]:
    given = clean(_FIELDS[kind], raw)
    if given.problems:
        return None, dict(given.problems)
    paper = given.values["subject_paper"]
    id_type, number = (paper["type"], paper["number"]) if kind == "person" else ("credit_code", paper)
    return Visitor(
        kind, given.values["subject_name"], id_type, number, given.values.get("subject_phone", "")
    ), {}


def own(item: Item, raw: dict[str, list[str]]) -> dict[str, list[str]]:
    """The answers to the item's own questions."""
    names = {name for f in item.questions + item.fields + item.signing for name in f.raw_names()}
    return {name: values for name, values in raw.items() if name in names}


def pack(house: House, clerk: Actor, paper: Paper, about: str = "") -> str:
    """A file as a field of the page, sealed against change: only this clerk's own come back, on the page they were on."""
    body = orjson.dumps(
        [
            clerk.id,
            about,
            paper.code,
            paper.source,
            paper.file,
            paper.name,
            paper.size,
            paper.type,
            paper.consent,
        ]
    )
    return f"{_text(body)}.{_text(_seal(house, body))}"


def unpack(house: House, clerk: Actor, text: str, about: str = "") -> Paper | None:
    """What `pack` made for this clerk about the same thing; None for anything else."""
    try:
        body, seal = (base64.urlsafe_b64decode(part) for part in text.split("."))
    except ValueError:
        return None
    if not hmac.compare_digest(seal, _seal(house, body)):
        return None
    owner, page, *paper = orjson.loads(body)
    return Paper(*paper) if (owner, page) == (clerk.id, about) else None


def _seal(house: House, body: bytes) -> bytes:
    return house.vault.mac(body, purpose="intake-file")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()
