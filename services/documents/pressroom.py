"""Where documents are rendered: few at a time, and behind everybody who waits at a desk."""

import asyncio
import os
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from forms.documents import render

AT_ONCE = 2
NICE = 19


def _step_back() -> None:
    """On Linux a thread has a priority of its own: rendering takes the processor time that nobody else wants."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


_press = ThreadPoolExecutor(AT_ONCE, "press", _step_back)


async def print_document(kind: str, facts: Mapping[str, Any]) -> bytes:
    """Render for the record. A preview, for which a person waits, calls `render` itself."""
    return await asyncio.get_running_loop().run_in_executor(_press, render, kind, facts)
