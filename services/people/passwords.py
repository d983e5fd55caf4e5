"""Passwords: hashed with argon2id, in threads, a few at a time."""

import asyncio
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200

# 19 MiB and two passes, OWASP's figures: 64 people signing in at once must not take the machine's memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = 4
_slots: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


async def hash_password(password: str) -> str:
    async with _slot():
        return await asyncio.to_thread(_HASHER.hash, _plain(password))


async def matches(password_hash: str | None, password: str) -> bool:
    """Without a hash the same work is done for nothing, so that an unknown name takes as long as a known one."""
    async with _slot():
        return await asyncio.to_thread(_verify, password_hash, _plain(password)[:LONGEST])


def password_problem(password: str, username: str = "") -> dict[str, str] | None:
    """What is wrong with a new password, as a sentence in both languages."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return {
            "zh": f"密码至少 {SHORTEST} 个字符",
            "en": f"The password needs at least {SHORTEST} characters",
        }
    if len(plain) > LONGEST:
        return {
            "zh": f"密码最多 {LONGEST} 个字符",
            "en": f"The password may have at most {LONGEST} characters",
        }
    if len(set(plain)) < 5 or (len(username) >= 3 and username.casefold() in plain.casefold()):
        return {
            "zh": "密码太容易猜到：不要重复同几个字符，也不要包含用户名",
            "en": "The password is too easy to guess: do not repeat a few characters or use the user name in it",
        }
    return None


def _plain(password: str) -> str:
    """The same characters whatever the keyboard composed them of."""
    return unicodedata.normalize("NFC", password)


def _verify(password_hash: str | None, password: str) -> bool:
    try:
        _HASHER.verify(password_hash or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


def _slot() -> asyncio.Semaphore:
    loop = asyncio.get_running_loop()
    if loop not in _slots:
        _slots.clear()  # loops of the past; in a running server there is one
        _slots[loop] = asyncio.Semaphore(_AT_ONCE)
    return _slots[loop]
