"""Tokens."""

from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from services.people import SignInRefused, close_session, load_actor, open_session, sign_in, subject_names
from web.api.shapes import BEARER, V1, body_of, read_body, refusals
from web.deps import ActorDep, HouseDep, presented_token

router = APIRouter(prefix=V1, tags=["session"])


class SignIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"username": "chen", "password": "onewindow-demo"}]}
    )
    username: str = Field(max_length=100)
    password: str = Field(max_length=200)


class Token(BaseModel):
    token: str = Field(description="Send it as `Authorization: Bearer …`")
    expires_at: datetime = Field(
        description="At the latest; after 15 idle minutes (staff: 30) it ends sooner"
    )


class Whom(BaseModel):
    id: str
    name: str
    self: bool = Field(description="The account's own person")


class Grant(BaseModel):
    role: str
    department: str = Field(description="Empty: all")
    district: str = Field(description="Empty: all")


class Authorised(BaseModel):
    """授权委托: what one may do for somebody who said so."""

    id: str
    principal: Whom
    items: list[str] = Field(description="Item codes; empty where every item of `department` is meant")
    department: str
    actions: list[str] = Field(description="apply, correct, withdraw, collect, see")


class Me(BaseModel):
    name: str
    kind: str = Field(examples=["citizen"])
    may_act_for: list[Whom]
    authorised: list[Authorised]
    grants: list[Grant]


@router.post(
    "/session",
    status_code=201,
    summary="Sign in 登录",
    responses=refusals(401, 422),
    openapi_extra=body_of(SignIn),
)
async def start(request: Request, house: HouseDep) -> Token:
    body = await read_body(request, SignIn)
    account_id = await sign_in(house.db, body.username, body.password, now=house.now())
    async with house.db.connection() as conn:
        token = await open_session(conn, account_id, "api", now=house.now())
        loaded = await load_actor(conn, token, now=house.now())
    if loaded is None:  # disabled in this very moment
        raise SignInRefused
    return Token(token=token, expires_at=loaded[1].expires_at)


@router.delete(
    "/session", status_code=204, summary="Sign out 退出", dependencies=[BEARER], responses=refusals(401)
)
async def end(request: Request, house: HouseDep, actor: ActorDep) -> Response:
    async with house.db.connection() as conn:
        await close_session(conn, presented_token(request)[0])
    return Response(status_code=204)


@router.get("/me", summary="Who I am and whom I may act for", dependencies=[BEARER], responses=refusals(401))
async def me(request: Request, house: HouseDep, actor: ActorDep) -> Me:
    own = request.state.session.subject_id
    async with house.db.connection() as conn:
        names = await subject_names(conn, actor.subjects | {m.principal for m in actor.mandates})
    whom = [Whom(id=id_, name=name, self=id_ == own) for id_, name in names.items() if id_ in actor.subjects]
    authorised = [
        Authorised(
            id=m.id, principal=Whom(id=m.principal, name=names[m.principal], self=False), items=sorted(m.items),
            department=m.department, actions=sorted(m.actions),
        )
        for m in actor.mandates
    ]  # fmt: skip
    return Me(
        name=actor.name,
        kind=actor.kind,
        may_act_for=sorted(whom, key=lambda w: (not w.self, w.name)),
        authorised=authorised,
        grants=[Grant(role=g.role.value, department=g.department, district=g.district) for g in actor.grants],
    )
