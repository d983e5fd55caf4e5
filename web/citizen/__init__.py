"""市民: find an item, apply, follow the case, correct, withdraw, rate."""

from fastapi import APIRouter

from web.citizen import (
    apply,
    apply_check,
    apply_form,
    apply_papers,
    cases,
    files,
    guide,
    home,
    progress,
    progress_acts,
    receipt,
    track,
    verify,
)

router = APIRouter()
router.include_router(home.router)
router.include_router(guide.router)
router.include_router(apply.router)
router.include_router(apply_form.router)
router.include_router(apply_papers.router)
router.include_router(apply_check.router)
router.include_router(receipt.router)
router.include_router(cases.router)
router.include_router(progress.router)
router.include_router(progress_acts.router)
router.include_router(track.router)
router.include_router(files.router)
router.include_router(verify.router)
