"""窗口与审批: worklists and the workbench of clerks, reviewers and directors."""

from web.flat import flat
from web.window import (
    acting,
    assigning,
    claiming,
    intake,
    licence_copies,
    licences,
    registers,
    workbench,
    worklist,
)

router = flat(worklist, claiming, workbench, acting, assigning, intake, licences, licence_copies, registers)

__all__ = ["router"]
