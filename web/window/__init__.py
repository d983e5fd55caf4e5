"""窗口与审批: worklists and the workbench of clerks, reviewers and directors."""

from fastapi import APIRouter

from web.window import acting, claiming, intake, workbench, worklist

router = APIRouter()
for part in (worklist, claiming, workbench, acting, intake):
    router.include_router(part.router)

__all__ = ["router"]
