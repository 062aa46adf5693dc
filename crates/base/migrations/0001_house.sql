-- Counters, answers by key, and the rooms of the house: TEXT, BIGINT, BOOLEAN and BYTEA only.
CREATE TABLE base_counters (series TEXT PRIMARY KEY, last BIGINT NOT NULL);
CREATE TABLE base_answers (
    key TEXT PRIMARY KEY, answer TEXT NOT NULL,
    sent TEXT NOT NULL, -- a fingerprint of what was asked under this key
    at BIGINT NOT NULL
);
CREATE INDEX base_answers_by_at ON base_answers (at);

-- Rules that change in time: one row per version. A version that was in force stays readable for
-- ever, so its row is closed by valid_to and never deleted.
CREATE TABLE base_policies (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, version BIGINT NOT NULL, state TEXT NOT NULL,
    body TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT,
    instrument TEXT NOT NULL, instrument_number TEXT NOT NULL, instrument_year BIGINT,
    instrument_article TEXT NOT NULL, instrument_note TEXT NOT NULL, instrument_date TEXT,
    mark TEXT NOT NULL, origin_city TEXT, origin_version BIGINT,
    based_on BIGINT, -- the version whose text it began with
    author TEXT NOT NULL, drafted_at BIGINT NOT NULL,
    approver TEXT, approved_at BIGINT, withdrawn_at BIGINT, withdrawal_reason TEXT,
    UNIQUE (kind, version)
);

-- Who has to act until when. `due` is the last day; `sweep_at` is the moment after it. A deadline
-- that passed stays open while the case still waits for the same act.
CREATE TABLE base_deadlines (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, kind TEXT NOT NULL, address TEXT NOT NULL,
    link TEXT, set_at BIGINT NOT NULL, due TEXT NOT NULL, outcome TEXT NOT NULL,
    remind_at BIGINT, remind_then TEXT NOT NULL, reminders BIGINT NOT NULL,
    sweep_at BIGINT NOT NULL, failure TEXT, open BOOLEAN NOT NULL,
    met_at BIGINT, passed_at BIGINT, cancelled_at BIGINT
);
CREATE UNIQUE INDEX base_deadlines_open ON base_deadlines (subject, kind) WHERE open;
CREATE INDEX base_deadlines_by_address ON base_deadlines (address, due, id) WHERE open;
CREATE INDEX base_deadlines_to_sweep ON base_deadlines (sweep_at, id) WHERE passed_at IS NULL AND open;
CREATE INDEX base_deadlines_to_remind ON base_deadlines (remind_at, id) WHERE passed_at IS NULL AND open;

-- How far each consumer has come in the city's series of events, and what it could not handle.
CREATE TABLE base_cursors (
    consumer TEXT PRIMARY KEY, seq BIGINT NOT NULL, failures BIGINT NOT NULL,
    retry_at BIGINT NOT NULL, error TEXT
);
CREATE TABLE base_parked_events (
    consumer TEXT NOT NULL, event TEXT NOT NULL, seq BIGINT NOT NULL, kind TEXT NOT NULL,
    error TEXT NOT NULL, parked_at BIGINT NOT NULL, resolved_at BIGINT,
    PRIMARY KEY (consumer, event)
);

-- Work that follows a commit. A finished job leaves; a dead one stays until somebody acts.
CREATE TABLE base_jobs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, data TEXT NOT NULL, run_at BIGINT NOT NULL,
    locked_until BIGINT NOT NULL, attempts BIGINT NOT NULL, made_at BIGINT NOT NULL,
    error TEXT, dead_at BIGINT
);
CREATE INDEX base_jobs_waiting ON base_jobs (run_at, id) WHERE dead_at IS NULL;
CREATE INDEX base_jobs_dead ON base_jobs (dead_at, id) WHERE dead_at IS NOT NULL;

-- Messages inside the program, and letters that leave it.
CREATE TABLE base_messages (
    id TEXT PRIMARY KEY, address TEXT NOT NULL, key TEXT NOT NULL, args TEXT NOT NULL, link TEXT,
    created_at BIGINT NOT NULL, read_at BIGINT, read_by TEXT
);
CREATE INDEX base_messages_by_address ON base_messages (address, id);
CREATE INDEX base_messages_unread ON base_messages (address) WHERE read_at IS NULL;
CREATE TABLE base_mails (
    id TEXT PRIMARY KEY, recipient TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT, created_at BIGINT NOT NULL, ended_at BIGINT
);
CREATE INDEX base_mails_by_state ON base_mails (state, id);

-- Numbered papers. The paper itself is JSON; its hash also stands in the event of its issue.
CREATE TABLE base_documents (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, office TEXT NOT NULL, subject TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE, year BIGINT NOT NULL, serial BIGINT NOT NULL,
    check_code TEXT NOT NULL UNIQUE, paper TEXT NOT NULL, paper_hash TEXT NOT NULL,
    issued_at BIGINT NOT NULL, issued_by TEXT NOT NULL,
    revoked_at BIGINT, revoked_by TEXT, revoke_reason TEXT
);
CREATE INDEX base_documents_by_subject ON base_documents (subject, id);
CREATE INDEX base_documents_by_series ON base_documents (kind, office, year, serial);

-- Seals over finished stretches of events. `leaves` are the hashes of the single events.
CREATE TABLE base_seals (
    number BIGINT PRIMARY KEY, first_seq BIGINT NOT NULL, last_seq BIGINT NOT NULL,
    leaves BYTEA NOT NULL, root TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL,
    signature TEXT NOT NULL, sealed_at BIGINT NOT NULL
);
