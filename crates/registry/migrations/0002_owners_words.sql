-- What an owner says of themselves is not yet what the city knows: a NIK they typed is kept beside
-- the checked one until an officer has verified one of their businesses.
ALTER TABLE registry_owners ADD COLUMN nik_claim TEXT;
CREATE INDEX registry_owners_by_claim ON registry_owners (nik_claim);
-- What stands beside it: `belakang masjid`.
ALTER TABLE registry_businesses ADD COLUMN landmark TEXT NOT NULL DEFAULT '';
-- What the import took the doubtful text for.
ALTER TABLE registry_doubts ADD COLUMN hint TEXT NOT NULL DEFAULT '';
