-- Lists that officers brought through the page: where the sealed file lies, and its sealed report.
CREATE TABLE registry_lists (
    import_id TEXT   PRIMARY KEY,
    file      TEXT   NOT NULL,
    report    TEXT,
    refused   TEXT,
    state     TEXT   NOT NULL
);
