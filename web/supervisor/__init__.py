"""电子监察: every case, every clock, every card."""

from fastapi import APIRouter

router = APIRouter()
