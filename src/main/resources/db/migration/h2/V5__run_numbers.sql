-- H2 takes 32 numbers at a time, and those of a process that dies are lost: people type these numbers.

ALTER TABLE run ALTER COLUMN run_id SET NO CACHE;
