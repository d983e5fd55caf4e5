"""Expected refusals: a status, a code and a sentence in both languages. A 500 means our bug."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """Something we will not do, and why. `extra` goes into the API's problem details (RFC 9457)."""

    status = 400
    code = "refused"

    def __init__(self, zh: str, en: str, *, code: str | None = None, **extra: Any) -> None:
        super().__init__(en)
        self.zh, self.en, self.extra = zh, en, extra
        if code:
            self.code = code

    def sentence(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class NotFound(Refusal):
    status, code = 404, "not-found"


class NotAllowed(Refusal):
    status, code = 403, "not-allowed"


class NotSignedIn(Refusal):
    status, code = 401, "not-signed-in"


class NotExpected(Refusal):
    """The case does not wait for this act now. `expected` lists what it does wait for."""

    status, code = 409, "not-expected"


class KeyReused(Refusal):
    """A different act under an idempotency key that was used before."""

    status, code = 409, "key-reused"


class TooMany(Refusal):
    status, code = 429, "too-many"


class Unavailable(Refusal):
    """The store does not answer. What was acknowledged is safe; what was under way is unknown: ask again."""

    status, code = 503, "unavailable"


class Invalid(Refusal):
    """Input that does not hold. `problems` maps a field name to a bilingual sentence {"zh":…, "en":…}."""

    status, code = 422, "invalid"

    def __init__(self, problems: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__("请改正标出的内容", "Please correct what is marked", problems=dict(problems))
        self.problems = problems

    def __str__(self) -> str:
        """For a log or a failed test: which fields, and why."""
        return "; ".join(f"{name}: {sentence['en']}" for name, sentence in self.problems.items())
