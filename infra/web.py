"""The web application put together from settings."""

from fastapi import FastAPI

from infra.parts import open_house
from infra.settings import Settings
from web.app import build_app

CONNECTIONS = 16


def create_app(settings: Settings) -> FastAPI:
    return build_app(lambda: open_house(settings, connections=CONNECTIONS, application="onewindow-web"))
