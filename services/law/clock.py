"""The legal clock (时限): when a limit ends, what is left of it, and why, day by day."""

from services.law.counting import (
    SHANGHAI,
    Due,
    Limit,
    Stop,
    Terms,
    add_months,
    due,
    instant,
    legal_date,
    midnight_after,
)
from services.law.explaining import Day, Explanation, explain
from services.law.watching import back, days_between, remaining, used, warn_at

__all__ = [
    "SHANGHAI",
    "Day",
    "Due",
    "Explanation",
    "Limit",
    "Stop",
    "Terms",
    "add_months",
    "back",
    "days_between",
    "due",
    "explain",
    "instant",
    "legal_date",
    "midnight_after",
    "remaining",
    "used",
    "warn_at",
]
