"""人员登记: guardians, deaths and capacity, recorded by a clerk from the papers in front of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from forms import clean, parse_fields
from services.errors import Invalid, NotAllowed, NotFound
from services.house import House
from services.law.roles import Actor, Role
from services.people.consents import WORDS
from services.people.evidence import GUARDIANSHIP, STATUSES
from services.people.guardians import Bearer, record_guardian
from services.people.statuses import lift_status, record_status
from web.account.agents import day_of
from web.deps import HouseDep, StreamingActor, require
from web.rendering import page
from web.uploads import Limits, Received, Rule, keep, receive

router = APIRouter(include_in_schema=False)
ClerkDep = Annotated[Actor, Depends(require(Role.CLERK))]
EVIDENCE = "evidence_file"
_LIMITS = Limits({EVIDENCE: Rule(10, ("pdf", "jpg", "png"), 1)})


def _person(prefix: str, zh: str, en: str) -> list[dict[str, Any]]:
    return [
        {
            "kind": "id_document",
            "name": f"{prefix}_paper",
            "label": {"zh": f"{zh}身份证件", "en": f"{en}: identity paper"},
        },
        {
            "kind": "text",
            "name": f"{prefix}_name",
            "label": {"zh": f"{zh}姓名", "en": f"{en}: name"},
            "max_length": 50,
            "personal": True,
        },
    ]


GUARDIAN = parse_fields(
    [
        *_person("ward", "被监护人", "Ward"),
        *_person("guardian", "监护人", "Guardian"),
        {
            "kind": "phone",
            "name": "guardian_phone",
            "label": {"zh": "监护人电话", "en": "Guardian: telephone"},
            "personal": True,
            "required": False,
        },
        {
            "kind": "choice",
            "name": "evidence",
            "label": {"zh": "关系证明", "en": "Proof"},
            "options": [{"value": p.code, "label": p.words.model_dump()} for p in GUARDIANSHIP],
        },
    ]
)
STATUS = parse_fields(
    [
        *_person("person", "本人", "Person"),
        {
            "kind": "choice",
            "name": "kind",
            "label": {"zh": "登记什么", "en": "What is recorded"},
            "options": [{"value": code, "label": words.model_dump()} for code, words in STATUSES.items()],
        },
        {"kind": "date", "name": "since", "label": {"zh": "从哪一天起", "en": "Since"}},
        {
            "kind": "text",
            "name": "source",
            "label": {"zh": "依据的证明和出具机关", "en": "The paper and who issued it"},
            "help": {
                "zh": "如：死亡医学证明，示例区人民医院，编号",
                "en": "For example: death certificate, hospital, number",
            },
            "max_length": 200,
        },
    ]
)


@router.get("/window/people")
async def show(request: Request, actor: ClerkDep) -> Response:
    return _page(request, {}, {})


@router.post("/window/people/guardians")
async def guardians(request: Request, house: HouseDep, actor: StreamingActor) -> Response:
    _clerks_only(actor)
    async with receive(request, limits=_LIMITS) as received:
        scan = await _scan(house, received)
    given = clean(GUARDIAN, received.fields)
    problems = dict(given.problems) | dict(received.problems)
    if not scan and EVIDENCE not in problems:
        problems[EVIDENCE] = {"zh": "请上传关系证明的扫描件", "en": "Upload a scan of the proof"}
    if problems:
        return _page(request, received.fields, problems)
    said = given.values
    try:
        done = await record_guardian(
            house,
            actor,
            ward=_bearer(said, "ward"),
            guardian=_bearer(said, "guardian", said.get("guardian_phone") or ""),
            evidence=said["evidence"],
            evidence_file=scan,
            consents=received.first("consents") == "yes",
        )
    except Invalid as invalid:
        return _page(request, received.fields, invalid.problems)
    return _page(request, {}, {}, recorded=done)


@router.post("/window/people/status")
async def status(request: Request, house: HouseDep, actor: StreamingActor) -> Response:
    _clerks_only(actor)
    async with receive(request, limits=_LIMITS) as received:
        scan = await _scan(house, received)
    given = clean(STATUS, received.fields)
    lifting = received.first("do") == "lift"
    # What is lifted needs no day and no source of its own.
    problems = {n: p for n, p in given.problems.items() if not lifting or n not in ("since", "source")}
    problems |= received.problems
    if problems:
        return _page(request, received.fields, problems)
    said, paper = given.values, given.values["person_paper"]
    who = {
        "id_type": paper["type"],
        "id_number": paper["number"],
        "name": said["person_name"],
        "kind": said["kind"],
    }
    try:
        if lifting:
            await lift_status(house, actor, **who)
        else:
            await record_status(
                house, actor, **who, since=day_of(said["since"]), source=said["source"], evidence_file=scan
            )
    except Invalid as invalid:
        return _page(request, received.fields, invalid.problems)
    except NotFound as absent:
        return _page(request, received.fields, {"person_name": {"zh": absent.zh, "en": absent.en}})
    return _page(request, {}, {}, done="lifted" if lifting else "status")


async def _scan(house: House, received: Received) -> str | None:
    kept = await keep(house, received)
    return kept[0].file if kept else None


def _bearer(said: dict[str, Any], prefix: str, phone: str = "") -> Bearer:
    paper = said[f"{prefix}_paper"]
    return Bearer(said[f"{prefix}_name"], paper["type"], paper["number"], phone)


def _clerks_only(actor: Actor) -> None:
    if not actor.has(Role.CLERK):
        raise NotAllowed("只有窗口人员可以登记", "Only clerks record this")


def _page(
    request: Request,
    raw: dict[str, list[str]],
    problems: dict[str, Any],
    *,
    recorded: Any = None,
    done: str = "",
) -> Response:
    return page(
        request,
        "window/people.html",
        status=422 if problems else 200,
        raw=raw,
        problems=problems,
        guardian_fields=GUARDIAN,
        status_fields=STATUS,
        consent_words=WORDS,
        recorded=recorded,
        done=done,
        evidence=EVIDENCE,
    )
