-- A session at a terminal is a kind of its own: it opens the terminal's pages only, and ends after a minute.
ALTER TABLE session DROP CONSTRAINT known_kind;
ALTER TABLE session ADD CONSTRAINT known_kind CHECK (kind IN ('web', 'api', 'kiosk'));

GRANT SELECT, INSERT, UPDATE, DELETE ON file_scan TO onewindow_app;
GRANT SELECT, INSERT, UPDATE ON kiosk, kiosk_call TO onewindow_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO onewindow_app;

-- What was handed in until now was seen by no scanner: one that is set up looks at it.
INSERT INTO file_scan (file, state, found, scanner, at)
SELECT file, 'unscanned', '', 'none', now() FROM material WHERE file IS NOT NULL GROUP BY file;
