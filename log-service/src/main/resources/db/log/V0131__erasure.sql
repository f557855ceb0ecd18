-- An erased entry leaves its key behind, so that it is never stored again, and nothing else.
ALTER TABLE entry ADD COLUMN erased boolean NOT NULL DEFAULT false;

-- The person a call was for, as a keyed hash: by it the person's entries are found, one day after
-- the other, when they are to be erased. That is rare, so no index is paid for it.
ALTER TABLE entry ADD COLUMN user_hash bytea;

-- A day that entries were stored of after it was closed, once for each batch: whatever was made of
-- the closed day is not complete. Rows are only added here, so that no batch waits for another.
CREATE TABLE late_entries (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  day date NOT NULL
);
