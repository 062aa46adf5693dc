-- Lists that officers brought through the page: where the sealed file lies, its sealed report, how many
-- of its rows enter, and the first rows that somebody should look at.
CREATE TABLE registry_lists (
    import_id TEXT   PRIMARY KEY,
    file      TEXT   NOT NULL,
    report    TEXT   NOT NULL,
    rows_all  BIGINT NOT NULL,
    odd       TEXT   NOT NULL,
    state     TEXT   NOT NULL
);
