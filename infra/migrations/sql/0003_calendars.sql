-- What dates were counted with is evidence like the log itself: written once, changed by nobody.
CREATE TRIGGER calendar_notice_no_change BEFORE UPDATE OR DELETE ON calendar_notice
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER calendar_notice_no_truncate BEFORE TRUNCATE ON calendar_notice
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON calendar_notice TO onewindow_app;

-- Until now every date was counted with the two years that came with the first release.
UPDATE cases SET calendar = '2025-2026.1' WHERE engine_seq > 0;
