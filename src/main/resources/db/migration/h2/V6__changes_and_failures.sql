-- changes: how often the run's listings held the session otherwise than the one before, or not any more, or again.

ALTER TABLE session ADD COLUMN IF NOT EXISTS changes INTEGER DEFAULT 0 NOT NULL;

-- failure: why the last launch failed, as it was said then.

ALTER TABLE run ADD COLUMN IF NOT EXISTS failure VARCHAR;
