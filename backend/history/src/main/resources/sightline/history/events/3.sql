-- Where retention is: the start of a day, epoch ms; NULL before it ran. One row.
CREATE TABLE retention (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  since INTEGER
);
INSERT INTO retention (id, since) VALUES (1, NULL);

-- Acknowledged critical events that retention has removed: one that comes again is no new alarm.
CREATE TABLE retired (
  device TEXT NOT NULL,
  event TEXT NOT NULL,
  seq INTEGER NOT NULL,
  acknowledgement INTEGER NOT NULL,
  acknowledged_at INTEGER NOT NULL,
  acknowledged_by TEXT NOT NULL,
  PRIMARY KEY (device, event)
) WITHOUT ROWID;
CREATE INDEX retired_seq ON retired (seq);
