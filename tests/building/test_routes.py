"""Every way into the house is known: the list of routes is a file, and every route knows who is there."""

from inspect import iscoroutinefunction, isfunction
from pathlib import Path

from fastapi.routing import APIRoute

from web.app import build_app
from web.deps import identify

LIST = Path(__file__).parent / "routes.txt"
# No actor: nothing personal is behind these and nothing is written, or the route asks by itself.
OPEN = {
    "/healthz",
    "/preferences",
    "/items/{code}/start",  # a redirect to the guide, for who comes back after signing in
    "/api/v1/session",  # this is where one becomes somebody
    "/api/v1/items",
    "/api/v1/items/{code}",
    "/api/v1/clock/due",  # arithmetic
    "/api/v1/commands",
    "/api/v1/payments/callback",  # the payment platform's signature is its way in
    "/api/v1/tasks/{task_id}/acts",  # the hot path calls `identify` itself
}


def routes() -> list[tuple[str, APIRoute]]:
    """(address, route) of every route."""
    return [(route.path, route) for route in build_app(lambda: None).routes if isinstance(route, APIRoute)]


def calls(dependant) -> set:
    return {dependant.call}.union(*(calls(d) for d in dependant.dependencies))


def line(address: str, route: APIRoute) -> str:
    return f"{','.join(sorted(route.methods)):7} {address}"


def lines() -> list[str]:
    return sorted(line(*r) for r in routes())


def test_the_list_of_routes_is_a_file():
    """Changed on purpose? Write it again: python -m tests.building.test_routes"""
    assert LIST.read_text().splitlines() == lines()


def test_every_route_knows_who_is_there():
    nameless = [line(a, r) for a, r in routes() if identify not in calls(r.dependant) and a not in OPEN]
    assert nameless == []


def test_no_request_leaves_the_event_loop():
    """FastAPI runs plain functions in threads: the one that gave routes their house cost a third of every page."""
    plain = {
        c
        for _, route in routes()
        for c in calls(route.dependant)
        if isfunction(c) and not iscoroutinefunction(c)
    }
    assert plain == set()


if __name__ == "__main__":
    LIST.write_text("".join(f"{row}\n" for row in lines()))
