"""What the platform tells us, as signed bytes: canonical JSON, one instant, one nonce, one signature over all of it."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import orjson

from services.errors import Refusal
from services.payments.platform import Platform

KINDS = ("paid", "refunded")
FRESH = timedelta(minutes=10)  # an older message is sent again, with a new instant and a new nonce
LONGEST = 4_000  # bytes


class NotBelieved(Refusal):
    """Not from the platform, or not from now."""

    status, code = 403, "not-believed"


@dataclass(frozen=True, slots=True)
class Message:
    """`at`: when the money moved; `sent_at`: when this was said. `refund`: the number of a refund."""

    kind: str
    order: str
    transaction: str
    fen: int
    at: datetime
    nonce: str
    sent_at: datetime
    refund: str = ""


def write(message: Message) -> bytes:
    return orjson.dumps(asdict(message), option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)


def believed(platform: Platform, body: bytes, signature: str, now: datetime) -> Message:
    """Raises NotBelieved. Nothing of a message is read before its signature holds."""
    if len(body) > LONGEST or not platform.vouches(body, signature):
        raise NotBelieved("签名不对，不予采信", "The signature does not hold; nothing is taken from this")
    message = _read(body)
    if message is None:
        raise NotBelieved("报文的格式不对", "Signed, but not a message that is known here")
    if abs(now - message.sent_at) > FRESH:
        raise NotBelieved(
            "报文已经过时，请重新发送", "This message is not from now: send it again", code="stale"
        )
    return message


def _read(body: bytes) -> Message | None:
    try:
        said = orjson.loads(body)
        moments = {name: datetime.fromisoformat(said[name]) for name in ("at", "sent_at")}
        message = Message(**{**said, **moments})
    except (ValueError, TypeError, KeyError):
        return None
    texts = (message.order, message.transaction, message.nonce, message.refund)
    sound = all(type(text) is str and text.isprintable() and len(text) <= 80 for text in texts)
    aware = message.at.tzinfo is not None and message.sent_at.tzinfo is not None
    known = message.kind in KINDS and type(message.fen) is int and message.fen > 0
    return message if sound and aware and known else None
