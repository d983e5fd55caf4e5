import pytest

from services.store.db import Database


@pytest.fixture
def db(database: Database) -> Database:
    return database
