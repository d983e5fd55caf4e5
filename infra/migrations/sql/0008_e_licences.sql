-- What departments said of a licence, what its holder agreed to and took back, and who used it: written once.
DO $$
DECLARE kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['e_licence_event', 'licence_consent', 'licence_consent_end', 'licence_use'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
            kept || '_no_change', kept);
        EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
            kept || '_no_truncate', kept);
    END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE ON e_licence TO onewindow_app;
GRANT SELECT, INSERT ON e_licence_event, licence_consent, licence_consent_end, licence_use TO onewindow_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO onewindow_app;
