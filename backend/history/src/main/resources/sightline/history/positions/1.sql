-- Where the recorder is in the stream. One row.
CREATE TABLE cursor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  value TEXT NOT NULL
);
INSERT INTO cursor (id, value) VALUES (1, '');

-- The days that a batch is being written to: after a kill in between, newest is made good from them.
CREATE TABLE in_flight (
  day INTEGER PRIMARY KEY
);

-- The newest position of each device; its columns are those of a day.
CREATE TABLE newest (
  device TEXT NOT NULL,
  millis INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  received INTEGER NOT NULL,
  device_time INTEGER,
  skewed INTEGER NOT NULL,
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  heading REAL,
  speed REAL,
  accuracy REAL,
  altitude REAL,
  PRIMARY KEY (device)
) WITHOUT ROWID;
