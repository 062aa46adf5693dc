-- What partners paid out of their accounts.
CREATE TABLE bank_transfers (
    id TEXT PRIMARY KEY, partner TEXT NOT NULL, partner_reference TEXT NOT NULL, account TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0), made_at BIGINT NOT NULL, UNIQUE (partner, partner_reference)
);
