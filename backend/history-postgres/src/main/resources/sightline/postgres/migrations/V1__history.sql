-- The head: the newest number given, and the highest lease that has written. One row; whoever
-- appends locks it, so that numbers have no gap and follow commit order.
CREATE TABLE head (
  id integer PRIMARY KEY CHECK (id = 1),
  newest bigint NOT NULL,
  fence bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO head (id, newest, fence) VALUES (1, 0, 0);

-- The log: kind 0 is an event, kind 1 an acknowledgement of one.
CREATE TABLE log (
  seq bigint PRIMARY KEY,
  kind smallint NOT NULL CHECK (kind IN (0, 1)),
  device text COLLATE "C" NOT NULL CHECK (device <> ''),
  event text COLLATE "C" NOT NULL CHECK (event <> ''),
  timestamp bigint NOT NULL,
  received bigint,
  type text COLLATE "C",
  severity text COLLATE "C",
  message text,
  lat double precision,
  lon double precision,
  data text,
  acknowledged_by text,
  note text,
  acknowledgement bigint,
  CHECK (kind <> 0 OR (received IS NOT NULL AND type IS NOT NULL)),
  CHECK (kind <> 1 OR acknowledged_by IS NOT NULL)
);
CREATE UNIQUE INDEX log_key ON log (device, event, kind);
CREATE INDEX log_device ON log (device, seq) WHERE kind = 0;
CREATE INDEX log_timestamp ON log (timestamp) WHERE kind = 0;
CREATE INDEX log_type ON log (type, seq) WHERE kind = 0;
CREATE INDEX log_severity ON log (severity, seq) WHERE kind = 0;
CREATE INDEX log_received ON log (received, seq) WHERE kind = 0;
CREATE INDEX log_acknowledged ON log (timestamp, seq) WHERE kind = 1;
CREATE INDEX log_open ON log (severity, seq) WHERE kind = 0 AND acknowledgement IS NULL;

-- What the log refused, for people to look at.
CREATE TABLE dead_letters (
  device text COLLATE "C",
  event text COLLATE "C",
  timestamp bigint,
  received bigint,
  type text,
  severity text,
  message text,
  lat double precision,
  lon double precision,
  data text,
  detail text,
  UNIQUE (device, event)
);
CREATE INDEX dead_letters_received ON dead_letters (received);

-- Positions: a partition a day of UTC by millis, positions_YYYYMMDD, made ahead by the recorder and
-- dropped whole. device_time is NULL where it is millis.
CREATE TABLE positions (
  device text COLLATE "C" NOT NULL,
  millis bigint NOT NULL,
  seq bigint NOT NULL,
  received bigint NOT NULL,
  device_time bigint,
  skewed boolean NOT NULL,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  heading double precision,
  speed double precision,
  accuracy double precision,
  altitude double precision,
  PRIMARY KEY (device, millis, seq)
) PARTITION BY RANGE (millis);

-- The newest position of each device; its columns are those of positions.
CREATE TABLE newest (
  device text COLLATE "C" PRIMARY KEY,
  millis bigint NOT NULL,
  seq bigint NOT NULL,
  received bigint NOT NULL,
  device_time bigint,
  skewed boolean NOT NULL,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  heading double precision,
  speed double precision,
  accuracy double precision,
  altitude double precision
) WITH (fillfactor = 50);

-- Where the recorder is in the stream. One row.
CREATE TABLE recorder (
  id integer PRIMARY KEY CHECK (id = 1),
  cursor text NOT NULL
) WITH (fillfactor = 10);
INSERT INTO recorder (id, cursor) VALUES (1, '');
