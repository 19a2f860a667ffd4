-- The registry of results: what was run, on which code and machine, and what came out.
--
-- Conventions. Digests are SHA-256 in 64 hexadecimal characters. Times are UTC, ISO 8601 with
-- milliseconds. Documents, setups and outcomes are canonical JSON. Where a REAL column cannot hold
-- the exact value, the text beside it does. Recorded facts are append-only.

-- Texts kept once under their digest, such as the diff of an uncommitted tree.
CREATE TABLE blobs (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Machines and toolchains.
CREATE TABLE environments (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  processor TEXT NOT NULL,
  architecture TEXT NOT NULL,
  simd_level TEXT NOT NULL,
  cores INTEGER NOT NULL CHECK (cores >= 0),
  memory_bytes INTEGER NOT NULL CHECK (memory_bytes >= 0),
  system TEXT NOT NULL,
  kernel TEXT NOT NULL,
  toolchain TEXT NOT NULL,
  document TEXT NOT NULL CHECK (document GLOB '{*}')
) STRICT;

-- States of the source tree. A NULL says: could not be known; the document says why.
CREATE TABLE sources (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  commit_id TEXT,
  branch TEXT,
  is_clean INTEGER CHECK (is_clean IN (0, 1)),
  staged INTEGER CHECK (staged >= 0),
  modified INTEGER CHECK (modified >= 0),
  untracked INTEGER CHECK (untracked >= 0),
  diff TEXT REFERENCES blobs (digest),
  document TEXT NOT NULL CHECK (document GLOB '{*}')
) STRICT;
CREATE INDEX sources_by_commit ON sources (commit_id);

-- Versions of claims: an edited tolerance is a new row.
CREATE TABLE claims (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  paper TEXT NOT NULL CHECK (paper <> ''),
  claim TEXT NOT NULL CHECK (claim <> ''),
  tier TEXT NOT NULL CHECK (tier <> ''),
  statement TEXT NOT NULL,
  place TEXT NOT NULL,
  declaration TEXT NOT NULL CHECK (declaration <> ''),
  reason TEXT
) STRICT;
CREATE INDEX claims_by_name ON claims (paper, claim, tier);

-- One request for a paper at a tier. Without a row in run_ends it is under way or was killed.
CREATE TABLE runs (
  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  paper TEXT NOT NULL CHECK (paper <> ''),
  tier TEXT NOT NULL CHECK (tier <> ''),
  started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
  commit_id TEXT,
  source TEXT NOT NULL REFERENCES sources (digest),
  environment TEXT NOT NULL REFERENCES environments (digest),
  paper_tree TEXT,
  core_tree TEXT,
  arguments TEXT NOT NULL CHECK (arguments GLOB '[[]*]'),
  seeds TEXT NOT NULL CHECK (seeds GLOB '[[]*]'),
  nonce TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_paper ON runs (paper, tier, started_at, digest);

-- How a run ended. An interrupted one has no verdict.
CREATE TABLE run_ends (
  run TEXT NOT NULL PRIMARY KEY REFERENCES runs (digest),
  ended_at TEXT NOT NULL CHECK (ended_at GLOB '????-??-??T??:??:??.???Z'),
  status TEXT NOT NULL CHECK (status IN ('finished', 'interrupted')),
  verdict TEXT CHECK (verdict IN ('pass', 'fail', 'inconclusive', 'error')),
  outcome_digest TEXT CHECK (length(outcome_digest) = 64),
  seconds REAL NOT NULL CHECK (seconds >= 0),
  note TEXT,
  CHECK ((status = 'finished') = (verdict IS NOT NULL)),
  CHECK ((status = 'finished') = (outcome_digest IS NOT NULL))
) STRICT;

-- One execution of a setup with a seed. The identity covers code, setup, seed and data; several
-- executions of one identity are evidence that the bits are the same, or are not.
CREATE TABLE trials (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  identity TEXT NOT NULL CHECK (length(identity) = 64),
  paper TEXT NOT NULL CHECK (paper <> ''),
  setup TEXT NOT NULL CHECK (setup <> ''),
  setup_digest TEXT NOT NULL CHECK (length(setup_digest) = 64),
  seed INTEGER NOT NULL CHECK (seed >= 0),
  status TEXT NOT NULL CHECK (status IN ('completed', 'crashed', 'timedOut', 'failed')),
  outcome TEXT CHECK (outcome <> ''),
  outcome_digest TEXT CHECK (length(outcome_digest) = 64),
  message TEXT,
  seconds REAL NOT NULL CHECK (seconds >= 0),
  fresh INTEGER NOT NULL CHECK (fresh IN (0, 1)),
  -- The run that executed it; no reference, since that run may be in another registry.
  executed_in TEXT NOT NULL CHECK (length(executed_in) = 64),
  recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '????-??-??T??:??:??.???Z'),
  CHECK ((status = 'completed') = (outcome IS NOT NULL)),
  CHECK ((status = 'completed') = (outcome_digest IS NOT NULL)),
  CHECK (status = 'completed' OR message IS NOT NULL)
) STRICT;
CREATE INDEX trials_by_identity ON trials (identity, status);
CREATE INDEX trials_by_setup ON trials (paper, setup_digest, seed);

-- Which trials a run used, executed by it or before it.
CREATE TABLE run_trials (
  run TEXT NOT NULL REFERENCES runs (digest),
  trial INTEGER NOT NULL REFERENCES trials (id),
  PRIMARY KEY (run, trial)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_trials_by_trial ON run_trials (trial);

-- Every number of an outcome. The key is its path, such as loss or curve[3].error.
CREATE TABLE numbers (
  trial INTEGER NOT NULL REFERENCES trials (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  key TEXT NOT NULL,
  value REAL,
  text TEXT,
  PRIMARY KEY (trial, position),
  CHECK (value IS NOT NULL OR text IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- One judgement of one claim version in one run.
CREATE TABLE verdicts (
  run TEXT NOT NULL REFERENCES runs (digest),
  claim TEXT NOT NULL REFERENCES claims (digest),
  -- The run's, so that the last verdict of a claim is one look into an index.
  started_at TEXT NOT NULL,
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
  -- Every condition in full, as the judge wrote it.
  conditions TEXT NOT NULL CHECK (conditions <> ''),
  -- The columns above whose value REAL cannot hold, as texts.
  exact TEXT CHECK (exact GLOB '{*}'),
  -- Where the claim was declared.
  file TEXT,
  line INTEGER CHECK (line > 0),
  PRIMARY KEY (run, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdicts_by_claim ON verdicts (claim, started_at, run);

-- The value that each seed contributed to a condition of a verdict.
CREATE TABLE seed_values (
  run TEXT NOT NULL,
  claim TEXT NOT NULL,
  condition INTEGER NOT NULL CHECK (condition >= 0),
  cell TEXT NOT NULL,
  seed INTEGER NOT NULL CHECK (seed >= 0),
  value REAL,
  text TEXT,
  PRIMARY KEY (run, claim, condition, cell, seed),
  FOREIGN KEY (run, claim) REFERENCES verdicts (run, claim),
  CHECK (value IS NOT NULL OR text IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- Ledger files that are already in, so that opening need not read them again.
CREATE TABLE ledger_files (
  run TEXT NOT NULL PRIMARY KEY REFERENCES runs (digest),
  content_digest TEXT NOT NULL CHECK (length(content_digest) = 64)
) STRICT, WITHOUT ROWID;

-- What people ask.

-- Finished and unfinished runs, youngest first.
CREATE VIEW v_runs AS
SELECT
  runs.digest AS run, runs.paper, runs.tier, runs.started_at, run_ends.ended_at,
  coalesce(run_ends.status, 'open') AS status, run_ends.verdict, run_ends.outcome_digest,
  run_ends.seconds, runs.commit_id, sources.branch, sources.is_clean,
  environments.processor, environments.simd_level, environments.toolchain,
  (SELECT count(*) FROM run_trials WHERE run_trials.run = runs.digest) AS trials
FROM runs
JOIN sources ON sources.digest = runs.source
JOIN environments ON environments.digest = runs.environment
LEFT JOIN run_ends ON run_ends.run = runs.digest
ORDER BY runs.started_at DESC, runs.digest;

-- Every judgement of every claim.
CREATE VIEW v_claim_history AS
SELECT
  claims.paper, claims.claim, claims.tier, verdicts.started_at, run_ends.ended_at,
  verdicts.verdict, verdicts.estimate, verdicts.low, verdicts.high,
  verdicts.band_low, verdicts.band_high, verdicts.unit, verdicts.n, verdicts.reason,
  runs.commit_id, sources.is_clean, verdicts.claim AS claim_digest, verdicts.run
FROM claims
JOIN verdicts ON verdicts.claim = claims.digest
JOIN runs ON runs.digest = verdicts.run
JOIN sources ON sources.digest = runs.source
JOIN run_ends ON run_ends.run = runs.digest;

-- The last judgement of each claim at each tier, whichever version of the claim it judged.
CREATE VIEW v_latest_verdicts AS
WITH names AS (SELECT DISTINCT paper, claim, tier FROM claims)
SELECT
  names.paper, names.claim, names.tier, verdicts.started_at, run_ends.ended_at,
  verdicts.verdict, verdicts.estimate, verdicts.low, verdicts.high,
  verdicts.band_low, verdicts.band_high, verdicts.unit, verdicts.n, verdicts.reason,
  runs.commit_id, sources.is_clean, verdicts.claim AS claim_digest, verdicts.run
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

-- Identities that gave different outcomes: the promise of equal bits, broken.
CREATE VIEW v_irreproducible AS
SELECT
  identity, min(paper) AS paper, min(setup) AS setup, min(seed) AS seed,
  count(DISTINCT outcome_digest) AS outcomes, count(*) AS executions,
  min(recorded_at) AS first_recorded_at, max(recorded_at) AS last_recorded_at
FROM trials
WHERE status = 'completed'
GROUP BY identity
HAVING count(DISTINCT outcome_digest) > 1;

-- Facts stay as they were recorded: no UPDATE, no DELETE, and a row whose key is taken is ignored,
-- so that INSERT OR REPLACE changes nothing either.

CREATE TRIGGER blobs_stay BEFORE UPDATE ON blobs
BEGIN SELECT raise(ABORT, 'blobs: recorded facts are append-only'); END;
CREATE TRIGGER blobs_last BEFORE DELETE ON blobs
BEGIN SELECT raise(ABORT, 'blobs: recorded facts are append-only'); END;
CREATE TRIGGER blobs_once BEFORE INSERT ON blobs
WHEN EXISTS (SELECT 1 FROM blobs WHERE digest = new.digest)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER environments_stay BEFORE UPDATE ON environments
BEGIN SELECT raise(ABORT, 'environments: recorded facts are append-only'); END;
CREATE TRIGGER environments_last BEFORE DELETE ON environments
BEGIN SELECT raise(ABORT, 'environments: recorded facts are append-only'); END;
CREATE TRIGGER environments_once BEFORE INSERT ON environments
WHEN EXISTS (SELECT 1 FROM environments WHERE digest = new.digest)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER sources_stay BEFORE UPDATE ON sources
BEGIN SELECT raise(ABORT, 'sources: recorded facts are append-only'); END;
CREATE TRIGGER sources_last BEFORE DELETE ON sources
BEGIN SELECT raise(ABORT, 'sources: recorded facts are append-only'); END;
CREATE TRIGGER sources_once BEFORE INSERT ON sources
WHEN EXISTS (SELECT 1 FROM sources WHERE digest = new.digest)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER claims_stay BEFORE UPDATE ON claims
BEGIN SELECT raise(ABORT, 'claims: recorded facts are append-only'); END;
CREATE TRIGGER claims_last BEFORE DELETE ON claims
BEGIN SELECT raise(ABORT, 'claims: recorded facts are append-only'); END;
CREATE TRIGGER claims_once BEFORE INSERT ON claims
WHEN EXISTS (SELECT 1 FROM claims WHERE digest = new.digest)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER runs_stay BEFORE UPDATE ON runs
BEGIN SELECT raise(ABORT, 'runs: recorded facts are append-only'); END;
CREATE TRIGGER runs_last BEFORE DELETE ON runs
BEGIN SELECT raise(ABORT, 'runs: recorded facts are append-only'); END;
CREATE TRIGGER runs_once BEFORE INSERT ON runs
WHEN EXISTS (SELECT 1 FROM runs WHERE digest = new.digest)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER run_ends_stay BEFORE UPDATE ON run_ends
BEGIN SELECT raise(ABORT, 'run_ends: recorded facts are append-only'); END;
CREATE TRIGGER run_ends_last BEFORE DELETE ON run_ends
BEGIN SELECT raise(ABORT, 'run_ends: recorded facts are append-only'); END;
CREATE TRIGGER run_ends_once BEFORE INSERT ON run_ends
WHEN EXISTS (SELECT 1 FROM run_ends WHERE run = new.run)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER trials_stay BEFORE UPDATE ON trials
BEGIN SELECT raise(ABORT, 'trials: recorded facts are append-only'); END;
CREATE TRIGGER trials_last BEFORE DELETE ON trials
BEGIN SELECT raise(ABORT, 'trials: recorded facts are append-only'); END;
CREATE TRIGGER trials_once BEFORE INSERT ON trials
WHEN EXISTS (SELECT 1 FROM trials WHERE id = new.id OR digest = new.digest)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER run_trials_stay BEFORE UPDATE ON run_trials
BEGIN SELECT raise(ABORT, 'run_trials: recorded facts are append-only'); END;
CREATE TRIGGER run_trials_last BEFORE DELETE ON run_trials
BEGIN SELECT raise(ABORT, 'run_trials: recorded facts are append-only'); END;
CREATE TRIGGER run_trials_once BEFORE INSERT ON run_trials
WHEN EXISTS (SELECT 1 FROM run_trials WHERE run = new.run AND trial = new.trial)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER numbers_stay BEFORE UPDATE ON numbers
BEGIN SELECT raise(ABORT, 'numbers: recorded facts are append-only'); END;
CREATE TRIGGER numbers_last BEFORE DELETE ON numbers
BEGIN SELECT raise(ABORT, 'numbers: recorded facts are append-only'); END;
CREATE TRIGGER numbers_once BEFORE INSERT ON numbers
WHEN EXISTS (SELECT 1 FROM numbers WHERE trial = new.trial AND position = new.position)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER verdicts_stay BEFORE UPDATE ON verdicts
BEGIN SELECT raise(ABORT, 'verdicts: recorded facts are append-only'); END;
CREATE TRIGGER verdicts_last BEFORE DELETE ON verdicts
BEGIN SELECT raise(ABORT, 'verdicts: recorded facts are append-only'); END;
CREATE TRIGGER verdicts_once BEFORE INSERT ON verdicts
WHEN EXISTS (SELECT 1 FROM verdicts WHERE run = new.run AND claim = new.claim)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER seed_values_stay BEFORE UPDATE ON seed_values
BEGIN SELECT raise(ABORT, 'seed_values: recorded facts are append-only'); END;
CREATE TRIGGER seed_values_last BEFORE DELETE ON seed_values
BEGIN SELECT raise(ABORT, 'seed_values: recorded facts are append-only'); END;
CREATE TRIGGER seed_values_once BEFORE INSERT ON seed_values
WHEN EXISTS (
  SELECT 1 FROM seed_values
  WHERE run = new.run AND claim = new.claim AND condition = new.condition
    AND cell = new.cell AND seed = new.seed)
BEGIN SELECT raise(IGNORE); END;

CREATE TRIGGER ledger_files_stay BEFORE UPDATE ON ledger_files
BEGIN SELECT raise(ABORT, 'ledger_files: recorded facts are append-only'); END;
CREATE TRIGGER ledger_files_last BEFORE DELETE ON ledger_files
BEGIN SELECT raise(ABORT, 'ledger_files: recorded facts are append-only'); END;
CREATE TRIGGER ledger_files_once BEFORE INSERT ON ledger_files
WHEN EXISTS (SELECT 1 FROM ledger_files WHERE run = new.run)
BEGIN SELECT raise(IGNORE); END;
