-- The tables of bench/book_make.c, as SQLite and PostgreSQL take them.
-- Stages: 2 announced, 3 committed, 4 allocated, 5 dispatched, 6 delivered.
CREATE TABLE donor(id INTEGER PRIMARY KEY, name TEXT NOT NULL, gdp DOUBLE PRECISION NOT NULL);
CREATE TABLE item(id INTEGER PRIMARY KEY, class INTEGER NOT NULL, domain INTEGER NOT NULL);
CREATE TABLE rate(currency SMALLINT NOT NULL, month SMALLINT NOT NULL, rate DOUBLE PRECISION NOT NULL,
  PRIMARY KEY(currency, month));
CREATE TABLE entry(id INTEGER PRIMARY KEY, recorded_at BIGINT NOT NULL, effective INTEGER NOT NULL,
  eff_month SMALLINT NOT NULL, donor SMALLINT NOT NULL, recipient SMALLINT NOT NULL,
  item SMALLINT NOT NULL, from_stage SMALLINT NOT NULL, to_stage SMALLINT NOT NULL,
  promise INTEGER NOT NULL, qty BIGINT NOT NULL, unit_value BIGINT NOT NULL,
  currency SMALLINT NOT NULL, channel SMALLINT NOT NULL, passage INTEGER NOT NULL,
  disclosure SMALLINT NOT NULL, corrects INTEGER NOT NULL);
