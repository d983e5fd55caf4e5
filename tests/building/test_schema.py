"""The database is what the models say, and the log can only grow."""

import asyncpg
import pytest

from infra.migrations import differences


async def test_migrations_equal_the_models(database_urls):
    assert await differences(database_urls.owner) == []


@pytest.mark.parametrize("role", ["app", "owner"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE case_event SET kind = 'x'", "DELETE FROM case_event", "TRUNCATE case_event", "UPDATE item_version SET hash = ''",
     "DELETE FROM item_version", "TRUNCATE item_version", "UPDATE calendar_notice SET body = ''",
     "DELETE FROM calendar_notice", "TRUNCATE calendar_notice",
     "UPDATE licence_event SET turn = 'x'", "DELETE FROM licence_event", "TRUNCATE licence_event",
     "UPDATE licence_bar SET until = now()", "DELETE FROM licence_bar", "TRUNCATE licence_bar",
     "UPDATE authorisation_event SET turn = 'x'", "DELETE FROM authorisation_event", "TRUNCATE authorisation_event",
     "UPDATE guardian_consent SET turn = 'given'", "DELETE FROM guardian_consent", "TRUNCATE guardian_consent",
     "UPDATE assistance SET way = 'face'", "DELETE FROM assistance", "TRUNCATE assistance"],
)  # fmt: skip
async def test_nobody_changes_the_log_or_a_published_item(filled, role, statement):
    conn = await asyncpg.connect(getattr(filled, role))
    try:
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.FeatureNotSupportedError)):
            await conn.execute(statement)
    finally:
        await conn.close()


@pytest.fixture(scope="module")
async def filled(database_urls):
    """One row in each, since a row trigger has nothing to refuse on an empty table."""
    conn = await asyncpg.connect(database_urls.owner)
    await conn.execute(
        "INSERT INTO item_version VALUES ('x', 1, 'h', '{}', now());"
        "INSERT INTO calendar_notice VALUES ('', 2027, 1, 's', 'b', now(), 'system');"
        "INSERT INTO cases (no, kind, item_code, item_version, item_hash, title, department, district, channel, filed_at,"
        " filing_key, asked, query_code, seq, head, stage, finished, state, cards, engine_seq, query_failures) VALUES "
        "('1', 'application', 'x', 1, 'h', 't', 'd', '430199', 'web', now(), 'k', '', '', 1, '', 'received', false, "
        "'{}', 0, 0, 0);"
        "INSERT INTO case_event (case_no, seq, key, kind, at, actor_id, body, hash) "
        "VALUES ('1', 1, 'filed', 'submitted', now(), 'a', '{}', '');"
        "INSERT INTO subject (id, kind, name, created_at) VALUES ('s', 'person', 'n', now());"
        "INSERT INTO licence (number, case_no, item_code, holder_id, issued_on, state) "
        "VALUES ('L', '1', 'x', 's', now(), 'valid');"
        "INSERT INTO licence_event VALUES ('L', 1, 'issued', 'valid', 1, null, now(), now(), '1');"
        "INSERT INTO licence_bar (subject_id, item_code, why, since, until, case_no) "
        "VALUES ('s', 'x', 'fraud', now(), now(), '1');"
        "INSERT INTO subject (id, kind, name, created_at) VALUES ('t', 'person', 'n', now());"
        "INSERT INTO account (id, username, password_hash, kind, display_name, subject_id, created_at) "
        "VALUES ('a', 'a', '', 'citizen', 'n', 's', now());"
        "INSERT INTO authorisation (id, principal_id, agent_id, items, actions, valid_from, valid_to, text_version, "
        "verified, made_by, made_at) VALUES ('m', 's', 't', '{x}', '{see}', now(), now(), 'v', 'signed_in', 'a', now());"
        "INSERT INTO authorisation_event VALUES ('m', 1, 'granted', now(), 'a');"
        "INSERT INTO guardian_consent (child_id, guardian_id, turn, text_version, way, recorded_by, at) VALUES ('t', 's', 'given', 'v', 'online', 'a', now());"
        "INSERT INTO assistance (id, helper_id, subject_id, case_no, text_version, way, contact, at) "
        "VALUES ('h', 'a', 's', '1', 'v', 'face', 'own', now())"
    )
    await conn.close()
    return database_urls
