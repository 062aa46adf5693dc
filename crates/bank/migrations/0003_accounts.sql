-- Numbers that are paid into for one bill: as a payer types them, without blanks.
CREATE TABLE bank_accounts (
    reference TEXT PRIMARY KEY, partner TEXT NOT NULL, partner_reference TEXT NOT NULL, number TEXT NOT NULL UNIQUE,
    collector TEXT NOT NULL, customer TEXT NOT NULL, name TEXT NOT NULL, amount BIGINT NOT NULL CHECK (amount > 0),
    until BIGINT NOT NULL, made_at BIGINT NOT NULL, paid_at BIGINT, UNIQUE (partner, partner_reference)
);
CREATE INDEX bank_accounts_by_time ON bank_accounts (made_at, reference);
