-- Goods and their stock. A stock is the sum of its moves, kept beside them.
CREATE TABLE catalog_products (
    id          TEXT    PRIMARY KEY,
    business_id TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    description TEXT    NOT NULL,
    category    TEXT    NOT NULL,
    unit        TEXT    NOT NULL,
    price       BIGINT  NOT NULL CHECK (price > 0),
    stock       BIGINT  NOT NULL CHECK (stock >= 0),
    lead_days   BIGINT  NOT NULL,
    domestic    BOOLEAN NOT NULL,
    variants    TEXT    NOT NULL,
    photos      TEXT    NOT NULL,
    offered     BOOLEAN NOT NULL,
    created_at  BIGINT  NOT NULL,
    changed_at  BIGINT  NOT NULL,
    version     BIGINT  NOT NULL
);
CREATE INDEX catalog_products_by_business ON catalog_products (business_id, id);
CREATE INDEX catalog_products_newest ON catalog_products (created_at, id);
CREATE TABLE catalog_stock_moves (
    id         TEXT   PRIMARY KEY,
    product_id TEXT   NOT NULL,
    count      BIGINT NOT NULL,
    reason     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    actor      TEXT   NOT NULL
);
CREATE INDEX catalog_stock_moves_by_product ON catalog_stock_moves (product_id, id);
