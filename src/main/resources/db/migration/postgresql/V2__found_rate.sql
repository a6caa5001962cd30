-- When the next request of an account may start, and what is known of its limit, for all processes that ask the API.
-- Not logged: what is lost with the server is found again, and many processes change a row without waiting for a disk.
-- accepted: requests that the API has accepted.
-- rate: JSON of the class FoundRate; null while nothing is known.
DROP TABLE request_turn;

CREATE UNLOGGED TABLE request_turn (
  account VARCHAR(64) PRIMARY KEY,
  next_micros BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  rate TEXT COLLATE "C"
);
