"""窗口与审批: worklists and the workbench of clerks, reviewers and directors."""

from web.flat import flat
from web.window import (
    acting,
    assigning,
    claiming,
    counter,
    intake,
    licences,
    people,
    visitors,
    workbench,
    worklist,
)

router = flat(worklist, claiming, workbench, acting, assigning, counter, visitors, intake, licences, people)

__all__ = ["router"]
