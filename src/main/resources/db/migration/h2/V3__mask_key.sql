-- One random key for the masks of people's data in the files, as long as this database lives: the same ledger must give
-- the same files again, and revisions must be comparable. It leaves this table for the rendering alone.
CREATE TABLE mask_key (
  secret VARBINARY(32) NOT NULL
);

INSERT INTO mask_key (secret) VALUES (SECURE_RAND(32));
