-- Where retention is: the start of a day, epoch ms; NULL before it ran. One row.
CREATE TABLE retention (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  since INTEGER
);
INSERT INTO retention (id, since) VALUES (1, NULL);
