"""Drafts (草稿): an application being filled in, or a corrected set; sealed, resumable, forgotten after thirty days."""

from services.drafts.asking import ask_registers, unanswered
from services.drafts.correcting import LastSet, last_set, resubmission_task, start_correction
from services.drafts.prefill import prefill
from services.drafts.sources import Fact, exchange_of, open_to, put
from services.drafts.store import (
    Draft,
    Filed,
    discard,
    forget_expired,
    item_of,
    mine,
    read,
    save,
    start,
)

__all__ = [
    "Draft",
    "Fact",
    "Filed",
    "LastSet",
    "ask_registers",
    "discard",
    "exchange_of",
    "forget_expired",
    "item_of",
    "last_set",
    "mine",
    "open_to",
    "prefill",
    "put",
    "read",
    "resubmission_task",
    "save",
    "start",
    "start_correction",
    "unanswered",
]
