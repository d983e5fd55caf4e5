"""A gallery of the look: every part on invented data, for people who build pages and for the tests."""

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse

from web import gallery_samples as samples
from web.assets import assets
from web.i18n import language_of
from web.preferences import router as preferences
from web.rendering import page
from web.security_headers import SecurityHeaders

PAGES = {
    "parts": None,
    "citizen": samples.CITIZEN,
    "guide": None,
    "form": samples.CITIZEN,
    "check": samples.CITIZEN,
    "desk": samples.CLERK,
    "list": samples.CLERK,
    "wall": samples.SUPERVISOR,
    "problem": None,
}

NOT_FOUND = (
    {"zh": "找不到这个页面", "en": "Page not found"},
    {"zh": "请核对地址，或从首页重新查找。", "en": "Check the address, or start again from the home page."},
)

router = APIRouter(prefix="/gallery", include_in_schema=False)


@router.get("/{name}")
async def show(request: Request, name: str) -> HTMLResponse:
    if name not in PAGES or name == "problem":
        return page(request, "error.html", status=404, heading=NOT_FOUND[0], sentence=NOT_FOUND[1])
    request.state.actor = PAGES[name]
    problems = samples.PROBLEMS if "wrong" in request.query_params else {}
    return page(
        request,
        f"gallery/{name}.html",
        s=samples,
        pages=list(PAGES),
        problems=problems,
        tongue=language_of(request),
    )


def gallery_app() -> FastAPI:
    """The gallery alone, with the headers and files of the real thing."""
    app = FastAPI(openapi_url=None)
    app.mount("/static", assets())
    app.include_router(preferences)
    app.include_router(router)
    app.add_middleware(SecurityHeaders)
    return app
