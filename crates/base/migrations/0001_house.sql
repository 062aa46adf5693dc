-- Counters, answers by key, and the rooms of the house: TEXT, BIGINT, BOOLEAN and BYTEA only.
CREATE TABLE base_counters (series TEXT PRIMARY KEY, last BIGINT NOT NULL);
CREATE TABLE base_answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL, at BIGINT NOT NULL);
CREATE INDEX base_answers_by_at ON base_answers (at);
