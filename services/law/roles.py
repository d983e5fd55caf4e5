"""Who acts. An actor's grants say where a role reaches; policy.py says what it may do there."""

from dataclasses import dataclass, field
from enum import StrEnum

from services.law.mandates import Mandate


class Role(StrEnum):
    APPLICANT = "applicant"  # 申请人: a citizen, for themselves or for someone they may act for
    CLERK = "clerk"  # 窗口人员
    REVIEWER = "reviewer"  # 审核人员
    DIRECTOR = "director"  # 批准人（负责人）
    SUPERVISOR = "supervisor"  # 效能监督员
    AGENT = "agent"  # 12345 话务员
    HELPER = "helper"  # 帮办代办员: village or community staff, who file for others with their consent
    ADMIN = "admin"  # 系统管理员: no business rights
    SYSTEM = "system"  # the procedure itself, and the clock


@dataclass(frozen=True, slots=True)
class Grant:
    """A role within a scope. An empty department or district means all of them."""

    role: Role
    department: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    id: str
    kind: str  # "citizen", "staff" or "system"
    name: str
    grants: tuple[Grant, ...] = ()
    subjects: frozenset[str] = field(default_factory=frozenset)  # whom a citizen may act for in everything
    mandates: tuple[Mandate, ...] = ()  # and whom within what they were authorised to do

    def has(self, role: Role) -> bool:
        return any(g.role is role for g in self.grants)


SYSTEM = Actor(id="system", kind="system", name="系统", grants=(Grant(Role.SYSTEM),))
