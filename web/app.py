"""The web application: one house, many desks."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI

from services.cases.ways import Crowd
from services.house import House
from web import account, admin, api, citizen, health, helping, hotline, kiosk, preferences, supervisor, window
from web.assets import assets
from web.bell import Bell
from web.body_limit import BodyLimit
from web.refusals import answer_refusals
from web.security_headers import SecurityHeaders

DESKS = (
    api,
    window,
    account,
    citizen,
    supervisor,
    hotline,
    helping,
    admin,
    kiosk,
)  # matched in this order: the hot path first


def build_app(open_house: Callable[[], AbstractAsyncContextManager[House]]) -> FastAPI:
    """The desks over whatever house is opened for them; the house is open as long as the application runs."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_house() as house, Bell(house.db) as bell, Crowd(house.db) as crowd:
            app.state.house, app.state.bell, app.state.crowd = house, bell, crowd
            yield

    app = FastAPI(
        title="OneWindow 一窗通办",
        version="0.1.0",
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its page loads scripts from elsewhere; the document itself is served
        redoc_url=None,
        # A path can name a person's case: it goes into no trace.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    app.mount("/static", assets())
    answer_refusals(app)
    for desk in (*DESKS, preferences, health):
        app.router.routes.extend(desk.router.routes)
    return app
