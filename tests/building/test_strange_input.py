"""What no keyboard types is refused like anything else that is wrong: it is never a fault of ours."""

import re

import pytest

from tests.building.rights_world import settle
from tests.building.test_routes import LIST
from tests.living import Living

ADDRESSES = [
    path for method, path in map(str.split, LIST.read_text().splitlines()) if method == "GET" and "{" in path
]
SEARCHES = {
    "/window?q=": "clerk",
    "/supervisor/cases?number=": "supervisor",
    "/supervisor/cards?rule=": "supervisor",
    "/hotline/desk/new?case=": "agent",
    "/verify?code=": "chen",
    "/clock?stop_from=2025-02-01&start=": "chen",
}


@pytest.fixture(scope="module")
async def district(database_urls, tmp_path_factory):
    living = await Living.move_in(database_urls.app, tmp_path_factory.mktemp("home"))
    yield await settle(living)
    await living.leave()


@pytest.mark.parametrize("odd", ["%00", "9" * 30, "%ff", "..%2f..%2fetc%2fpasswd", "%C2%B2"])
async def test_an_odd_address_is_no_fault_of_ours(district, odd):
    for who in ("chen", "clerk", "supervisor", "agent"):
        for path in ADDRESSES:
            async with district.visit(who, "api" if path.startswith("/api/") else "web") as (client, _):
                answer = await client.get(re.sub(r"\{[^}]+\}", odd, path))
            assert answer.status_code < 500, f"{who} {path} {odd}"


async def test_an_odd_question_is_no_fault_of_ours(district):
    for address, who in SEARCHES.items():
        async with district.visit(who) as (client, _):
            assert (await client.get(address + "%00")).status_code < 500, address


async def test_an_odd_form_is_no_fault_of_ours(district):
    for address, who in (("/hotline/new", "chen"), ("/hotline/desk/new", "agent")):
        async with district.visit(who) as (client, token):
            answer = await client.post(address, data={"csrf": token, "case_no": "\0", "token": "\0" * 9})
            assert answer.status_code == 422, address
