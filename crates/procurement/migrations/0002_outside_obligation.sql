-- Which kind of goods was bought elsewhere, and whether the obligation to buy through the shop bound it.
ALTER TABLE procurement_outside_purchases ADD COLUMN category TEXT NOT NULL DEFAULT 'other';
ALTER TABLE procurement_outside_purchases ADD COLUMN bound BOOLEAN NOT NULL DEFAULT FALSE;
