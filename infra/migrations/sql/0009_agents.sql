-- 帮办代办员: one more role that an account may hold.
ALTER TABLE staff_grant DROP CONSTRAINT known_role;
ALTER TABLE staff_grant ADD CONSTRAINT known_role
    CHECK (role IN ('clerk', 'reviewer', 'director', 'supervisor', 'agent', 'helper', 'admin'));

-- Who authorised whom, who agreed and who helped is evidence: written once, changed by nobody.
CREATE TRIGGER authorisation_event_no_change BEFORE UPDATE OR DELETE ON authorisation_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER authorisation_event_no_truncate BEFORE TRUNCATE ON authorisation_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guardian_consent_no_change BEFORE UPDATE OR DELETE ON guardian_consent
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guardian_consent_no_truncate BEFORE TRUNCATE ON guardian_consent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assistance_no_change BEFORE UPDATE OR DELETE ON assistance
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assistance_no_truncate BEFORE TRUNCATE ON assistance
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON authorisation_event, guardian_consent, assistance TO onewindow_app;
-- Of an authorisation or a status only the end is written later; what was agreed to stays as it was.
GRANT SELECT, INSERT ON authorisation, subject_status TO onewindow_app;
GRANT UPDATE (confirmed_at, ended_at, ended_why) ON authorisation TO onewindow_app;
GRANT UPDATE (lifted_at, lifted_by) ON subject_status TO onewindow_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON consent_code TO onewindow_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO onewindow_app;
