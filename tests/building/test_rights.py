"""Every way into the house, tried by everybody: who gets in, who is sent away, and how.

`rights.txt` says what each answers: `ok` (done, shown, or sent on), `in` (to sign in first), or the status of the
refusal. A form is sent empty, so that 409 and 422 mean: admitted, but there is nothing to do it with.
"""

from pathlib import Path

import httpx
import pytest

from tests.building.rights_world import BODIES, PEOPLE, District, settle
from tests.building.test_routes import LIST
from tests.living import Living

TABLE = Path(__file__).parent / "rights.txt"
ROUTES = [tuple(row.split()) for row in LIST.read_text().splitlines()]
FORMS = [(m, p) for m, p in ROUTES if m == "POST" and not p.startswith("/api/")]
OPEN_API = {
    "/api/v1/session",
    "/api/v1/items",
    "/api/v1/items/{code}",
    "/api/v1/commands",
    "/api/v1/clock/due",
    "/api/v1/payments/callback",
}


def table() -> dict[tuple[str, str], dict[str, str]]:
    heading, *rows = (row.split() for row in TABLE.read_text().splitlines() if not row.startswith("#"))
    assert tuple(heading[2:]) == PEOPLE
    return {(row[0], row[1]): dict(zip(PEOPLE, row[2:], strict=True)) for row in rows}


@pytest.fixture(scope="module")
async def district(database_urls, tmp_path_factory):
    living = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield await settle(living)
    await living.leave()


async def knock(
    district: District, method: str, path: str, who: str, *, kind: str = "", form: bool = True
) -> str:
    api = path.startswith("/api/")
    address = await district.address(path)
    async with district.visit(who, kind or ("api" if api else "web")) as (client, token):
        if method == "GET":
            return answer(await client.get(address))
        if method == "DELETE":
            return answer(await client.delete(address))
        if path == "/api/v1/files":
            return answer(await client.post(address, files={"file": ("a.pdf", b"no pdf")}))
        if api:
            key = {"idempotency-key": "short" if "acts" in path else "a-key-of-its-own"}
            return answer(await client.post(address, json=BODIES[path], headers=key))
        fields = {"csrf": token} if form else {"a": "b"}
        if path in (
            "/apply/{draft_id}/papers",
            "/cases/{case_no}/supply",
            "/verify/{code}",
            "/window/intake/{code}",
            "/window/cases/{case_no}/counter/{command}",
            "/window/people/guardians",
            "/window/people/status",
            "/helping/items/{code}",
            "/admin/calendar/preview",
        ):
            parts = [(name, (None, value)) for name, value in fields.items()]
            return answer(await client.post(address, files=parts))
        return answer(await client.post(address, data=fields))


def answer(response: httpx.Response) -> str:
    if response.headers.get("location", "").startswith("/sign-in"):
        return "in"
    return "ok" if response.status_code < 400 else str(response.status_code)


def test_every_route_has_its_row():
    """A new route? Decide who may use it, then add its row."""
    assert sorted(table()) == sorted(ROUTES)


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=" ".join)
async def test_a_route_admits_whom_the_table_says(district, method, path):
    found = {who: await knock(district, method, path, who) for who in PEOPLE}
    assert found == table()[method, path]


async def test_a_cookie_opens_no_api_and_a_bearer_token_no_page(district):
    for method, path in ROUTES:
        kind = "web" if path.startswith("/api/") else "api"
        nobody = table()[method, path]["nobody"]
        if method == "GET" or path.startswith("/api/"):
            assert await knock(district, method, path, "clerk", kind=kind) == nobody, path


@pytest.mark.parametrize(("method", "path"), FORMS, ids=" ".join)
async def test_a_form_without_its_token_is_refused(district, method, path):
    """403, unless one is told first to sign in or that there is no such thing."""
    for who in ("nobody", "chen", "clerk", "reviewer", "agent", "supervisor"):
        assert await knock(district, method, path, who, form=False) in ("403", "404", "in")


async def test_the_api_asks_for_a_token_unless_it_is_listed_here(district):
    asked = {p for (m, p), row in table().items() if p.startswith("/api/") and row["nobody"] == "401"}
    api = {p for _, p in ROUTES if p.startswith("/api/")}
    assert api - asked <= OPEN_API
