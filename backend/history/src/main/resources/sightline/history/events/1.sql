-- The head: the newest number given, and the highest lease that has written. One row.
CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  newest INTEGER NOT NULL,
  fence INTEGER NOT NULL
);
INSERT INTO head (id, newest, fence) VALUES (1, 0, 0);

-- The log: kind 0 is an event, kind 1 an acknowledgement of one. lat and lon have no type, so that
-- a number comes back bit for bit.
CREATE TABLE log (
  seq INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  device TEXT NOT NULL CHECK (device <> ''),
  event TEXT NOT NULL CHECK (event <> ''),
  timestamp INTEGER NOT NULL,
  received INTEGER,
  type TEXT,
  severity TEXT,
  message TEXT,
  lat,
  lon,
  data TEXT,
  acknowledged_by TEXT,
  note TEXT,
  acknowledgement INTEGER,
  CHECK (kind <> 0 OR (received IS NOT NULL AND type IS NOT NULL)),
  CHECK (kind <> 1 OR acknowledged_by IS NOT NULL)
);
CREATE UNIQUE INDEX log_key ON log (device, event, kind);
CREATE INDEX log_device ON log (device, seq) WHERE kind = 0;
CREATE INDEX log_timestamp ON log (timestamp) WHERE kind = 0;
CREATE INDEX log_type ON log (type, seq) WHERE kind = 0;
CREATE INDEX log_severity ON log (severity, seq) WHERE kind = 0;
CREATE INDEX log_received ON log (received) WHERE kind = 0;
CREATE INDEX log_open ON log (severity, seq) WHERE kind = 0 AND acknowledgement IS NULL;

-- What the log refused, for people to look at.
CREATE TABLE dead_letters (
  device TEXT,
  event TEXT,
  timestamp INTEGER,
  received INTEGER,
  type TEXT,
  severity TEXT,
  message TEXT,
  lat,
  lon,
  data TEXT,
  detail TEXT,
  UNIQUE (device, event)
);
