"""Logs without anybody's data: a traceback says where, never with which values."""

import structlog


def log_plainly() -> None:
    """structlog's own default prints the variables of every frame, and takes seconds over it while nobody is served."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
