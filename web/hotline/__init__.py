"""12345: work orders, taken by an agent or filed on the web."""

from fastapi import APIRouter

router = APIRouter()
