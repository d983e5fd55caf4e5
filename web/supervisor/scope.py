"""Who the supervisor's desk admits, and what it shows of people."""

from typing import Annotated, Any

from fastapi import Depends

from services.law.masking import mask_name
from services.law.roles import Actor, Role
from web.deps import require

Supervisor = Annotated[Actor, Depends(require(Role.SUPERVISOR))]
PER_PAGE = 50
ROLES = {
    "applicant": {"zh": "申请人", "en": "Applicant"},
    "clerk": {"zh": "窗口", "en": "Counter"},
    "reviewer": {"zh": "审核", "en": "Reviewer"},
    "director": {"zh": "批准人", "en": "Director"},
    "supervisor": {"zh": "效能监督员", "en": "Supervisor"},
    "agent": {"zh": "话务员", "en": "Hotline agent"},
    "helper": {"zh": "帮办代办员", "en": "Helper"},
}


def district_of(actor: Actor) -> str:
    """The district whose cases this supervisor reads; empty means all."""
    districts = [g.district for g in actor.grants if g.role is Role.SUPERVISOR]
    return "" if "" in districts or not districts else districts[0]


def masked_applicant(row: Any) -> str:
    """Supervisors do not handle cases: people are masked, firms are public, a caller's name is nobody's business."""
    name = row["applicant"] or ""
    if row["kind"] == "order" or not name:
        return ""
    return name if row["applicant_kind"] == "organisation" else mask_name(name)


def pages(count: int) -> int:
    return max(1, -(-count // PER_PAGE))
