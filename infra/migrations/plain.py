"""Plain SQL for what tables cannot say: triggers, functions, grants."""

from alembic import op
from sqlalchemy.util import await_only

from infra.migrations import HERE


def run_sql(name: str) -> None:
    """Run `sql/<name>` whole inside the migration's transaction.

    SQLAlchemy prepares every statement and a prepared statement is only one; asyncpg's own `execute` takes a script.
    """
    script = (HERE / "sql" / name).read_text(encoding="utf-8")
    driver = op.get_bind().connection.driver_connection
    await_only(driver.execute(script))
