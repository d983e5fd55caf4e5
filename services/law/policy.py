"""Who may do what: one place, used by the page (which buttons), by the door (yes or no) and by the list (which rows)."""

from collections.abc import Collection
from dataclasses import dataclass

from services.law.case import CaseState
from services.law.commands import COMMANDS, Command
from services.law.fees import owes, paid
from services.law.mandates import Mandate, action_for
from services.law.roles import Actor, Role


@dataclass(frozen=True, slots=True)
class Expected:
    """An open task, as far as rights are concerned."""

    role: Role
    commands: tuple[str, ...]
    department: str
    district: str
    not_by: frozenset[str] = frozenset()
    claimed_by: str | None = None
    standing: bool = False  # may be taken at any time: whoever could is not handling the case for that


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose case it is; and what it is about, since a mandate reaches no further than its items."""

    applicant: str | None
    filer: str | None
    item: str = ""
    department: str = ""
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """A scope for SQL: empty department or district means all."""

    role: str
    department: str
    district: str


class Why:
    """Reasons for a no, by name, so that the door can answer with the right status."""

    NOT_YOURS = "not-yours"
    NOT_THEIRS = "not-theirs"  # whoever stands at the counter may not act for the applicant
    NOT_NOW = "not-now"
    OUTSIDE = "outside-mandate"  # theirs to see or to do something else with, but not this
    CLAIMED = "claimed"
    FOUR_EYES = "four-eyes"
    UNPAID = "unpaid"  # a fee is owed: nothing is granted or handed out before it is paid or remitted
    PENDING = (
        "pending"  # a decision waits: for a hearing, a special procedure, a notice, a suspension, late papers
    )
    HINDERED = "hindered"  # barred from applying, or too late: it can only be declined
    LAPSED = "lapsed"  # papers that were promised did not come: nothing can be granted


_DECISIONS = frozenset({"grant", "refuse", "forward"})
_FOR_THE_FEE = frozenset({"grant", "deliver"})  # a refusal, and whatever leads to it, waits for no money
# By the kind of hindrance. Silence may have accepted the case all the same; a bar then still forbids to grant it.
_HINDERED = {
    "barred": frozenset({"accept", "request_correction", "grant"}),
    "too_late": frozenset({"accept", "request_correction"}),
}
_REVIEWS = frozenset({"record_site_check", "recommend_grant", "recommend_refuse"})
# 代办: what a clerk takes down for the applicant who stands there. Nobody rates the window through the window.
AT_COUNTER = frozenset(
    {
        "resubmit",
        "supply_late",
        "withdraw",
        "request_hearing",
        "waive_hearing",
        "plead",
        "waive_plea",
        "report_rectified",
    }
)


# An appeal is reviewed by somebody outside the unit that was carded (domain 4.3).
_REVIEWS_OF_CARDS = frozenset({"uphold_card", "revoke_card"})


def _in_unit(actor: Actor, department: str) -> bool:
    return any(
        g.role in (Role.REVIEWER, Role.DIRECTOR) and g.department in ("", department) for g in actor.grants
    )


def owns(actor: Actor, parties: Parties, action: str | None = "see") -> bool:
    """The applicant's own, and of whoever acts for them now: an agent's right ends with the mandate (Civil Code art. 173).

    `action` is what a mandate must give (`services.law.mandates.ACTIONS`); None: no mandate gives it. Guardians and
    legal representatives act in everything. The filer counts where nobody is named as applicant: a caller's anonymous
    order.
    """
    if actor.kind != "citizen":
        return False
    if parties.applicant is None:
        return parties.filer == actor.id
    return parties.applicant in actor.subjects or mandate_for(actor, parties, action) is not None


def mandate_for(actor: Actor, parties: Parties, action: str | None) -> Mandate | None:
    """The authorisation under which the actor does this; None if they need none, or have none that gives it."""
    if action is None or parties.applicant in actor.subjects:
        return None
    return next(
        (
            m
            for m in actor.mandates
            if m.principal == parties.applicant
            and m.reaches(parties.item, parties.department)
            and m.gives(action, own=parties.filer == actor.id)
        ),
        None,
    )


def may_apply_for(actor: Actor, item: str, department: str) -> frozenset[str]:
    """For whom a citizen may apply for this item: themselves, those they represent, and principals that said so."""
    return actor.subjects | {
        m.principal for m in actor.mandates if m.reaches(item, department) and "apply" in m.actions
    }


def may_fill_in(actor: Actor, applicant: str, item: str, department: str) -> bool:
    """Whether a draft in somebody's name, with what is known of them filled in, still opens for this citizen."""
    return applicant in actor.subjects or any(
        m.principal == applicant and m.reaches(item, department) and m.actions & {"apply", "correct"}
        for m in actor.mandates
    )


def helps(actor: Actor, parties: Parties) -> bool:
    """帮办: a helper follows what they filed for somebody, while it is open, and nothing else."""
    return actor.has(Role.HELPER) and parties.filer == actor.id and not parties.finished


def took_in(actor: Actor, parties: Parties) -> bool:
    """Whoever took it in at a counter hands the receipt over; a helper's part ends with the case."""
    if parties.filer != actor.id or actor.kind != "staff":
        return False
    return helps(actor, parties) or any(g.role is not Role.HELPER for g in actor.grants)


def may_take(actor: Actor, task: Expected, parties: Parties, visitor: Actor | None = None) -> str | None:
    """Whether the actor may take the task at all: None, or the reason why not.

    `visitor`: the citizen who stands before a clerk of the task's window, who takes down what is theirs to do.
    """
    if visitor is not None:
        return _at_counter(actor, task, parties, visitor)
    if task.role is Role.APPLICANT:
        mine = any(owns(actor, parties, action_for(command)) for command in task.commands)
        return None if mine else Why.NOT_YOURS
    if not _reaches(actor, task.role, task):
        return Why.NOT_YOURS
    # Separation of duties (domain rule A01): who reviewed does not decide; who is complained of does not answer.
    return Why.FOUR_EYES if actor.id in task.not_by else None


def _at_counter(clerk: Actor, task: Expected, parties: Parties, visitor: Actor) -> str | None:
    if task.role is not Role.APPLICANT or not _reaches(clerk, Role.CLERK, task):
        return Why.NOT_YOURS
    return None if may_take(visitor, task, parties) is None else Why.NOT_THEIRS


def _reaches(actor: Actor, role: Role, task: Expected) -> bool:
    return any(
        g.role is role and g.department in ("", task.department) and g.district in ("", task.district)
        for g in actor.grants
    )


def may(
    actor: Actor,
    task: Expected,
    parties: Parties,
    state: CaseState,
    command: str,
    visitor: Actor | None = None,
) -> str | None:
    """None if the actor may give this command on this task now; otherwise why not."""
    if command not in task.commands or state.stage not in COMMANDS[command].stages:
        return Why.NOT_NOW
    if why := may_take(actor, task, parties, visitor):
        return why
    if visitor is not None and command not in AT_COUNTER:
        return Why.NOT_YOURS
    if task.role is Role.APPLICANT and not owns(visitor or actor, parties, action_for(command)):
        return Why.OUTSIDE
    if command in _HINDERED.get(state.hindrance.get("kind", ""), ()):
        return Why.HINDERED
    if state.pending and command in _DECISIONS:
        return Why.PENDING
    if owes(state) and command in _FOR_THE_FEE:
        return Why.UNPAID
    # What was paid a moment ago is given back, not remitted; what went back is not there to be given back.
    if (command == "waive_fee" and not owes(state)) or (command == "refund_fee" and not paid(state)):
        return Why.NOT_NOW
    if state.gaps_lapsed and command == "grant":
        return Why.LAPSED
    # Art. 48(1): who presides over the hearing is none of those who review.
    if command in _REVIEWS and actor.id in state.acted.get("hearing", ()):
        return Why.FOUR_EYES
    # Nobody supervises their own work: a card may be raised before the late hand touches the case.
    if task.role is Role.SUPERVISOR and (
        actor.id in state.hands or (command in _REVIEWS_OF_CARDS and _in_unit(actor, task.department))
    ):
        return Why.FOUR_EYES
    return Why.CLAIMED if task.claimed_by not in (None, actor.id) else None


def allowed(
    actor: Actor, task: Expected, parties: Parties, state: CaseState, visitor: Actor | None = None
) -> list[Command]:
    """The buttons: exactly what the door would admit."""
    return [COMMANDS[c] for c in task.commands if may(actor, task, parties, state, c, visitor) is None]


def served_at_counter(actor: Actor, task: Expected, parties: Parties, state: CaseState) -> list[Command]:
    """What the clerk could take down if the right person stood there: the buttons before anybody is identified."""
    if parties.applicant is None:
        return []
    return allowed(actor, task, parties, state, Actor("", "citizen", "", (), frozenset({parties.applicant})))


def reach(actor: Actor, *roles: Role) -> list[Reach]:
    """The scopes a list of tasks may show this actor; limited to `roles` if given."""
    return [
        Reach(g.role.value, g.department, g.district) for g in actor.grants if not roles or g.role in roles
    ]


CASE_READERS = (Role.CLERK, Role.REVIEWER, Role.DIRECTOR)
ORDER_READERS = (Role.REVIEWER, Role.DIRECTOR)  # the responding unit; a window has no part in a work order


def may_read(actor: Actor, *, kind: str, department: str, lead: str, district: str, parties: Parties) -> bool:
    """Whether a case's page opens for this actor. Staff read their department's cases, supervisors their district's."""
    if owns(actor, parties) or helps(actor, parties):
        return True
    for g in actor.grants:
        if g.district not in ("", district):
            continue
        if g.role is Role.SUPERVISOR or (g.role is Role.AGENT and kind == "order"):
            return True
        readers = ORDER_READERS if kind == "order" else CASE_READERS
        if g.role in readers and g.department in ("", department, lead):
            return True
    return False


def sees_personal(
    actor: Actor, *, parties: Parties, hands: Collection[str], tasks: Collection[Expected]
) -> bool:
    """Names, ID numbers and phones are masked except to the applicant and to those handling the case."""
    if owns(actor, parties) or helps(actor, parties) or actor.id in hands:
        return True
    return any(
        may_take(actor, t, parties) is None
        for t in tasks
        if t.role not in (Role.APPLICANT, Role.SUPERVISOR) and not t.standing
    )
