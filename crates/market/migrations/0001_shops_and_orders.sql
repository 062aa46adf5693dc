-- Shops that sell to the public, and what the public ordered from them. Names and prices are frozen in
-- an order; who the buyer is lies sealed. Orders are born with their group and do not reference it.
CREATE TABLE market_shops (
    business TEXT PRIMARY KEY, organisation TEXT NOT NULL, open BOOLEAN NOT NULL,
    pickup BOOLEAN NOT NULL, pickup_place TEXT NOT NULL, pickup_hours TEXT NOT NULL,
    courier BOOLEAN NOT NULL, opened_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- What one buyer ordered at once, of however many sellers.
CREATE TABLE market_groups (
    id TEXT PRIMARY KEY, buyer BYTEA NOT NULL, phone_blind TEXT NOT NULL, village TEXT NOT NULL,
    payment TEXT NOT NULL, total BIGINT NOT NULL, placed_at BIGINT NOT NULL
);
CREATE INDEX market_groups_by_phone ON market_groups (phone_blind, id);

-- The part of one seller.
CREATE TABLE market_orders (
    id TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, group_id TEXT NOT NULL, business TEXT NOT NULL,
    organisation TEXT NOT NULL, seller_name TEXT NOT NULL, seller_number TEXT NOT NULL,
    buyer_name TEXT NOT NULL, village TEXT NOT NULL, payment TEXT NOT NULL, state TEXT NOT NULL,
    delivery TEXT NOT NULL, place TEXT NOT NULL, goods BIGINT NOT NULL CHECK (goods > 0),
    fee BIGINT NOT NULL CHECK (fee >= 0), placed_at BIGINT NOT NULL, ready_at BIGINT,
    handed_over_at BIGINT, completed_at BIGINT, ended_at BIGINT, waits_until TEXT,
    reason TEXT NOT NULL, changed_at BIGINT NOT NULL
);
CREATE INDEX market_orders_by_group ON market_orders (group_id, id);
CREATE INDEX market_orders_by_organisation ON market_orders (organisation, id);
CREATE INDEX market_orders_by_state ON market_orders (organisation, state, id);

CREATE TABLE market_order_lines (
    order_id TEXT NOT NULL, position BIGINT NOT NULL, product TEXT NOT NULL, name TEXT NOT NULL,
    unit TEXT NOT NULL, variant TEXT NOT NULL, category TEXT NOT NULL, price BIGINT NOT NULL CHECK (price > 0),
    count BIGINT NOT NULL CHECK (count > 0), PRIMARY KEY (order_id, position)
);
CREATE INDEX market_order_lines_by_product ON market_order_lines (product, order_id);
