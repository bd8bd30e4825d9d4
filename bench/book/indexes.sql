-- Each question finds all it asks for in one of these.
CREATE INDEX by_promise ON entry(promise, from_stage, to_stage, effective, eff_month, donor, currency, qty, unit_value);
CREATE INDEX by_donor ON entry(donor, from_stage, to_stage, currency, eff_month, effective, recorded_at, qty, unit_value);
CREATE INDEX by_item ON entry(item, from_stage, to_stage, eff_month, currency, qty, unit_value);
