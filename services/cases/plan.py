"""What the engine is told of a case's item: limits and steps of the version it was filed under."""

from forms import Item
from services.cases.log import Case
from services.catalogue import Catalogue
from services.law.wants import Plan, Span, StepPlan

EDITION = 2  # 2: special procedures, hearings, notices, and what the head may do


def _span(limit) -> Span:
    return Span(limit.n, limit.unit)


def plan_of(case: Case, items: Catalogue) -> Plan:
    item: Item = items.get(case.item_code, case.item_version)
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
        acts_on=item.acts_on.as_ if item.acts_on else "",
        linked=case.linked_no is not None and not case.state.hushed,
    )
