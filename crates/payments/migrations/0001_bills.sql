-- Bills that are paid at a bank, what came in for them, and what a person must look at. How the city
-- connects to the bank, and what the bank sent, lie sealed.
CREATE TABLE payments_banks (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, profile BYTEA NOT NULL, connected_at BIGINT NOT NULL
);

CREATE TABLE payments_bills (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL UNIQUE, amount BIGINT NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL, made_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, ended_at BIGINT,
    bank_reference TEXT NOT NULL, code TEXT NOT NULL
);
CREATE INDEX payments_bills_by_state ON payments_bills (state, expires_at);

-- Each time a code was asked for; the bank knows the bill by this number.
CREATE TABLE payments_codes (
    reference TEXT PRIMARY KEY, bill TEXT NOT NULL, asked_at BIGINT NOT NULL
);
CREATE INDEX payments_codes_by_bill ON payments_codes (bill, reference);

-- Money that came in: once for each code.
CREATE TABLE payments_receipts (
    id TEXT PRIMARY KEY, bill TEXT NOT NULL, reference TEXT NOT NULL UNIQUE, bank_reference TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0), received_at BIGINT NOT NULL
);
CREATE INDEX payments_receipts_by_bill ON payments_receipts (bill, id);

CREATE TABLE payments_notices (
    id TEXT PRIMARY KEY, day TEXT NOT NULL, number TEXT NOT NULL, digest TEXT NOT NULL,
    body BYTEA NOT NULL, fate TEXT NOT NULL, received_at BIGINT NOT NULL, UNIQUE (day, number)
);

CREATE TABLE payments_cases (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, bill TEXT NOT NULL, reference TEXT NOT NULL,
    amount BIGINT NOT NULL, opened_at BIGINT NOT NULL, settled_at BIGINT, settled_by TEXT,
    outcome TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (kind, reference)
);
CREATE INDEX payments_cases_by_settled ON payments_cases (settled_at, id);

CREATE TABLE payments_refunds (
    id TEXT PRIMARY KEY, bill TEXT NOT NULL, amount BIGINT NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL, made_at BIGINT NOT NULL, ended_at BIGINT
);
CREATE INDEX payments_refunds_by_bill ON payments_refunds (bill, id);
