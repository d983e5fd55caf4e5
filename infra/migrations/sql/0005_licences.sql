-- What became of a licence, and who is barred, is evidence like the log itself: written once, changed by nobody.
CREATE TRIGGER licence_event_no_change BEFORE UPDATE OR DELETE ON licence_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER licence_event_no_truncate BEFORE TRUNCATE ON licence_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER licence_bar_no_change BEFORE UPDATE OR DELETE ON licence_bar
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER licence_bar_no_truncate BEFORE TRUNCATE ON licence_bar
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON licence_event, licence_bar, notice, sms TO onewindow_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO onewindow_app;

-- Until now a licence was issued and that was all.
INSERT INTO licence_event (number, n, turn, state, version, valid_until, on_day, at, case_no)
SELECT l.number, 1, 'issued', 'valid', 1, l.valid_until, l.issued_on, e.at, l.case_no
FROM licence l JOIN case_event e ON e.case_no = l.case_no AND e.kind = 'licence_issued';
