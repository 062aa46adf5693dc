-- Lists that officers brought through the page: where the sealed file lies, how many of its rows
-- enter, how many had come in before, and the first rows that somebody should look at.
CREATE TABLE registry_lists (
    import_id  TEXT   PRIMARY KEY,
    file       TEXT   NOT NULL,
    rows_all   BIGINT NOT NULL,
    rows_again BIGINT NOT NULL,
    odd        TEXT   NOT NULL,
    state      TEXT   NOT NULL
);
-- The sealed report of each list, in pieces.
CREATE TABLE registry_list_pieces (
    id        TEXT   PRIMARY KEY,
    import_id TEXT   NOT NULL,
    place     BIGINT NOT NULL,
    file      TEXT   NOT NULL
);
CREATE INDEX registry_list_pieces_by_import ON registry_list_pieces (import_id, place);
CREATE INDEX registry_list_pieces_by_file ON registry_list_pieces (file);
