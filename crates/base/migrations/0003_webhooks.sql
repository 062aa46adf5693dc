-- Addresses outside that want to hear of events, and what was sent to each. The secret is sealed. A
-- delivery is machinery: it goes some time after it ended.
CREATE TABLE base_webhooks (
    id TEXT PRIMARY KEY, organisation TEXT NOT NULL, whole_city BOOLEAN NOT NULL, url TEXT NOT NULL,
    kinds TEXT NOT NULL, secret BYTEA NOT NULL, state TEXT NOT NULL, made_by TEXT NOT NULL,
    created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL
);
CREATE INDEX base_webhooks_by_organisation ON base_webhooks (organisation, id);
CREATE INDEX base_webhooks_of_city ON base_webhooks (id) WHERE whole_city;

CREATE TABLE base_deliveries (
    id TEXT PRIMARY KEY, webhook TEXT NOT NULL, event TEXT NOT NULL, kind TEXT NOT NULL,
    body TEXT NOT NULL, state TEXT NOT NULL, attempts BIGINT NOT NULL, next_at BIGINT,
    status BIGINT, failure TEXT, created_at BIGINT NOT NULL, ended_at BIGINT,
    UNIQUE (webhook, event)
);
CREATE INDEX base_deliveries_by_webhook ON base_deliveries (webhook, id);
CREATE INDEX base_deliveries_by_state ON base_deliveries (webhook, state, id);
CREATE INDEX base_deliveries_by_ended_at ON base_deliveries (ended_at) WHERE ended_at IS NOT NULL;
