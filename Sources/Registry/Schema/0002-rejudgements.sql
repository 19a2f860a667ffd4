-- Verdicts know the edition of the rules that gave them, and runs can be judged again.

ALTER TABLE verdicts ADD COLUMN edition INTEGER NOT NULL DEFAULT 1 CHECK (edition > 0);

-- Judgements made later from what a run recorded: by another version of a claim, or by another
-- edition of the rules. The run's own verdicts stay what they are.
CREATE TABLE rejudgements (
  run TEXT NOT NULL REFERENCES runs (digest),
  claim TEXT NOT NULL REFERENCES claims (digest),
  edition INTEGER NOT NULL CHECK (edition > 0),
  judged_at TEXT NOT NULL CHECK (judged_at GLOB '????-??-??T??:??:??.???Z'),
  -- The commit of the declarations; NULL when unknown.
  commit_id TEXT,
  is_clean INTEGER CHECK (is_clean IN (0, 1)),
  verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'inconclusive', 'error')),
  estimate REAL,
  low REAL,
  high REAL,
  band_low REAL,
  band_high REAL,
  unit TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 0),
  reason TEXT NOT NULL,
  control_verdict TEXT CHECK (control_verdict IN ('pass', 'fail', 'inconclusive', 'error')),
  control_estimate REAL,
  -- Every condition in full, the value of each seed included.
  conditions TEXT NOT NULL CHECK (conditions <> ''),
  -- The columns above whose value REAL cannot hold, as texts.
  exact TEXT CHECK (exact GLOB '{*}'),
  PRIMARY KEY (run, claim, edition)
) STRICT, WITHOUT ROWID;
CREATE INDEX rejudgements_by_claim ON rejudgements (claim, judged_at, run);

CREATE TRIGGER rejudgements_stay BEFORE UPDATE ON rejudgements
BEGIN SELECT raise(ABORT, 'rejudgements: recorded facts are append-only'); END;
CREATE TRIGGER rejudgements_last BEFORE DELETE ON rejudgements
BEGIN SELECT raise(ABORT, 'rejudgements: recorded facts are append-only'); END;
CREATE TRIGGER rejudgements_once BEFORE INSERT ON rejudgements
WHEN EXISTS (
  SELECT 1 FROM rejudgements
  WHERE run = new.run AND claim = new.claim AND edition = new.edition)
BEGIN SELECT raise(IGNORE); END;

-- Every judgement of every claim, made with its run or later.
DROP VIEW v_claim_history;
CREATE VIEW v_claim_history AS
SELECT
  claims.paper, claims.claim, claims.tier, verdicts.started_at, run_ends.ended_at,
  verdicts.verdict, verdicts.estimate, verdicts.low, verdicts.high,
  verdicts.band_low, verdicts.band_high, verdicts.unit, verdicts.n, verdicts.reason,
  runs.commit_id, sources.is_clean, verdicts.claim AS claim_digest, verdicts.run,
  verdicts.edition, NULL AS judged_at
FROM claims
JOIN verdicts ON verdicts.claim = claims.digest
JOIN runs ON runs.digest = verdicts.run
JOIN sources ON sources.digest = runs.source
JOIN run_ends ON run_ends.run = runs.digest
UNION ALL
SELECT
  claims.paper, claims.claim, claims.tier, runs.started_at, run_ends.ended_at,
  later.verdict, later.estimate, later.low, later.high,
  later.band_low, later.band_high, later.unit, later.n, later.reason,
  later.commit_id, later.is_clean, later.claim AS claim_digest, later.run,
  later.edition, later.judged_at
FROM claims
JOIN rejudgements AS later ON later.claim = claims.digest
JOIN runs ON runs.digest = later.run
JOIN run_ends ON run_ends.run = runs.digest;

-- The last judgement of each claim at each tier, whichever version of the claim it judged.
DROP VIEW v_latest_verdicts;
CREATE VIEW v_latest_verdicts AS
WITH names AS (SELECT DISTINCT paper, claim, tier FROM claims)
SELECT
  names.paper, names.claim, names.tier, verdicts.started_at, run_ends.ended_at,
  verdicts.verdict, verdicts.estimate, verdicts.low, verdicts.high,
  verdicts.band_low, verdicts.band_high, verdicts.unit, verdicts.n, verdicts.reason,
  runs.commit_id, sources.is_clean, verdicts.claim AS claim_digest, verdicts.run,
  verdicts.edition
FROM names
CROSS JOIN verdicts ON (verdicts.run, verdicts.claim) = (
  SELECT last.run, last.claim
  FROM claims AS version JOIN verdicts AS last ON last.claim = version.digest
  WHERE version.paper = names.paper AND version.claim = names.claim
    AND version.tier = names.tier
  ORDER BY last.started_at DESC, last.run DESC LIMIT 1)
JOIN runs ON runs.digest = verdicts.run
JOIN sources ON sources.digest = runs.source
JOIN run_ends ON run_ends.run = runs.digest;
