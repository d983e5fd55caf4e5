"""Where a part finds the embedded servers of a running `onewindow up`, when the environment names no others."""

from infra.servers.cluster import DATABASE, ROLES
from infra.servers.home import LOOPBACK, Home, answers
from infra.settings import Settings


def database_url(home: Home, role: str, database: str = DATABASE) -> str:
    """`role` is app, owner or superuser; empty if no cluster was made yet."""
    facts = home.recall("postgres")
    if "port" not in facts:
        return ""
    return f"postgresql://{ROLES[role]}:{facts[role]}@{LOOPBACK}:{facts['port']}/{database}"


def with_embedded(settings: Settings) -> Settings:
    """Fill in what is unset from servers that answer now."""
    home = Home(settings.home)
    found: dict[str, object] = {}
    if not settings.database_url and _runs(home, "postgres"):
        found["database_url"] = database_url(home, "app")
        found["owner_database_url"] = settings.owner_database_url or database_url(home, "owner")
        if "demo" not in settings.model_fields_set and home.recall("seed").get("state") == "done":
            found["demo"] = True  # as `up` decided: a command beside it must read the same clock
    if not settings.temporal_address and _runs(home, "temporal"):
        found["temporal_address"] = f"{LOOPBACK}:{home.recall('temporal')['port']}"
    return settings.model_copy(update=found)


def _runs(home: Home, server: str) -> bool:
    port = home.recall(server).get("port")
    return bool(port) and answers(LOOPBACK, int(port))
