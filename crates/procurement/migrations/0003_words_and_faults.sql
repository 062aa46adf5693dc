-- What an agency says about a purchase elsewhere in its own words; needed where no reason of the rule fits.
ALTER TABLE procurement_outside_purchases ADD COLUMN explanation TEXT NOT NULL DEFAULT '';
-- Lines of a budget file that cannot be taken: such a file never comes into force.
ALTER TABLE procurement_budget_imports ADD COLUMN faults BIGINT NOT NULL DEFAULT 0;
