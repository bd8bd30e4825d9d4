-- The questions, for SQLite, PostgreSQL and DuckDB alike. Each begins with a
-- line "-- NAME KEYS what it asks": its first KEYS columns name the row.
-- Known means by 2025-04-15 12:00 UTC, effective by 2025-02-24; the latest
-- rates are those of month 57; today is 2026-11-01. bench/book_ask.c asks the
-- same of muster.

-- Q1 2 donor and stage: what stands there, in EUR at the latest rates
WITH moved AS MATERIALIZED (
  SELECT donor, currency, from_stage, to_stage, SUM(qty * unit_value) AS cents
  FROM entry GROUP BY donor, currency, from_stage, to_stage),
stood AS (
  SELECT donor, currency, to_stage AS stage, cents FROM moved
  UNION ALL SELECT donor, currency, from_stage, -cents FROM moved),
held AS (
  SELECT donor, currency, stage, SUM(cents) AS cents FROM stood WHERE stage > 0
  GROUP BY donor, currency, stage)
SELECT donor, stage, SUM(cents * rate) / 100 FROM held
JOIN rate ON rate.currency = held.currency AND month = 57
GROUP BY donor, stage ORDER BY donor, stage;

-- Q2 2 item and stage: the quantity that stands there
WITH moved AS MATERIALIZED (
  SELECT item, from_stage, to_stage, SUM(qty) AS qty FROM entry GROUP BY item, from_stage, to_stage),
stood AS (
  SELECT item, to_stage AS stage, qty FROM moved
  UNION ALL SELECT item, from_stage, -qty FROM moved)
SELECT item, stage, SUM(qty) FROM stood WHERE stage > 0 GROUP BY item, stage ORDER BY item, stage;

-- Q3 2 one promise by stage: quantity, and cents of its currency
WITH stood AS (
  SELECT to_stage AS stage, qty, unit_value FROM entry WHERE promise = $1
  UNION ALL SELECT from_stage, -qty, unit_value FROM entry WHERE promise = $1)
SELECT $1, stage, SUM(qty), SUM(qty * unit_value) FROM stood WHERE stage > 0
GROUP BY stage ORDER BY stage;

-- Q4 2 Q1, as known and effective by then
WITH moved AS MATERIALIZED (
  SELECT donor, currency, from_stage, to_stage, SUM(qty * unit_value) AS cents FROM entry
  WHERE recorded_at <= 1744718400000 AND effective <= 20143
  GROUP BY donor, currency, from_stage, to_stage),
stood AS (
  SELECT donor, currency, to_stage AS stage, cents FROM moved
  UNION ALL SELECT donor, currency, from_stage, -cents FROM moved),
held AS (
  SELECT donor, currency, stage, SUM(cents) AS cents FROM stood WHERE stage > 0
  GROUP BY donor, currency, stage)
SELECT donor, stage, SUM(cents * rate) / 100 FROM held
JOIN rate ON rate.currency = held.currency AND month = 57
GROUP BY donor, stage ORDER BY donor, stage;

-- Q5 2 domain and month: what was delivered, in EUR at the month's rates
WITH moved AS (
  SELECT item, currency, eff_month,
    SUM(CASE WHEN to_stage = 6 THEN qty * unit_value ELSE -qty * unit_value END) AS cents
  FROM entry WHERE to_stage = 6 OR from_stage = 6 GROUP BY item, currency, eff_month),
came AS (
  SELECT domain, currency, eff_month, SUM(cents) AS cents FROM moved JOIN item ON item.id = moved.item
  GROUP BY domain, currency, eff_month)
SELECT domain, eff_month, SUM(cents * rate) / 100 FROM came
JOIN rate ON rate.currency = came.currency AND month = eff_month
GROUP BY domain, eff_month ORDER BY domain, eff_month;

-- Q6 1 donor: open promises, their worth in EUR, the mean days since their first
WITH held AS (
  SELECT promise, MIN(donor) AS donor, MIN(currency) AS currency, MIN(effective) AS first,
    SUM(CASE WHEN to_stage BETWEEN 1 AND 5 THEN qty ELSE 0 END
      - CASE WHEN from_stage BETWEEN 1 AND 5 THEN qty ELSE 0 END) AS qty,
    SUM(CASE WHEN to_stage BETWEEN 1 AND 5 THEN qty * unit_value ELSE 0 END
      - CASE WHEN from_stage BETWEEN 1 AND 5 THEN qty * unit_value ELSE 0 END) AS cents
  FROM entry GROUP BY promise)
SELECT donor, COUNT(*), SUM(cents * rate) / 100, SUM(20758 - first) * 1.0 / COUNT(*) FROM held
JOIN rate ON rate.currency = held.currency AND month = 57
WHERE qty > 0 GROUP BY donor ORDER BY donor;

-- Q7 1 donor: delivered in EUR at each month's rates, as known then; its part of all; per GDP
WITH moved AS (
  SELECT donor, currency, eff_month,
    SUM(CASE WHEN to_stage = 6 THEN qty * unit_value ELSE -qty * unit_value END) AS cents
  FROM entry WHERE (to_stage = 6 OR from_stage = 6) AND recorded_at <= 1744718400000
  GROUP BY donor, currency, eff_month),
gave AS MATERIALIZED (
  SELECT donor, SUM(cents * rate) / 100 AS eur FROM moved
  JOIN rate ON rate.currency = moved.currency AND month = eff_month GROUP BY donor)
SELECT gave.donor, eur, eur / (SELECT SUM(eur) FROM gave), eur / gdp FROM gave
JOIN donor ON donor.id = gave.donor ORDER BY gave.donor;

-- Q8 2 donor and quarter of the first day: promises, and the mean part of each that was delivered
WITH held AS (
  SELECT promise, MIN(donor) AS donor, MIN(eff_month) AS first,
    SUM(CASE WHEN from_stage = 0 THEN qty WHEN to_stage = 0 THEN -qty ELSE 0 END) AS promised,
    SUM(CASE WHEN to_stage = 6 THEN qty WHEN from_stage = 6 THEN -qty ELSE 0 END) AS came
  FROM entry GROUP BY promise)
SELECT donor, CAST((first - first % 3) / 3 AS INTEGER) AS quarter, COUNT(*),
  SUM(came * 1.0 / promised) / COUNT(*)
FROM held WHERE promised > 0 GROUP BY donor, quarter ORDER BY donor, quarter;

-- now7 1 Q7, as known now
WITH moved AS (
  SELECT donor, currency, eff_month,
    SUM(CASE WHEN to_stage = 6 THEN qty * unit_value ELSE -qty * unit_value END) AS cents
  FROM entry WHERE to_stage = 6 OR from_stage = 6 GROUP BY donor, currency, eff_month),
gave AS MATERIALIZED (
  SELECT donor, SUM(cents * rate) / 100 AS eur FROM moved
  JOIN rate ON rate.currency = moved.currency AND month = eff_month GROUP BY donor)
SELECT gave.donor, eur, eur / (SELECT SUM(eur) FROM gave), eur / gdp FROM gave
JOIN donor ON donor.id = gave.donor ORDER BY gave.donor;

-- open 1 Q6, as known and effective by then
WITH held AS (
  SELECT promise, MIN(donor) AS donor, MIN(currency) AS currency, MIN(effective) AS first,
    SUM(CASE WHEN to_stage BETWEEN 1 AND 5 THEN qty ELSE 0 END
      - CASE WHEN from_stage BETWEEN 1 AND 5 THEN qty ELSE 0 END) AS qty,
    SUM(CASE WHEN to_stage BETWEEN 1 AND 5 THEN qty * unit_value ELSE 0 END
      - CASE WHEN from_stage BETWEEN 1 AND 5 THEN qty * unit_value ELSE 0 END) AS cents
  FROM entry WHERE recorded_at <= 1744718400000 AND effective <= 20143 GROUP BY promise)
SELECT donor, COUNT(*), SUM(cents * rate) / 100, SUM(20143 - first) * 1.0 / COUNT(*) FROM held
JOIN rate ON rate.currency = held.currency AND month = 57
WHERE qty > 0 GROUP BY donor ORDER BY donor;

-- filter 2 donor and stage: quantities through one channel to one recipient under one label
WITH moved AS MATERIALIZED (
  SELECT donor, from_stage, to_stage, SUM(qty) AS qty FROM entry
  WHERE channel = 1 AND recipient = 2 AND disclosure = 0 GROUP BY donor, from_stage, to_stage),
stood AS (
  SELECT donor, to_stage AS stage, qty FROM moved
  UNION ALL SELECT donor, from_stage, -qty FROM moved)
SELECT donor, stage, SUM(qty) FROM stood WHERE stage > 0 GROUP BY donor, stage ORDER BY donor, stage;
