-- The book. Rows are only ever added; balances are kept beside their lines and recomputed by verify.
-- Lines are born with their entry and do not reference it (guide 3.12).
CREATE TABLE ledger_entries (
    id TEXT PRIMARY KEY, what TEXT NOT NULL, subject TEXT NOT NULL, day TEXT NOT NULL,
    posted_at BIGINT NOT NULL, actor TEXT NOT NULL, reverses TEXT UNIQUE
);
CREATE INDEX ledger_entries_by_subject ON ledger_entries (subject, id);

-- A debit is positive, a credit negative.
CREATE TABLE ledger_lines (
    entry TEXT NOT NULL, position BIGINT NOT NULL, book TEXT NOT NULL, account TEXT NOT NULL,
    party TEXT NOT NULL, amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry, position)
);
CREATE INDEX ledger_lines_by_account ON ledger_lines (account, party, entry, position);

CREATE TABLE ledger_balances (
    account TEXT NOT NULL, party TEXT NOT NULL, balance BIGINT NOT NULL, PRIMARY KEY (account, party)
);
CREATE INDEX ledger_balances_by_party ON ledger_balances (party, account);
