-- Papers and photos that show a business. The file lies sealed; a picture of an identity card is
-- destroyed once an officer has compared it, and only the fact stays.
CREATE TABLE registry_evidence (
    id           TEXT   PRIMARY KEY,
    business_id  TEXT   NOT NULL,
    what         TEXT   NOT NULL,
    file         TEXT,
    media        TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    reason       TEXT   NOT NULL,
    handed_in_by TEXT   NOT NULL,
    handed_in_at BIGINT NOT NULL,
    checked_by   TEXT,
    checked_at   BIGINT
);
CREATE INDEX registry_evidence_by_business ON registry_evidence (business_id, id);
CREATE INDEX registry_evidence_waiting ON registry_evidence (business_id) WHERE state = 'waiting';

-- Officers who went there and looked. Points are millionths of a degree.
CREATE TABLE registry_visits (
    id          TEXT   PRIMARY KEY,
    business_id TEXT   NOT NULL,
    visited_on  TEXT   NOT NULL,
    place       TEXT   NOT NULL,
    latitude    BIGINT,
    longitude   BIGINT,
    finding     TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    photo       TEXT   NOT NULL,
    noted_by    TEXT   NOT NULL,
    noted_at    BIGINT NOT NULL
);
CREATE INDEX registry_visits_by_business ON registry_visits (business_id, id);

-- What owners want changed of a checked record, and what officers changed of it: old beside new.
CREATE TABLE registry_changes (
    id          TEXT   PRIMARY KEY,
    business_id TEXT   NOT NULL,
    old_values  TEXT   NOT NULL,
    new_values  TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    asked_by    TEXT   NOT NULL,
    asked_at    BIGINT NOT NULL,
    decided_by  TEXT,
    decided_at  BIGINT,
    reason      TEXT   NOT NULL
);
CREATE INDEX registry_changes_by_business ON registry_changes (business_id, id);
CREATE UNIQUE INDEX registry_changes_waiting ON registry_changes (business_id) WHERE state = 'waiting';
