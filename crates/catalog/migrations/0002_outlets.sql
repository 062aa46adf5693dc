-- Which businesses sell to the public at the moment.
CREATE TABLE catalog_outlets (
    business TEXT PRIMARY KEY, open BOOLEAN NOT NULL, changed_at BIGINT NOT NULL
);
