"""What a refusal looks like: a page with a sentence, or problem details (RFC 9457) on the API."""

from typing import Any

import structlog
from asyncpg import DataError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from services.drafts import Filed
from services.errors import NotSignedIn, Refusal
from web.deps import at_kiosk, is_api
from web.held import ask_to_sign_in
from web.i18n import language_of
from web.rendering import page
from web.terminal import is_terminal

log = structlog.get_logger()

_HEADINGS = {
    401: {"zh": "请先登录", "en": "Please sign in"},
    403: {"zh": "不能办理", "en": "Not allowed"},
    404: {"zh": "没有找到", "en": "Not found"},
    409: {"zh": "办件已经变化", "en": "The case has moved on"},
    413: {"zh": "提交的内容太长", "en": "Too much was sent"},
    429: {"zh": "请稍后再试", "en": "Please try again later"},
    503: {"zh": "系统暂时繁忙", "en": "Temporarily unavailable"},
}
_OTHER = {"zh": "没有办成", "en": "That did not work"}
_BUG = {"zh": "系统出了问题，我们已记录下来", "en": "Something went wrong on our side; it has been recorded"}


def problem(
    request: Request, status: int, code: str, sentence: dict[str, str], extra: dict[str, Any]
) -> Response:
    """RFC 9457. `type` is a stable code of ours; `detail` speaks the caller's language."""
    lang = language_of(request)
    body = {
        "type": f"urn:onewindow:problem:{code}",
        "title": code,
        "status": status,
        "detail": sentence[lang],
        **extra,
    }
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse(body, status, media_type="application/problem+json", headers=headers)


def _say(
    request: Request, status: int, code: str, sentence: dict[str, str], extra: dict[str, Any]
) -> Response:
    if is_api(request):
        return problem(request, status, code, sentence, extra)
    template = "kiosk/error.html" if at_kiosk(request) and is_terminal(request) else "error.html"
    return page(request, template, status=status, heading=_HEADINGS.get(status, _OTHER), sentence=sentence)


def answer_refusals(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def refused(request: Request, no: Refusal) -> Response:
        if isinstance(no, NotSignedIn) and not is_api(request):
            return await ask_to_sign_in(request)
        # Whoever kept the address, or went back to the form.
        if isinstance(no, Filed) and not at_kiosk(request):
            return RedirectResponse(f"/cases/{no.extra['case_no']}", status_code=303)
        return _say(request, no.status, no.code, {"zh": no.zh, "en": no.en}, no.extra)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        heading = _HEADINGS.get(error.status_code, _OTHER)
        return _say(request, error.status_code, f"http-{error.status_code}", heading, {})

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Response:
        sentence = {"zh": "请求的格式不对", "en": "The request is not in the right form"}
        places = [{"at": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors()]
        return _say(request, 422, "malformed", sentence, {"problems": places})

    @app.exception_handler(DataError)
    async def unstorable(request: Request, error: DataError) -> Response:
        # A NUL or a number beyond all bounds: no form of ours sends them, and PostgreSQL cannot hold them.
        log.warning("unstorable", route=getattr(request.scope.get("route"), "path", ""))
        sentence = {"zh": "请求里有无法识别的内容", "en": "The request holds something that cannot be read"}
        return _say(request, 422, "malformed", sentence, {})

    @app.exception_handler(Exception)
    async def bug(request: Request, error: Exception) -> Response:
        # The path may name a case; the log of a bug needs the route, not the person.
        log.exception(
            "bug", route=getattr(request.scope.get("route"), "path", ""), error=type(error).__name__
        )
        return _say(request, 500, "bug", _BUG, {})
