import type { Transaction } from "./database.ts"

/** Where pg-boss keeps its tables; ours are in `depinlab`. */
export const bossSchema = "depinlab_queue"

/**
 * `runs.digest` is set when a run is finished, `runs.cause` when it failed for good; all others are in the queue. The files of a run are kept by
 * its digest, so that two different results of one run can both be kept. Parquet and JSON that small gain nothing from PostgreSQL's compression.
 */
const tables = `
  CREATE SCHEMA IF NOT EXISTS depinlab;
  CREATE TABLE IF NOT EXISTS depinlab.documents (hash text PRIMARY KEY, json text NOT NULL);
  CREATE TABLE IF NOT EXISTS depinlab.batches (queue text PRIMARY KEY, name text NOT NULL, program text NOT NULL);
  CREATE TABLE IF NOT EXISTS depinlab.runs (
    id text PRIMARY KEY, job uuid NOT NULL, seed text NOT NULL,
    scenario text NOT NULL REFERENCES depinlab.documents, catalogue text NOT NULL REFERENCES depinlab.documents,
    digest text, seconds float8, host text,
    failures integer NOT NULL DEFAULT 0, cause text CHECK (cause IN ('model', 'machine')), message text, replay text
  );
  CREATE TABLE IF NOT EXISTS depinlab.members (
    queue text NOT NULL REFERENCES depinlab.batches, place integer NOT NULL, run text NOT NULL REFERENCES depinlab.runs,
    PRIMARY KEY (queue, run)
  );
  CREATE INDEX IF NOT EXISTS members_place ON depinlab.members (queue, place);
  CREATE INDEX IF NOT EXISTS members_run ON depinlab.members (run);
  CREATE TABLE IF NOT EXISTS depinlab.files (
    run text NOT NULL REFERENCES depinlab.runs, digest text NOT NULL, name text NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (run, digest, name)
  );
  ALTER TABLE depinlab.files ALTER bytes SET STORAGE EXTERNAL;
  CREATE TABLE IF NOT EXISTS depinlab.outcomes (
    run text NOT NULL REFERENCES depinlab.runs, outcome text NOT NULL, value float8 NOT NULL, PRIMARY KEY (run, outcome)
  );`

/** Two hosts that come to an empty database at once would stand in each other's way. */
export const createTables = async ({ query }: Transaction): Promise<void> => {
  await query("SELECT pg_advisory_xact_lock(hashtextextended('depinlab', 0))")
  const [found] = await query<{ readonly tables: string | null }>("SELECT to_regclass('depinlab.outcomes')::text AS tables")
  if (found!.tables === null) await query(tables)
}

/** The runs of a batch ($1 its queue), and how each stands. One that neither ended nor is in the queue has used up its hosts. */
export const standing = `
  SELECT place, runs.*, CASE
      WHEN cause IS NOT NULL THEN 'failed'
      WHEN digest IS NOT NULL THEN 'finished'
      WHEN job.state < 'active' THEN 'waiting'
      WHEN job.state = 'active' THEN 'running'
      ELSE 'failed'
    END AS state
  FROM depinlab.members JOIN depinlab.runs ON runs.id = run LEFT JOIN ${bossSchema}.job ON job.name = members.queue AND job.id = runs.job
  WHERE queue = $1`
