"""The places in the top bar, for each kind of actor. The key is the letter after g."""

from dataclasses import dataclass, replace

from services.law.roles import Actor, Role
from web.i18n import N_


@dataclass(frozen=True, slots=True)
class Place:
    href: str
    label: str  # a msgid
    key: str = ""
    current: bool = False


HOME = Place("/", N_("首页"), "h")
PUBLIC = (
    Place("/items", N_("办事"), "i"),
    Place("/track", N_("查进度"), "t"),
    Place("/hotline", "12345", "p"),
)
CITIZEN = (
    Place("/items", N_("办事"), "i"),
    Place("/my/cases", N_("我的办件"), "c"),
    Place("/my/licences", N_("我的证照"), "l"),
    Place("/hotline", "12345", "p"),
)
WORKLIST = Place("/window", N_("待办"), "w")
REGISTER = Place("/window/licences", N_("证照"), "l")
BY_ROLE = {
    Role.CLERK: (
        WORKLIST,
        Place("/window/intake", N_("收件"), "n"),
        REGISTER,
        Place("/window/people", N_("人员登记"), "p"),
    ),
    Role.REVIEWER: (WORKLIST, REGISTER),
    Role.DIRECTOR: (WORKLIST, REGISTER),
    Role.SUPERVISOR: (
        Place("/supervisor", N_("监察"), "s"),
        Place("/supervisor/cases", N_("办件"), "c"),
        Place("/supervisor/cards", N_("红黄牌"), "r"),
        Place("/supervisor/refunds", N_("退费"), "f"),
    ),
    Role.HELPER: (Place("/helping", N_("帮办"), "b"),),
    Role.AGENT: (Place("/hotline/desk", N_("12345 工单"), "o"),),
    Role.ADMIN: (Place("/admin/calendar", N_("工作日历"), "k"),),
}
ROLE_WORDS = {
    Role.CLERK: N_("窗口"),
    Role.REVIEWER: N_("审核"),
    Role.DIRECTOR: N_("批准"),
    Role.SUPERVISOR: N_("效能监督员"),
    Role.AGENT: N_("话务员"),
    Role.HELPER: N_("帮办代办员"),
    Role.ADMIN: N_("系统管理员"),
}


def places(actor: Actor | None, path: str) -> tuple[Place, ...]:
    """Where this actor may go, the one they are in marked: the longest address that holds the path."""
    found = _for(actor)
    holding = [p.href for p in found if path == p.href or path.startswith(p.href.rstrip("/") + "/")]
    here = max(holding, key=len, default=None)
    return tuple(replace(p, current=p.href == here) for p in found)


def role_word(actor: Actor) -> str:
    return next((ROLE_WORDS[g.role] for g in actor.grants if g.role in ROLE_WORDS), "")


def _for(actor: Actor | None) -> tuple[Place, ...]:
    if actor is None:
        return PUBLIC
    if actor.kind == "citizen":
        return CITIZEN
    return tuple(dict.fromkeys(place for role, set_ in BY_ROLE.items() if actor.has(role) for place in set_))
