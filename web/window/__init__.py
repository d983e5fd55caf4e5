"""窗口与审批: worklists and the workbench of clerks, reviewers and directors."""

from fastapi import APIRouter

router = APIRouter()
