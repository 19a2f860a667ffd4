-- What tables and pages show of a judgement, without its conditions.
--
-- Those are several kilobytes that every step through the table itself would have to read: a
-- paper's whole history comes out of this index alone, five times as fast.
CREATE INDEX verdicts_in_brief ON verdicts (
  run, claim, started_at, verdict, estimate, low, high, band_low, band_high, unit, n, reason,
  control_verdict, control_estimate, exact, edition
);
