-- What agencies may spend, what they ordered from whom, and how far each order has come.
CREATE TABLE procurement_budget_lines (
    id TEXT PRIMARY KEY, agency TEXT NOT NULL, year BIGINT NOT NULL, sub_activity TEXT NOT NULL,
    account TEXT NOT NULL, name TEXT NOT NULL, ceiling BIGINT NOT NULL, dpa TEXT NOT NULL,
    changed_at BIGINT NOT NULL, UNIQUE (agency, year, sub_activity, account)
);

-- Files of budget lines as they were brought in, until somebody puts them into force.
CREATE TABLE procurement_budget_imports (
    id TEXT PRIMARY KEY, agency TEXT NOT NULL, file TEXT NOT NULL, dpa TEXT NOT NULL, year BIGINT NOT NULL,
    content TEXT NOT NULL, brought_by TEXT NOT NULL, brought_at BIGINT NOT NULL, applied_at BIGINT
);
CREATE INDEX procurement_budget_imports_by_agency ON procurement_budget_imports (agency, id);

-- One row from the first word of a need to the last rupiah. Names, class and prices are frozen here:
-- what the registry and the catalogue say later changes no order.
CREATE TABLE procurement_orders (
    id TEXT PRIMARY KEY, request_number TEXT NOT NULL UNIQUE, number TEXT UNIQUE, state TEXT NOT NULL,
    agency TEXT NOT NULL, agency_name TEXT NOT NULL, budget_line TEXT NOT NULL, year BIGINT NOT NULL,
    business TEXT NOT NULL, seller TEXT NOT NULL, seller_name TEXT NOT NULL,
    seller_number TEXT NOT NULL, seller_nib TEXT, seller_class TEXT, seller_region TEXT,
    title TEXT NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL, wanted_on TEXT NOT NULL,
    hour TEXT NOT NULL, contact TEXT NOT NULL,
    participants BIGINT, comparison TEXT NOT NULL, form TEXT NOT NULL,
    total BIGINT NOT NULL, received BIGINT NOT NULL, invoiced BIGINT NOT NULL, paid BIGINT NOT NULL,
    held BIGINT NOT NULL,
    requester TEXT NOT NULL, approver TEXT, payer TEXT,
    requested_at BIGINT NOT NULL, ordered_at BIGINT, accepted_at BIGINT, delivered_at BIGINT,
    handed_over_at BIGINT, invoiced_at BIGINT, paid_at BIGINT, ended_at BIGINT,
    waits_until TEXT, escalated BOOLEAN NOT NULL, reason TEXT NOT NULL,
    invoice_number TEXT, payment_method TEXT, payment_reference TEXT, paid_on TEXT,
    month TEXT, days_to_pay BIGINT, changed_at BIGINT NOT NULL
);
CREATE INDEX procurement_orders_by_agency ON procurement_orders (agency, id);
CREATE INDEX procurement_orders_by_agency_state ON procurement_orders (agency, state, id);
CREATE INDEX procurement_orders_by_seller ON procurement_orders (seller, id);
CREATE INDEX procurement_orders_by_business ON procurement_orders (business, id);
CREATE INDEX procurement_orders_by_budget_line ON procurement_orders (budget_line, requested_at);
CREATE INDEX procurement_orders_by_month ON procurement_orders (month, id);
CREATE INDEX procurement_orders_by_invoice ON procurement_orders (seller, lower(invoice_number));
CREATE INDEX procurement_orders_by_payment ON procurement_orders (lower(payment_reference));

CREATE TABLE procurement_order_lines (
    order_id TEXT NOT NULL, position BIGINT NOT NULL, product TEXT, category TEXT NOT NULL,
    name TEXT NOT NULL, unit TEXT NOT NULL, price BIGINT NOT NULL, count BIGINT NOT NULL,
    received BIGINT NOT NULL, broken BIGINT NOT NULL, PRIMARY KEY (order_id, position)
);

-- What was counted at the door, each time something came.
CREATE TABLE procurement_handovers (
    id TEXT PRIMARY KEY, order_id TEXT NOT NULL, number TEXT NOT NULL UNIQUE, receiver TEXT NOT NULL,
    day TEXT NOT NULL, value BIGINT NOT NULL, complete BOOLEAN NOT NULL, reason TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX procurement_handovers_by_order ON procurement_handovers (order_id, id);
CREATE TABLE procurement_handover_lines (
    handover TEXT NOT NULL, position BIGINT NOT NULL, counted BIGINT NOT NULL,
    broken BIGINT NOT NULL,
    PRIMARY KEY (handover, position)
);
CREATE TABLE procurement_photos (
    handover TEXT NOT NULL, position BIGINT NOT NULL, photo TEXT NOT NULL,
    PRIMARY KEY (handover, position)
);

-- What agencies bought elsewhere, so that bypass is a figure and not a rumour.
CREATE TABLE procurement_outside_purchases (
    id TEXT PRIMARY KEY, agency TEXT NOT NULL, agency_name TEXT NOT NULL, vendor TEXT NOT NULL,
    what TEXT NOT NULL, amount BIGINT NOT NULL, bought_on TEXT NOT NULL, reason TEXT NOT NULL,
    local_vendor BOOLEAN NOT NULL, recorded_by TEXT NOT NULL, recorded_at BIGINT NOT NULL,
    state TEXT NOT NULL, decided_by TEXT, decided_at BIGINT, note TEXT NOT NULL
);
CREATE INDEX procurement_outside_purchases_by_agency ON procurement_outside_purchases (agency, bought_on, id);
CREATE INDEX procurement_outside_purchases_by_day ON procurement_outside_purchases (bought_on, id);

-- OCDS releases as they were published: immutable, in the order of publication.
CREATE TABLE procurement_releases (
    id TEXT PRIMARY KEY, ocid TEXT NOT NULL, day TEXT NOT NULL, tag TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX procurement_releases_by_ocid ON procurement_releases (ocid, id);
