"""Every way into the house is known: the list of routes is a file, and every route knows who is there."""

from pathlib import Path

from fastapi.routing import APIRoute

from web.app import build_app
from web.deps import identify

LIST = Path(__file__).parent / "routes.txt"
# No actor: nothing personal is behind these, and nothing is written.
OPEN = {"/healthz", "/preferences"}


def routes() -> list[APIRoute]:
    return [r for r in _flat(build_app(lambda: None).routes) if isinstance(r, APIRoute)]


def _flat(found):
    for route in found:
        inner = getattr(route, "original_router", None)
        yield from _flat(inner.routes) if inner is not None else (route,)


def calls(dependant) -> set:
    return {dependant.call}.union(*(calls(d) for d in dependant.dependencies))


def line(route: APIRoute) -> str:
    return f"{','.join(sorted(route.methods)):7} {route.path}"


def test_the_list_of_routes_is_a_file():
    """Changed on purpose? Write it again: python -m tests.building.test_routes"""
    assert LIST.read_text().splitlines() == sorted(line(r) for r in routes())


def test_every_route_knows_who_is_there():
    nameless = [line(r) for r in routes() if identify not in calls(r.dependant) and r.path not in OPEN]
    assert nameless == []


if __name__ == "__main__":
    LIST.write_text("".join(f"{row}\n" for row in sorted(line(r) for r in routes())))
