"""窗口与审批: worklists and the workbench of clerks, reviewers and directors."""

from web.flat import flat
from web.window import (
    acting,
    assigning,
    calls,
    claiming,
    counter,
    intake,
    licence_copies,
    licences,
    people,
    registers,
    visitors,
    workbench,
    worklist,
)

router = flat(
    worklist,
    calls,
    claiming,
    workbench,
    acting,
    assigning,
    counter,
    visitors,
    intake,
    licences,
    licence_copies,
    registers,
    people,
)

__all__ = ["router"]
