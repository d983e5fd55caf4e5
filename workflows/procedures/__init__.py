"""The procedures (办理流程), one per kind of case, written as the law reads. They know only the desk."""

from services.law.wants import Plan
from workflows.desk import Desk
from workflows.procedures.official import OfficialProcedure
from workflows.procedures.order import OrderProcedure
from workflows.procedures.standard import StandardProcedure

_PROCEDURES = {"standard": StandardProcedure, "order": OrderProcedure, "official": OfficialProcedure}


async def conduct(desk: Desk, plan: Plan) -> None:
    """Carry a case from where its log stands to its end."""
    await _PROCEDURES[plan.procedure](desk, plan).run()
