-- What an officer said of a pair and why, what a merger changed of the record that was kept, and
-- whether it was taken back.
CREATE TABLE registry_pair_decisions (
    id           TEXT    PRIMARY KEY,
    pair_id      TEXT    NOT NULL,
    same         BOOLEAN NOT NULL,
    why          TEXT    NOT NULL,
    note         TEXT    NOT NULL,
    earlier      TEXT    NOT NULL,
    kept_version BIGINT  NOT NULL,
    decided_by   TEXT    NOT NULL,
    decided_at   BIGINT  NOT NULL,
    undone_by    TEXT,
    undone_at    BIGINT,
    undone_note  TEXT    NOT NULL
);
CREATE INDEX registry_pair_decisions_by_pair ON registry_pair_decisions (pair_id, id);
-- Further codes of KBLI 2020 beside the main one, with blanks between them.
ALTER TABLE registry_businesses ADD COLUMN more_kbli TEXT NOT NULL DEFAULT '';
