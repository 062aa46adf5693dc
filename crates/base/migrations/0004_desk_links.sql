-- A new link ends the older ones, but one by letter leaves the one given at the desk alone.
ALTER TABLE base_resets ADD COLUMN by_desk BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX base_resets_by_person ON base_resets (person);
