-- Where sellers are paid, sealed, and what they were paid, in batches that two persons let go.
CREATE TABLE payments_payees (
    party TEXT PRIMARY KEY, sealed BYTEA NOT NULL, shown TEXT NOT NULL, changed_at BIGINT NOT NULL
);

CREATE TABLE payments_batches (
    id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, state TEXT NOT NULL, total BIGINT NOT NULL,
    payouts BIGINT NOT NULL, proposed_by TEXT NOT NULL, proposed_at BIGINT NOT NULL, decided_by TEXT,
    decided_at BIGINT, reason TEXT NOT NULL
);
CREATE INDEX payments_batches_by_state ON payments_batches (state, id);

CREATE TABLE payments_payouts (
    id TEXT PRIMARY KEY, batch TEXT NOT NULL, party TEXT NOT NULL, amount BIGINT NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL, shown TEXT NOT NULL, bank_reference TEXT NOT NULL, ended_at BIGINT
);
CREATE INDEX payments_payouts_by_batch ON payments_payouts (batch, id);
CREATE INDEX payments_payouts_by_party ON payments_payouts (party, id);
