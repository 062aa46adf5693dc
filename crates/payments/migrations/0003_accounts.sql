-- Numbers of the bank that are paid into for one bill.
CREATE TABLE payments_accounts (
    reference TEXT PRIMARY KEY, bill TEXT NOT NULL UNIQUE, collector TEXT NOT NULL, customer TEXT NOT NULL,
    name TEXT NOT NULL, state TEXT NOT NULL, asked_at BIGINT NOT NULL, UNIQUE (collector, customer)
);

-- The number under which the bank was asked for the code that is shown.
ALTER TABLE payments_bills ADD COLUMN reference TEXT NOT NULL DEFAULT '';
UPDATE payments_bills SET reference = COALESCE((
    SELECT c.reference FROM payments_codes c WHERE c.bill = payments_bills.id
    ORDER BY c.asked_at DESC, c.reference DESC LIMIT 1), '')
WHERE code <> '';

-- Which payment of a bill goes back, and how often the bank was asked to send it to an account.
ALTER TABLE payments_refunds ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE payments_refunds ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
UPDATE payments_refunds SET reference = COALESCE((
    SELECT r.reference FROM payments_receipts r WHERE r.bill = payments_refunds.bill ORDER BY r.id LIMIT 1), '');
