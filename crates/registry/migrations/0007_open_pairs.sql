-- Whether a record is half of an undecided pair is asked for every row of the queue.
CREATE INDEX registry_pairs_open_newer ON registry_pairs (newer) WHERE decided_at IS NULL;
CREATE INDEX registry_pairs_open_older ON registry_pairs (older) WHERE decided_at IS NULL;
