-- Who trades in this city. NIK and telephone numbers lie sealed, are found by a blind index and shown
-- by a mask; a number that its owner shows to everybody stands beside that in clear. Money is rupiah, points are millionths of a degree, days are YYYY-MM-DD.
CREATE TABLE registry_owners (
    id         TEXT   PRIMARY KEY,
    name       TEXT   NOT NULL,
    person     TEXT,
    nik_sealed BYTEA,
    nik_blind  TEXT,
    nik_mask   TEXT,
    phone      BYTEA,
    phone_blind TEXT,
    phone_mask TEXT,
    created_at BIGINT NOT NULL,
    version    BIGINT NOT NULL
);
CREATE UNIQUE INDEX registry_owners_by_nik ON registry_owners (nik_blind);
CREATE INDEX registry_owners_by_person ON registry_owners (person);
CREATE INDEX registry_owners_by_phone ON registry_owners (phone_blind);

CREATE TABLE registry_businesses (
    id              TEXT   PRIMARY KEY,
    number          TEXT   NOT NULL UNIQUE,
    owner_id        TEXT   NOT NULL,
    organisation    TEXT,
    name            TEXT   NOT NULL,
    name_key        TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    street          TEXT   NOT NULL,
    rt              TEXT,
    rw              TEXT,
    district        TEXT,
    village         TEXT,
    latitude        BIGINT,
    longitude       BIGINT,
    category        TEXT   NOT NULL,
    activity        TEXT   NOT NULL,
    kbli            TEXT,
    nib             TEXT,
    phone           BYTEA,
    phone_blind     TEXT,
    phone_mask      TEXT,
    public_phone    TEXT,
    annual_sales    BIGINT,
    assets          BIGINT,
    workers         BIGINT,
    size_class      TEXT,
    photo           TEXT,
    story           TEXT   NOT NULL,
    source          TEXT   NOT NULL,
    entered_by      TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL,
    verified_at     BIGINT,
    verified_by     TEXT,
    decision_note   TEXT   NOT NULL,
    merged_into     TEXT,
    version         BIGINT NOT NULL
);
CREATE INDEX registry_businesses_by_owner ON registry_businesses (owner_id);
CREATE INDEX registry_businesses_by_organisation ON registry_businesses (organisation);
CREATE INDEX registry_businesses_by_state ON registry_businesses (state, changed_at, id);
CREATE INDEX registry_businesses_by_name ON registry_businesses (name_key, id);
CREATE INDEX registry_businesses_by_village ON registry_businesses (village, name_key);
CREATE INDEX registry_businesses_by_nib ON registry_businesses (nib);
CREATE INDEX registry_businesses_by_phone ON registry_businesses (phone_blind);

-- What an import or a check found wrong with a business, until an officer settles it.
CREATE TABLE registry_doubts (
    id          TEXT   PRIMARY KEY,
    business_id TEXT   NOT NULL,
    field       TEXT   NOT NULL,
    code        TEXT   NOT NULL,
    read        TEXT   NOT NULL,
    raised_at   BIGINT NOT NULL,
    settled_at  BIGINT
);
CREATE INDEX registry_doubts_by_business ON registry_doubts (business_id, id);

-- Two records that may be one business, until a person says so or not.
CREATE TABLE registry_pairs (
    id         TEXT   PRIMARY KEY,
    newer      TEXT   NOT NULL,
    older      TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    found_at   BIGINT NOT NULL,
    decided_at BIGINT,
    same       BOOLEAN,
    UNIQUE (newer, older)
);
CREATE INDEX registry_pairs_open ON registry_pairs (found_at, id) WHERE decided_at IS NULL;

-- Files that were brought in, the mapping of their columns, and what became of their rows.
CREATE TABLE registry_imports (
    id           TEXT   PRIMARY KEY,
    file         TEXT   NOT NULL,
    sha256       TEXT   NOT NULL,
    mapping      TEXT   NOT NULL,
    summary      TEXT   NOT NULL,
    brought_by   TEXT   NOT NULL,
    brought_at   BIGINT NOT NULL,
    applied_at   BIGINT,
    rows_done    BIGINT NOT NULL
);
CREATE INDEX registry_imports_by_time ON registry_imports (brought_at, id);
-- Which row of which list became which business: the same row of the same list adds nothing again.
CREATE TABLE registry_import_rows (
    fingerprint TEXT   PRIMARY KEY,
    import_id   TEXT   NOT NULL,
    sheet       TEXT   NOT NULL,
    line        BIGINT NOT NULL,
    business_id TEXT   NOT NULL
);
CREATE INDEX registry_import_rows_by_business ON registry_import_rows (business_id);
CREATE INDEX registry_import_rows_by_import ON registry_import_rows (import_id, sheet, line);
CREATE TABLE registry_shapes (shape TEXT PRIMARY KEY, mapping TEXT NOT NULL, taught_at BIGINT NOT NULL);
