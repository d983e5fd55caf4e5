"""The case as its log left it: one pure fold, used by the door, by reconciliation and by the tests."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.law.chain import Event
from services.law.counting import midnight_after
from services.law.fees import charge
from services.law.pledged import pledge
from services.law.stages import AGENCYS_TURN, Stage
from services.law.stays import stay


@dataclass(slots=True)
class CaseState:
    stage: Stage = Stage.RECEIVED
    channel: str = ""  # how it came in
    round: int = 1  # rounds of papers: 1, then one more per resubmission
    received_on: date | None = None
    accepted_on: date | None = None
    accepted_how: str = ""  # act, or silence (视为受理)
    decided_on: date | None = None
    stopped_at: datetime | None = None  # the instant its clocks stopped: a decision, or an end without one
    stays: list[dict[str, Any]] = field(default_factory=list)  # what stops the clock; see services.law.stays
    pending: list[str] = field(default_factory=list)  # tasks whose end a decision must wait for
    notices: dict[str, str] = field(default_factory=dict)  # number -> last day of the public notice
    by_promise: bool = False  # 告知承诺: decided upon a promise, checked later; see services.law.pledged
    gaps: list[str] = field(default_factory=list)  # 容缺: materials that are still to follow
    gaps_lapsed: bool = False  # they did not come by their day
    later_check: str = ""  # kept, to_rectify, broken or revoked
    handler: str = ""  # 承办人: the account it was assigned to
    extension: int = 0  # by how much the statutory limit was extended, in its own unit (art. 42)
    fees: dict[str, str] = field(default_factory=dict)  # when due -> how it stands; see services.law.fees
    outcome: str = ""
    concluded_on: date | None = None
    hushed: bool = False  # a report or confidential order: the case it is about must not learn of it
    skips: list[str] = field(default_factory=list)  # steps that its situation does without, settled at filing
    lead: str = ""  # the department that handles it now; a work order is redispatched
    reworks: int = 0
    rated: bool = False
    asked: list[str] = field(default_factory=list)  # what correction notices have named so far
    asked_anew: dict[str, str] = field(default_factory=dict)  # task -> instant of a notice that names more
    appeals: list[str] = field(default_factory=list)  # keys of cards whose appeal is not decided
    upheld: dict[str, str] = field(default_factory=dict)  # complaint found true -> instant at which it was
    sent_up: list[str] = field(default_factory=list)  # materials that the lower level handed up (art. 35)
    decline_reason: str = ""
    licence: dict[str, Any] = field(
        default_factory=dict
    )  # the one it acts on: number, as, until, in_time, lapsed
    hindrance: dict[str, str] = field(
        default_factory=dict
    )  # why it can only be declined: kind, and until when
    acted: dict[str, list[str]] = field(default_factory=dict)  # step -> account ids, for four eyes

    @classmethod
    def load(cls, raw: dict[str, Any]) -> "CaseState":
        """From the case row's JSON; fields that the row does not know yet keep their defaults."""
        known = dict(raw)
        for name in ("received_on", "accepted_on", "decided_on", "concluded_on"):
            if known.get(name):
                known[name] = date.fromisoformat(known[name])
        if known.get("stopped_at"):
            known["stopped_at"] = datetime.fromisoformat(known["stopped_at"])
        known["stage"] = Stage(known["stage"])
        return cls(**known)

    @property
    def deemed_at(self) -> datetime | None:
        """Licence Law art. 50(2): a renewal asked for in time and not decided when the licence ends is granted."""
        acts = self.licence
        if (
            acts.get("as") != "renewal"
            or not acts["in_time"]
            or "lapsed" in acts
            or self.stage not in AGENCYS_TURN
        ):
            return None
        return midnight_after(date.fromisoformat(acts["until"]))

    def overtaken(self, now: datetime) -> bool:
        """Silence has spoken, even if nobody has written it down yet."""
        return self.deemed_at is not None and now >= self.deemed_at

    @property
    def hands(self) -> set[str]:
        """Everybody whose hand was on the case."""
        return {who for people in self.acted.values() for who in people}

    @property
    def handlers(self) -> set[str]:
        """Whom a rating may be about: every hand but those that make amends for it."""
        return {who for step, people in self.acted.items() if not step.startswith("amends") for who in people}


# What an event does to the stage, where that is all it does.
_STAGE = {
    "resubmitted": Stage.RECEIVED,
    "correction_requested": Stage.CORRECTING,
    "delivery_opened": Stage.DELIVERING,
    "archived": Stage.ARCHIVED,
    "registered": Stage.REGISTERED,
    "dispatched": Stage.DISPATCHED,
    "order_returned": Stage.REGISTERED,
    "signed_for": Stage.HANDLING,
    "replied": Stage.REPLIED,
    "reworked": Stage.HANDLING,
}


def apply(state: CaseState, event: Event) -> None:
    """Fold one event in. Kinds that change nothing here (a card, a document, a claim) are simply history."""
    data = event.data
    if event.task and event.role not in ("system", "applicant", "supervisor"):
        hands = state.acted.setdefault(event.task.partition("#")[0], [])
        if event.actor not in hands:
            hands.append(event.actor)
    if stage := _STAGE.get(event.kind):
        state.stage = stage
    stay(state, event)
    charge(state, event)
    pledge(state, event)
    match event.kind:
        case "submitted":
            state.received_on, state.channel = event.on, data.get("channel", "")
            if data.get("from"):
                state.sent_up = [p["code"] for p in data["papers"]]
            state.licence, state.hindrance = data.get("licence", {}), data.get("hindrance", {})
            state.skips = list(data.get("skips", ()))
        case "opened":
            state.stage, state.licence = Stage.IN_REVIEW, data["licence"]
        case "registered":
            state.hushed = bool(data.get("hushed"))
        case "correction_requested":
            _ask(state, event)
        case "resubmitted":
            # A corrected set is a new receipt: the five days of art. 32 begin anew.
            state.round += 1
            state.received_on = event.on
            if state.licence.get("until") and event.on.isoformat() > state.licence["until"]:
                # The licence ended while it was the applicant's turn: no silence of the agency's renewed it.
                state.licence = {**state.licence, "lapsed": True}
        case "accepted":
            state.stage, state.accepted_on, state.accepted_how = Stage.ACCEPTED, event.on, "act"
        case "deemed_accepted":
            # Licence Law art. 32(4): silence is acceptance as of the day of receipt.
            state.stage, state.accepted_on, state.accepted_how = Stage.ACCEPTED, state.received_on, "silence"
        case "declined" | "withdrawn" | "terminated" | "voided" as kind:
            state.stage = {
                "declined": Stage.NOT_ACCEPTED,
                "withdrawn": Stage.WITHDRAWN,
                "terminated": Stage.TERMINATED,
                "voided": Stage.VOIDED,
            }[kind]
            state.outcome, state.concluded_on, state.stopped_at = kind, event.on, event.at
        case "site_checked" | "reviewed" | "sent_back":
            state.stage = Stage.IN_REVIEW
        case "granted" | "refused" as kind:
            state.stage = Stage.DECIDED_GRANT if kind == "granted" else Stage.DECIDED_REFUSE
            state.decided_on, state.stopped_at, state.outcome = event.on, event.at, kind
        case "assigned":
            state.handler = data["handler"]
        case "forwarded":
            # Licence Law art. 43: the first review ends here; the upper level's own limits begin at its acceptance.
            state.stage, state.outcome = Stage.FORWARDED, "forwarded"
            state.concluded_on, state.stopped_at = event.on, event.at
        case "deemed_renewed":
            state.stage, state.stopped_at, state.outcome = Stage.DECIDED_GRANT, event.at, "granted"
            state.decided_on = date.fromisoformat(state.licence["until"])
        case "revoked" | "struck_off" | "left" as kind:
            state.stage, state.outcome = Stage.DECIDED, kind
            state.decided_on, state.stopped_at = event.on, event.at
        case "extended":
            state.extension += data["days"]
        case "concluded":
            state.stage, state.concluded_on = Stage.CONCLUDED, event.on
        case "order_closed":
            state.stage, state.concluded_on = Stage.CLOSED, event.on
            state.outcome = data.get("outcome", "")
        case "dispatched":
            state.lead = data["department"]
        case "reworked":
            state.reworks += 1
        case "rated":
            state.rated = True
        case "card_appealed":
            state.appeals.append(_card(event))
        case "card_upheld" | "card_revoked":
            state.appeals.remove(_card(event))
        case "order_answered" if data.get("upheld") in ("yes", "partly"):
            state.upheld[data["order"]] = event.at.isoformat()


def _card(event: Event) -> str:
    """The key of the card that the act's task is about."""
    return (event.task or "").partition(":")[2]


def _ask(state: CaseState, event: Event) -> None:
    """Licence Law art. 32(4): everything at once. A later notice may only repeat what was not mended."""
    named = [line["code"] for line in event.data.get("items", ())]
    if state.asked and not set(named) <= set(state.asked):
        state.asked_anew[event.task or event.key] = event.at.isoformat()
    state.asked = list(dict.fromkeys(state.asked + named))
