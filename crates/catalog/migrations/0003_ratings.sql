-- What buyers think of a product, as the shop that sells it counts it.
CREATE TABLE catalog_ratings (
    product TEXT PRIMARY KEY, reviews BIGINT NOT NULL CHECK (reviews >= 0),
    stars BIGINT NOT NULL CHECK (stars >= 0)
);
