"""Where documents are rendered and sealed: few at a time, and behind everybody who waits at a desk."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from forms.documents import KINDS, render
from services.signing.seals import Seals

T = TypeVar("T")
AT_ONCE = 2
NICE = 19


def _step_back() -> None:
    """On Linux a thread has a priority of its own: rendering takes the processor time that nobody else wants."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


_press = ThreadPoolExecutor(AT_ONCE, "press", _step_back)


@dataclass(frozen=True, slots=True)
class Sealing:
    """Who seals, with whose seals, and when."""

    seals: Seals
    department: str
    at: datetime


async def print_document(kind: str, facts: Mapping[str, Any], sealing: Sealing) -> bytes:
    """Render and seal for the record. A preview, for which a person waits, calls `render` itself."""
    return await asyncio.get_running_loop().run_in_executor(_press, _print, kind, facts, sealing)


def _print(kind: str, facts: Mapping[str, Any], sealing: Sealing) -> bytes:
    from services.signing.pdf import sign_pdf  # late: the web only previews, and need not hold all of pyHanko

    words = facts.get("seal") or KINDS[kind].facts.model_fields["seal"].default
    seal = sealing.seals.seal(sealing.department, facts["agency"], words)
    return sign_pdf(render(kind, facts), seal, sealing.at, verify_url=facts["verify_url"])


async def at_the_press(work: Callable[[], T]) -> T:
    """Any other work that nobody waits for: sums over large files, seals on lists."""
    return await asyncio.get_running_loop().run_in_executor(_press, work)
