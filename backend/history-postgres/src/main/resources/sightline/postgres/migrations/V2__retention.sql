-- Where retention is, of events and of positions: the start of a day, epoch ms; NULL before it ran.
CREATE TABLE retention (
  store text PRIMARY KEY,
  since bigint
);
INSERT INTO retention (store, since) VALUES ('events', NULL), ('positions', NULL);

-- Acknowledged critical events that retention has removed: one that comes again is no new alarm.
CREATE TABLE retired (
  device text COLLATE "C" NOT NULL,
  event text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  acknowledgement bigint NOT NULL,
  acknowledged_at bigint NOT NULL,
  acknowledged_by text NOT NULL,
  PRIMARY KEY (device, event)
);
CREATE INDEX retired_seq ON retired (seq);
