-- Orders that are paid before they are prepared.
ALTER TABLE market_orders ADD COLUMN paid_at BIGINT;
ALTER TABLE market_orders ADD COLUMN lead_days BIGINT NOT NULL DEFAULT 0;
CREATE INDEX market_orders_by_business ON market_orders (business, id);
