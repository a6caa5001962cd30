-- The sessions of one user or one room, in the order of the files: a thousand workbooks don't read the ledger a thousand times.

CREATE INDEX session_of_user ON session (run_id, user_id, session_date, session_id);
CREATE INDEX session_of_room ON session (run_id, room_id, session_date, session_id);

-- A worker of the step render is called after its file, and that may be after a user.
ALTER TABLE batch_step_execution ALTER COLUMN step_name SET DATA TYPE VARCHAR(300);
