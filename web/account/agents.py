"""授权他人代办: whom I authorised and who authorised me, with everything that became of it."""

from collections import defaultdict
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from forms import clean, parse_fields
from services.errors import Invalid, NotAllowed
from services.house import House
from services.law.clock import legal_date
from services.law.roles import Actor
from services.people.authorising import (
    LONGEST,
    WORDS,
    Given,
    answer,
    authorise,
    choice_problems,
    end,
    lines_of,
    offered,
    principals,
)
from web import wording
from web.deps import ActorDep, HouseDep
from web.i18n import N_
from web.rendering import page

router = APIRouter(include_in_schema=False)

ACTIONS = {
    "apply": {"zh": "申请", "en": "Apply", "hint": {"zh": "填写并提交，看自己提交的", "en": "Fill in, file, follow what they filed"}},
    "correct": {"zh": "补正", "en": "Correct", "hint": {"zh": "补正、后补材料、报告整改", "en": "Correct, send late papers, report"}},
    "withdraw": {"zh": "撤回", "en": "Withdraw", "hint": {"zh": "撤回还没有决定的申请", "en": "Withdraw what is not decided"}},
    "collect": {"zh": "领取", "en": "Collect", "hint": {"zh": "到窗口领取证件和文书", "en": "Collect results at the counter"}},
    "see": {"zh": "查看", "en": "See", "hint": {"zh": "看这些事项我的全部办件", "en": "See all my cases of these matters"}},
}  # fmt: skip
STANDS = {
    "waiting": ("near", N_("等代办人确认")),
    "later": ("", N_("还没有开始")),
    "in_force": ("ok", N_("有效")),
    "over": ("done", N_("已到期")),
    "ended": ("done", N_("已结束")),
}
TURNS = {
    "granted": N_("授权"),
    "confirmed": N_("代办人确认"),
    "declined": N_("代办人拒绝"),
    "revoked": N_("撤销"),
    "renounced": N_("代办人辞去"),
    "death": N_("因一方去世终止"),
    "incapacity": N_("因代办人丧失行为能力终止"),
}
FIELDS = parse_fields(
    [
        {
            "kind": "text",
            "name": "agent_name",
            "label": {"zh": "代办人姓名", "en": "The agent's name"},
            "help": {"zh": "与身份证件上的一致", "en": "As on the identity paper"},
            "max_length": 50,
            "personal": True,
        },
        {
            "kind": "id_document",
            "name": "agent_id",
            "label": {"zh": "代办人身份证件", "en": "The agent's identity paper"},
        },
        {"kind": "date", "name": "valid_from", "label": {"zh": "从哪一天起", "en": "From"}},
        {
            "kind": "date",
            "name": "valid_to",
            "label": {"zh": "到哪一天止（含当天）", "en": "To, that day included"},
        },
    ]
)
AGREED = parse_fields(
    [
        {
            "kind": "declaration",
            "name": "agreed",
            "label": {"zh": "授权书", "en": "Authorisation"},
            "statement": WORDS.model_dump(),
        }
    ]
)


@router.get("/account/agents")
async def show_agents(request: Request, house: HouseDep, actor: ActorDep) -> Response:
    _citizens_only(actor)
    return await _page(request, house, actor, {}, {})


@router.post("/account/agents")
async def give(request: Request, house: HouseDep, actor: ActorDep) -> Response:
    _citizens_only(actor)
    form = await request.form()
    raw = {name: [str(v) for v in form.getlist(name)] for name in form if name != "csrf"}
    person, agreed = clean(FIELDS, raw), clean(AGREED, raw)
    items, department, actions = (
        raw.get("items", []),
        next(iter(raw.get("department", ())), ""),
        raw.get("actions", []),
    )
    chosen = choice_problems(house, items, department, actions)
    problems: dict[str, Any] = dict(person.problems) | chosen | dict(agreed.problems)
    values = person.values
    if not problems:
        paper = values["agent_id"]
        given = Given(
            next(iter(raw.get("principal", ())), "") or request.state.session.subject_id,
            values["agent_name"],
            paper["type"],
            paper["number"],
            items,
            department,
            actions,
            day_of(values["valid_from"]),
            day_of(values["valid_to"]),
        )
        try:
            await authorise(house, actor, given)
            return RedirectResponse("/account/agents?done=given", status_code=303)
        except Invalid as invalid:
            problems |= invalid.problems
    return await _page(request, house, actor, raw | person.raw, problems)


@router.post("/account/agents/{id_}/answer")
async def do_answer(request: Request, house: HouseDep, actor: ActorDep, id_: str) -> Response:
    form = await request.form()
    await answer(house, actor, id_, agrees=form.get("agrees") == "yes")
    return RedirectResponse("/account/agents?done=answered", status_code=303)


@router.post("/account/agents/{id_}/end")
async def do_end(house: HouseDep, actor: ActorDep, id_: str) -> Response:
    await end(house, actor, id_)
    return RedirectResponse("/account/agents?done=ended", status_code=303)


async def _page(
    request: Request, house: House, actor: Actor, raw: dict[str, list[str]], problems: dict[str, Any]
) -> Response:
    today = legal_date(house.now())
    async with house.db.connection() as conn:
        lines = await lines_of(conn, house, actor)
        whom = await principals(conn, house, actor)
    groups = defaultdict(list)
    for item in offered(house):
        groups[item.department].append(item)
    return page(
        request,
        "account/agents.html",
        status=422 if problems else 200,
        problems=problems,
        raw=raw,
        lines=[_line(house, line, today) for line in lines],
        principals=whom,
        own=request.state.session.subject_id,
        groups=list(groups.values()),
        agent_fields=FIELDS,
        agreed=AGREED,
        actions=ACTIONS,
        done=request.query_params.get("done", ""),
        days=LONGEST.days,
    )


def _line(house: House, line: Any, today: date) -> dict[str, Any]:
    r, stands = line.row, line.stands(today)
    listed = {i.code: i for i in house.items.listed()}
    if r["department"]:
        name = next(
            (i.department_name for i in listed.values() if i.department == r["department"]), r["department"]
        )
        matters = [
            {
                "zh": f"{getattr(name, 'zh', name)}的全部事项",
                "en": f"Everything of {getattr(name, 'en', name)}",
            }
        ]
    else:
        matters = [listed[code].name if code in listed else code for code in r["items"]]
    return {
        "line": line,
        "row": r,
        "stands": stands,
        "light": STANDS[stands],
        "matters": matters,
        "actions": [ACTIONS[a] for a in ACTIONS if a in r["actions"]],
        "may_answer": line.as_agent and stands == "waiting",
        "may_end": stands in ("waiting", "later", "in_force") and not (line.as_agent and stands == "waiting"),
        "turns": [{"words": TURNS[t["turn"]], "at": t["at"], "who": t["who"]} for t in line.turns],
        "done": [{"row": d, "words": wording.event(d["kind"])} for d in line.done],
    }


def _citizens_only(actor: Actor) -> None:
    if actor.kind != "citizen":
        raise NotAllowed("这里是群众授权他人代办的页面", "This page is for citizens who authorise somebody")


def day_of(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
