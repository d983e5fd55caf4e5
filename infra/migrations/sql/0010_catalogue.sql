-- Why nobody could apply for something is asked years later: written once, changed by nobody.
CREATE TRIGGER item_turn_no_change BEFORE UPDATE OR DELETE ON item_turn
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER item_turn_no_truncate BEFORE TRUNCATE ON item_turn
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON item_turn TO onewindow_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO onewindow_app;

-- Until now a version was published and that was all.
INSERT INTO item_turn (code, turn, version, on_day, reason, at, by)
SELECT code, 'published', version, coalesce((body::json ->> 'effective')::date, published_at::date), '', published_at, 'system'
FROM item_version ORDER BY published_at, code, version;
