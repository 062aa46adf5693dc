-- What was wrong with an order, as its buyer says, and how it was settled. An order has one at most.
CREATE TABLE market_complaints (
    id TEXT PRIMARY KEY, order_id TEXT NOT NULL UNIQUE, business TEXT NOT NULL, kind TEXT NOT NULL,
    words TEXT NOT NULL, photo TEXT NOT NULL, claimed BIGINT NOT NULL CHECK (claimed > 0),
    stage TEXT NOT NULL, opened_at BIGINT NOT NULL, offered BIGINT, answer TEXT NOT NULL,
    answer_photo TEXT NOT NULL, answered_at BIGINT, reply TEXT NOT NULL, replied_at BIGINT,
    refunded BIGINT, decision TEXT NOT NULL, settled_by TEXT NOT NULL, settled_at BIGINT
);
CREATE INDEX market_complaints_by_stage ON market_complaints (stage, id);
CREATE INDEX market_complaints_by_business ON market_complaints (business, stage, id);

CREATE TABLE market_complaint_lines (
    complaint TEXT NOT NULL, position BIGINT NOT NULL, count BIGINT NOT NULL CHECK (count > 0),
    PRIMARY KEY (complaint, position)
);
