"""The API, doing the same as the pages."""

from fastapi import APIRouter

router = APIRouter()
