-- What buyers say of what they bought: one review of a product for each order.
CREATE TABLE market_reviews (
    id TEXT PRIMARY KEY, order_id TEXT NOT NULL, product TEXT NOT NULL, business TEXT NOT NULL,
    product_name TEXT NOT NULL, buyer_name TEXT NOT NULL, stars BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    words TEXT NOT NULL, made_at BIGINT NOT NULL, answer TEXT NOT NULL, answered_at BIGINT,
    reported_at BIGINT, report TEXT NOT NULL, judged_at BIGINT, hidden BOOLEAN NOT NULL,
    judgement TEXT NOT NULL, UNIQUE (order_id, product)
);
CREATE INDEX market_reviews_by_product ON market_reviews (product, id);
CREATE INDEX market_reviews_by_report ON market_reviews (id) WHERE reported_at IS NOT NULL AND judged_at IS NULL;
