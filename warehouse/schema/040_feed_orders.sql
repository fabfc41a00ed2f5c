-- What people ask for on the Feeds page, and what became of it. Grain: one order. Key: order_id.
-- The page only puts them here; the flow `collect` carries them out, and writes the outcome with what it changed in one
-- transaction.
CREATE TABLE feed_orders (
    order_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    feed_id VARCHAR,
    url VARCHAR,
    title VARCHAR,
    outlet_name VARCHAR,
    language VARCHAR,
    tags VARCHAR[] DEFAULT '[]',
    list_base64 VARCHAR,
    ordered_by VARCHAR NOT NULL,
    ordered_at_utc TIMESTAMP WITH TIME ZONE NOT NULL,
    carried_out_at_utc TIMESTAMP WITH TIME ZONE,
    is_refused BOOLEAN,
    outcome VARCHAR,
    choices VARCHAR[] DEFAULT '[]'
);

COMMENT ON TABLE feed_orders IS 'What people asked for on the Feeds page, and what became of it. One row an order.';
COMMENT ON COLUMN feed_orders.order_id IS 'the order';
COMMENT ON COLUMN feed_orders.kind IS 'add, replace (a new address for a feed), pause, resume, retire or import (a list)';
COMMENT ON COLUMN feed_orders.feed_id IS 'the feed it speaks of, of an added one once it is there; null: none, or a list';
COMMENT ON COLUMN feed_orders.url IS 'the address to add or to put in place of the old one, without password once carried out; null: none';
COMMENT ON COLUMN feed_orders.title IS 'how to call an added feed; null: as it calls itself';
COMMENT ON COLUMN feed_orders.outlet_name IS 'who publishes an added feed; null: the known outlet of its domain, else its title';
COMMENT ON COLUMN feed_orders.language IS 'ISO 639-1 of an added feed; null: as it says';
COMMENT ON COLUMN feed_orders.tags IS 'lists an added feed belongs to; empty: none';
COMMENT ON COLUMN feed_orders.list_base64 IS 'the OPML file to import, Base64; null: none, or carried out';
COMMENT ON COLUMN feed_orders.ordered_by IS 'who asked for it: the signed-in address, else the name given';
COMMENT ON COLUMN feed_orders.ordered_at_utc IS 'when it was asked for';
COMMENT ON COLUMN feed_orders.carried_out_at_utc IS 'when it was done or refused; null: it waits';
COMMENT ON COLUMN feed_orders.is_refused IS 'whether nothing was done; null: it waits';
COMMENT ON COLUMN feed_orders.outcome IS 'what became of it, a sentence; null: it waits';
COMMENT ON COLUMN feed_orders.choices IS 'feeds to choose from where a site has several, each its address, a space and its title; empty: none';
