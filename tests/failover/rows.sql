-- rows.sql - what failover_row_writer writes into.  A command is known by its key, its effect must happen once.
CREATE SCHEMA drill;
CREATE TABLE drill.command (
  key text PRIMARY KEY, line text NOT NULL, number bigint NOT NULL, attempts int NOT NULL DEFAULT 1);
CREATE TABLE drill.effect (key text NOT NULL);
