-- For a look at the past: who acknowledged what, and when.
CREATE INDEX log_acknowledged ON log (timestamp) WHERE kind = 1;
