"""The stand-in registers as a server of their own: what an adapter in front of the province's exchange looks like."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from infra.clock import training_clock
from infra.settings import Settings
from services.house import wall_clock
from services.registries.exchange import Answer, Exchange, Unanswered
from services.registries.standin import StandIn
from services.registries.wire import SIGNATURE, read_question, sign, vouched, write_answer
from services.store.crypto import Vault
from services.store.db import Database


def registers_app(exchange: Exchange, key: bytes) -> Starlette:
    """Answers whoever signs with the key; anybody else gets 401 and nothing."""

    async def ask(request: Request) -> Response:
        body = await request.body()
        if not vouched(key, body, request.headers):
            return Response(status_code=401)
        try:
            question, nonce = read_question(body)
        except ValueError:
            return Response(status_code=422)
        said: Answer | Unanswered
        try:
            said = await exchange.ask(question)
        except Unanswered as failure:
            said = failure
        answer = write_answer(nonce, said)
        return Response(answer, media_type="application/json", headers={SIGNATURE: sign(key, answer)})

    return Starlette(routes=[Route("/ask", ask, methods=["POST"])])


def run_registers(settings: Settings, port: int) -> None:
    """No access log, and only this machine: a question carries a person's number."""
    import uvicorn

    from infra.run import leave_with_supervisor, run_coroutine

    async def serve() -> None:
        db = await Database.open(settings.database_url, max_size=4, application="onewindow-registries")
        clock = training_clock(settings.home) if settings.demo else wall_clock
        exchange = StandIn(db, Vault.from_key_file(settings.key_file), clock)
        app = registers_app(exchange, settings.registries_key.encode())
        config = uvicorn.Config(
            app, host="127.0.0.1", port=port, access_log=False, log_level="warning", server_header=False
        )
        try:
            await uvicorn.Server(config).serve()
        finally:
            await db.close()

    leave_with_supervisor()
    run_coroutine(serve())
