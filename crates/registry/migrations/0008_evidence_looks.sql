-- Which officer opened which personal paper: who accepts one has seen it.
CREATE TABLE registry_evidence_looks (
    evidence_id TEXT   NOT NULL,
    looked_by   TEXT   NOT NULL,
    looked_at   BIGINT NOT NULL,
    PRIMARY KEY (evidence_id, looked_by)
);
