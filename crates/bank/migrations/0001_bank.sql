-- A bank that is played: partners, the codes they asked for, what was paid, and books. Secrets lie open, for
-- they guard no money.
CREATE TABLE bank_keys (id TEXT PRIMARY KEY, pem TEXT NOT NULL);

CREATE TABLE bank_partners (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, client_key TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL, public_key TEXT NOT NULL, merchant TEXT NOT NULL UNIQUE, notify TEXT NOT NULL,
    joined_at BIGINT NOT NULL
);

CREATE TABLE bank_tokens (hash TEXT PRIMARY KEY, partner TEXT NOT NULL, until BIGINT NOT NULL);

-- The number of each request of a day.
CREATE TABLE bank_requests (
    partner TEXT NOT NULL, day TEXT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (partner, day, number)
);

CREATE TABLE bank_codes (
    reference TEXT PRIMARY KEY, partner TEXT NOT NULL, partner_reference TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0), content TEXT NOT NULL UNIQUE, until BIGINT NOT NULL,
    made_at BIGINT NOT NULL, paid_at BIGINT, refunded BIGINT NOT NULL,
    UNIQUE (partner, partner_reference)
);
CREATE INDEX bank_codes_by_time ON bank_codes (made_at, reference);

CREATE TABLE bank_refunds (
    id TEXT PRIMARY KEY, partner TEXT NOT NULL, partner_refund TEXT NOT NULL, code TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0), made_at BIGINT NOT NULL, UNIQUE (partner, partner_refund)
);

-- Two lines for each movement: what one account gains another loses.
CREATE TABLE bank_lines (
    entry TEXT NOT NULL, account TEXT NOT NULL, amount BIGINT NOT NULL CHECK (amount <> 0),
    what TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (entry, account)
);
CREATE INDEX bank_lines_by_account ON bank_lines (account, entry);
