"""What the engine is told of a case's item: limits and steps of the version it was filed under."""

from forms import Item
from services.cases.log import Case
from services.catalogue import Catalogue
from services.law.wants import FeePlan, Plan, PromisePlan, Span, StepPlan

EDITION = 2  # 2: special procedures, hearings, notices, and what the head may do; fees; promises


def _span(limit) -> Span:
    return Span(limit.n, limit.unit)


def plan_of(case: Case, items: Catalogue) -> Plan:
    item: Item = items.get(case.item_code, case.item_version).upon(False, case.state.skips)
    return Plan(
        procedure=item.procedure.kind,
        licence=item.result is not None,
        acceptance=_span(item.acceptance),
        correction=_span(item.correction),
        delivery=_span(item.delivery),
        steps=[
            StepPlan(s.code, s.role, list(s.commands), _span(s.limit), s.department or "")
            for s in item.procedure.steps
        ],
        edition=EDITION,
        fees={f.due: FeePlan(_span(f.within), f.pays_for == "licence") for f in item.fees},
        precheck=_span(item.precheck) if item.precheck and case.state.channel == "web" else None,
        assigned_by=assigned_by(item),
        gaps=_span(item.gaps.limit) if item.gaps else None,
        # A refusal is a person's decision with reasons (Licence Law art. 38); silence alone can only end a case.
        gaps_silence="terminated" if item.gaps and item.gaps.otherwise == "terminate" else "late_lapsed",
        promise=_promise(item),
        acts_on=item.acts_on.as_ if item.acts_on else "",
        linked=case.kind == "order" and case.linked_no is not None and not case.state.hushed,
    )


def assigned_by(item: Item) -> str:
    """分办: the role that assigns. What is decided on the spot, or reviewed by nobody, has no handler to choose."""
    reviewed = any(s.role == "reviewer" for s in item.procedure.steps)
    return (item.assigned_by or "director") if reviewed and item.case_type == "promised" else ""


def _promise(item: Item) -> PromisePlan | None:
    given = item.promise
    if given is None:
        return None
    return PromisePlan(
        _span(given.decision), _span(given.check), _span(given.rectification), _span(given.follow_up)
    )
