-- With all that a listing is compared by, so that the rows themselves need not be read for it.

DROP INDEX IF EXISTS session_in_order;
CREATE INDEX session_in_order ON session (run_id, session_date, session_id, app_type, unlisted);
