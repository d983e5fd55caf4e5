"""The exchange over HTTP: signed questions out, signed answers back.

This is our own plain protocol, for an adapter in front of the province's platform (GB/T 39477 was not read, and every
province wraps it differently): POST {url}/ask with a JSON question, `X-Signature: HMAC-SM3(key, body)` in hexadecimal
both ways. An answer repeats the question's nonce, so that none can be played again.
"""

import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from hmac import compare_digest

import httpx
import orjson
from cryptography.hazmat.primitives import hashes, hmac

from services.registries.exchange import Answer, Declined, Question, RegistryDown, Unanswered, Unknown

SIGNATURE = "x-signature"
CONNECT = 0.5  # seconds; the rest of the time is `guard.PATIENCE`
_WHY: dict[str, type[Unanswered]] = {"unknown": Unknown, "declined": Declined, "down": RegistryDown}


class Wire:
    """An Exchange at an address."""

    def __init__(self, client: httpx.AsyncClient, key: bytes) -> None:
        self.client, self.key = client, key

    async def ask(self, question: Question) -> Answer:
        nonce = secrets.token_hex(16)
        body = write_question(question, nonce)
        try:
            response = await self.client.post("ask", content=body, headers={SIGNATURE: sign(self.key, body)})
        except httpx.HTTPError as error:
            raise RegistryDown(f"{question.register}: {type(error).__name__}") from None
        if response.status_code != 200 or not vouched(self.key, response.content, response.headers):
            raise RegistryDown(f"{question.register}: status {response.status_code}, or not signed by it")
        return read_answer(question, nonce, response.content)


@asynccontextmanager
async def wired(url: str, key: str) -> AsyncIterator[Wire]:
    limits = httpx.Limits(max_connections=8)
    async with httpx.AsyncClient(
        base_url=url, timeout=httpx.Timeout(5, connect=CONNECT), limits=limits, trust_env=False
    ) as client:
        yield Wire(client, key.encode())


def sign(key: bytes, body: bytes) -> str:
    made = hmac.HMAC(key, hashes.SM3())
    made.update(body)
    return made.finalize().hex()


def vouched(key: bytes, body: bytes, headers: Mapping[str, str]) -> bool:
    return compare_digest(headers.get(SIGNATURE, ""), sign(key, body))


def write_question(question: Question, nonce: str) -> bytes:
    return orjson.dumps(
        {
            "query": question.query,
            "number": question.number,
            "purpose": question.purpose,
            "about": question.about,
            "requester": question.requester,
            "nonce": nonce,
        }
    )


def read_question(body: bytes) -> tuple[Question, str]:
    """For whoever answers. Raises ValueError."""
    try:
        said = orjson.loads(body)
        nonce = said.pop("nonce")
        return Question(**said), nonce
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no question: {error}") from None


def write_answer(nonce: str, said: Answer | Unanswered) -> bytes:
    """For whoever answers."""
    if isinstance(said, Unanswered):
        return orjson.dumps({"nonce": nonce, "why": said.why})
    return orjson.dumps({"nonce": nonce, "facts": dict(said.facts), "as_of": said.as_of})


def read_answer(question: Question, nonce: str, body: bytes) -> Answer:
    try:
        said = orjson.loads(body)
        if said["nonce"] != nonce:
            raise ValueError("the answer to another question")
        if why := said.get("why"):
            raise _WHY.get(why, Declined)(f"{question.query}: {why}")
        return Answer(question.query, dict(said["facts"]), date.fromisoformat(said["as_of"]))
    except (ValueError, KeyError, TypeError) as error:
        raise RegistryDown(f"{question.register} answers what cannot be read: {error}") from None
