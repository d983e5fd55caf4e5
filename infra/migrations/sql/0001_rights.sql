-- The log is written once. The application's role may insert into it and read it; nobody may change it,
-- not even the owner. (A superuser can remove these triggers; that is detected, not prevented: see reliability.)
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER case_event_no_change BEFORE UPDATE OR DELETE ON case_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_event_no_truncate BEFORE TRUNCATE ON case_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER item_version_no_change BEFORE UPDATE OR DELETE ON item_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER item_version_no_truncate BEFORE TRUNCATE ON item_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Serials of case numbers: gaps are allowed, waiting for one another is not.
CREATE SEQUENCE case_serial MINVALUE 1 MAXVALUE 999999 CYCLE CACHE 1;

GRANT USAGE ON SCHEMA public TO onewindow_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO onewindow_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO onewindow_app;
REVOKE UPDATE, DELETE ON case_event, item_version FROM onewindow_app;
REVOKE DELETE ON cases, task, document, licence, card, submission, material, account, subject FROM onewindow_app;
REVOKE UPDATE ON event_private, submission, material FROM onewindow_app;
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM onewindow_app;
