"""Who sees what of a work order: its words, and whose they are. Pure.

The unit that handles an order needs what was said; who said it only if it must call back, and never if the caller
asked for confidentiality or reports a breach (Interim Measures on Complaints and Reports art. 33). Whoever handled
the case that is complained of reads the complaint like anybody in the unit, without the name.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.cases.log import Case
from services.law.policy import Expected, may_read, may_take, owns
from services.law.roles import Actor, Role

UNIT = (Role.REVIEWER, Role.DIRECTOR)


@dataclass(frozen=True, slots=True)
class Sight:
    page: bool = False
    words: bool = False
    identity: bool = False
    recused: bool = False  # 回避: handled the case this order is about


def sight(
    actor: Actor,
    order: Case,
    tasks: Sequence[Expected],
    *,
    confidential: bool,
    complained_of: Collection[str] = (),
) -> Sight:
    """`tasks`: what is open on the order. `complained_of`: whose hands were on the case that it is about."""
    if owns(actor, order.parties) or _agent(actor, order):
        return Sight(page=True, words=True, identity=True)
    if not may_read(
        actor, kind=order.kind, department=order.department, lead=order.lead, district=order.district,
        parties=order.parties,
    ):  # fmt: skip
        return Sight()
    if _holds(actor, (Role.SUPERVISOR,), order, any_department=True):
        return Sight(page=True, words=True)
    if not _holds(actor, UNIT, order):
        return Sight()
    if actor.id in complained_of:
        return Sight(page=not confidential, words=not confidential, recused=True)
    return Sight(page=True, words=True, identity=not confidential and _handles(actor, order, tasks))


def _agent(actor: Actor, order: Case) -> bool:
    return _holds(actor, (Role.AGENT,), order, any_department=True)


def _holds(actor: Actor, roles: Collection[Role], order: Case, *, any_department: bool = False) -> bool:
    return any(
        g.role in roles
        and g.district in ("", order.district)
        and (any_department or g.department in ("", order.lead))
        for g in actor.grants
    )


def _handles(actor: Actor, order: Case, tasks: Sequence[Expected]) -> bool:
    """Whose hand was on the order, or whose turn it is."""
    hands = {who for step in ("sign", "handle") for who in order.state.acted.get(step, [])}
    mine = any(t.role in UNIT and may_take(actor, t, order.parties) is None for t in tasks)
    return actor.id in hands or mine
