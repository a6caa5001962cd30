-- A session's call details and recordings are written and read with it and never without, so they are a part of its row:
-- JSON, an array each with the fields in the order of the records, times in milliseconds since 1970, numbers with the
-- digits that they came with. Rows of their own, with keys of their own, cost more than all else that the ledger does.

ALTER TABLE session ADD COLUMN IF NOT EXISTS call_detail_rows VARCHAR DEFAULT '[]' NOT NULL;
ALTER TABLE session ADD COLUMN IF NOT EXISTS recording_rows VARCHAR DEFAULT '[]' NOT NULL;

UPDATE session s SET call_detail_rows = (
       SELECT CAST(JSON_ARRAYAGG(
                     JSON_ARRAY(d.call_num, d.call_log_id, CAST(EXTRACT(EPOCH FROM d.connect_dt) * 1000 AS BIGINT),
                                CAST(EXTRACT(EPOCH FROM d.disconnect_dt) * 1000 AS BIGINT), d.duration, d.user_ref, d.name,
                                d.role, d.ip, d.agent NULL ON NULL)
                     ORDER BY d.ordinal) AS VARCHAR)
         FROM call_detail d
        WHERE d.run_id = s.run_id AND d.session_id = s.session_id)
 WHERE s.call_details > 0;

UPDATE session s SET recording_rows = (
       SELECT CAST(JSON_ARRAYAGG(
                     JSON_ARRAY(d.file, d.play_time, d.stage, CAST(EXTRACT(EPOCH FROM d.start_time) * 1000 AS BIGINT),
                                CAST(EXTRACT(EPOCH FROM d.end_time) * 1000 AS BIGINT), d.file_size NULL ON NULL)
                     ORDER BY d.ordinal) AS VARCHAR)
         FROM recording d
        WHERE d.run_id = s.run_id AND d.session_id = s.session_id)
 WHERE s.recordings > 0;
