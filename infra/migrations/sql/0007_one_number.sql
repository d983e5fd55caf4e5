-- Who looked at whose data is evidence like the log itself: written once, changed by nobody.
CREATE TRIGGER look_up_no_change BEFORE UPDATE OR DELETE ON look_up
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER look_up_no_truncate BEFORE TRUNCATE ON look_up
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON look_up, subject_paper TO onewindow_app;
GRANT SELECT, INSERT, UPDATE ON subject_tie, demo_register TO onewindow_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO onewindow_app;
