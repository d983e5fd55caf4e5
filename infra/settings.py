"""Settings, read once from the environment: every name begins with ONEWINDOW_."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "ONEWINDOW_"


class Problem(Exception):
    """Something the operator can put right; shown as one sentence, without a traceback."""


class Settings(BaseSettings):
    """`database_url` and `temporal_address` are empty until a part of the house needs them: see `need`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, populate_by_name=True)

    home: Path = Path(".onewindow")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    base_url: str = ""  # what a QR code leads to; http://host:port unless set
    database_url: str = Field("", validation_alias=AliasChoices("ONEWINDOW_DATABASE_URL", "DATABASE_URL"))
    owner_database_url: str = ""  # migrations only; the running parts never hold it
    temporal_address: str = ""
    temporal_namespace: str = "default"
    task_queue: str = "onewindow"
    files_url: str = ""  # an object store; a folder in home unless set
    key_file: Path = Path()  # wraps the field keys; in home unless set
    registries_url: str = ""  # the province's exchange; a demonstration has registers of its own
    registries_key: str = ""  # shared with the exchange: questions and answers are signed with it
    seals: Path | None = None  # the departments' seals; a demonstration makes its own in home
    demo: bool = False
    lang: Literal["zh", "en"] = "zh"

    @field_validator("database_url", "owner_database_url")
    @classmethod
    def plain_postgres(cls, url: str) -> str:
        """asyncpg's form: postgresql://, without a driver's name."""
        scheme, mark, rest = url.partition("://")
        if url and (not mark or scheme.partition("+")[0] not in ("postgres", "postgresql")):
            raise ValueError("must begin with postgresql://")
        return f"postgresql://{rest}" if url else url

    @model_validator(mode="before")
    @classmethod
    def places(cls, raw: Mapping[str, object]) -> dict[str, object]:
        """Whatever was not set lives in home, and home is absolute: the parts may run from other folders."""
        values = {k: v for k, v in raw.items() if v != ""}
        home = Path(str(values.get("home", ".onewindow"))).expanduser().absolute()
        values["home"] = home
        values.setdefault("files_url", (home / "files").as_uri())
        values.setdefault("key_file", home / "keys" / "master.key")
        if "seals" in values:
            values["seals"] = Path(str(values["seals"])).expanduser().absolute()
        host, port = values.get("host", "127.0.0.1"), values.get("port", 8000)
        values.setdefault("base_url", f"http://{host}:{port}")
        return values

    @classmethod
    def load(cls, **values: object) -> "Settings":
        """Read the environment; a wrong value is named, with what is wrong about it."""
        try:
            return cls(**values)
        except ValidationError as error:
            lines = [f"{env_name(str(e['loc'][0]))}: {e['msg']}" for e in error.errors() if e["loc"]]
            raise Problem("Wrong settings: " + "; ".join(lines or [str(error)])) from None

    def need(self, *names: str) -> "Settings":
        """Refuse to go on without these."""
        for name in names:
            if not getattr(self, name):
                raise Problem(
                    f"{env_name(name)} is not set, and no embedded server runs in {self.home}. "
                    "Set it, or start everything with `onewindow up`."
                )
        return self

    def environment(self) -> dict[str, str]:
        """The same settings for a child process; what only migrations may know stays here."""
        inherited = {
            k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", env_name("owner_database_url"))
        }
        own = self.model_dump(mode="json", exclude={"owner_database_url"})
        return inherited | {
            env_name(k): str(v).lower() if isinstance(v, bool) else str(v)
            for k, v in own.items()
            if v is not None
        }


def env_name(setting: str) -> str:
    """`setting` may already be an alias that pydantic reports as written in the environment."""
    return (
        setting.upper() if setting.upper().startswith((PREFIX, "DATABASE_URL")) else PREFIX + setting.upper()
    )


def place(url: str) -> str:
    """Where a URL points, without the password: safe to print."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or 5432}{parts.path}"
