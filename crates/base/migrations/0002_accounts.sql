-- People, where they belong, and how they prove who they are. No secret is stored as it was given:
-- passwords and tokens as hashes, second factors and telephone numbers sealed, recovery codes as blind indexes.
CREATE TABLE base_people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL,
    email TEXT UNIQUE, phone BYTEA, phone_blind TEXT UNIQUE, phone_mask TEXT, language TEXT NOT NULL, theme TEXT NOT NULL,
    password TEXT, organisation TEXT, created_at BIGINT NOT NULL
);
CREATE INDEX base_people_by_name_key ON base_people (name_key, id);

CREATE TABLE base_organisations (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL,
    code TEXT NOT NULL, reference TEXT, created_at BIGINT NOT NULL,
    UNIQUE (kind, code)
);
CREATE INDEX base_organisations_by_name_key ON base_organisations (name_key, id);
CREATE INDEX base_organisations_by_reference ON base_organisations (reference);

-- Closed, never deleted: who held which role on that day must stay answerable.
CREATE TABLE base_memberships (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, organisation TEXT NOT NULL, role TEXT NOT NULL,
    from_at BIGINT NOT NULL, until_at BIGINT
);
CREATE INDEX base_memberships_by_person ON base_memberships (person, organisation);
CREATE INDEX base_memberships_by_organisation ON base_memberships (organisation, id);

CREATE TABLE base_second_factors (
    person TEXT PRIMARY KEY, secret BYTEA, pending BYTEA, confirmed_at BIGINT, last_step BIGINT NOT NULL
);
CREATE TABLE base_recovery_codes (
    person TEXT NOT NULL, blind TEXT NOT NULL, used_at BIGINT, PRIMARY KEY (person, blind)
);

CREATE TABLE base_sessions (
    token_hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, organisation TEXT,
    stage TEXT NOT NULL, proven_at BIGINT, device TEXT NOT NULL, created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL, idle_ms BIGINT NOT NULL, expires_at BIGINT NOT NULL
);
CREATE INDEX base_sessions_by_person ON base_sessions (person, created_at);
CREATE INDEX base_sessions_by_expires_at ON base_sessions (expires_at);

-- Browsers from which a person has signed in before: strangers' attempts do not lock those out.
CREATE TABLE base_devices (
    token_hash TEXT PRIMARY KEY, person TEXT NOT NULL, expires_at BIGINT NOT NULL
);
CREATE INDEX base_devices_by_person ON base_devices (person);
CREATE INDEX base_devices_by_expires_at ON base_devices (expires_at);

CREATE TABLE base_attempts (scope TEXT PRIMARY KEY, empty_at BIGINT NOT NULL);
CREATE INDEX base_attempts_by_empty_at ON base_attempts (empty_at);

CREATE TABLE base_api_tokens (
    id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, person TEXT NOT NULL,
    organisation TEXT NOT NULL, name TEXT NOT NULL, permissions TEXT NOT NULL,
    created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, revoked_at BIGINT, used_at BIGINT
);
CREATE INDEX base_api_tokens_by_person ON base_api_tokens (person, id);

-- Links that set a new password, once.
CREATE TABLE base_resets (
    token_hash TEXT PRIMARY KEY, person TEXT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT
);
CREATE INDEX base_resets_by_expires_at ON base_resets (expires_at);
