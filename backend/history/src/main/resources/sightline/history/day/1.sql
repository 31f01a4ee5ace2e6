-- The positions of one UTC day by millis. device_time is NULL where it is millis.
CREATE TABLE positions (
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
  PRIMARY KEY (device, millis, seq)
) WITHOUT ROWID;
