"""市民: find an item, apply, follow the case, correct, withdraw, rate."""

from fastapi import APIRouter

router = APIRouter()
