-- Where retention is, of events and of positions: the start of a day, epoch ms; NULL before it ran.
CREATE TABLE retention (
  store text PRIMARY KEY,
  since bigint
);
INSERT INTO retention (store, since) VALUES ('events', NULL), ('positions', NULL);
