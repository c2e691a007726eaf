/** Runs the jobs: each in a loop of its own, so that a slow one never delays another, and keeps how they fared. */

import type { Core } from "../core.ts";
import { redact } from "../redact.ts";

export type Report = (error: unknown) => void;

export interface Job {
  name: string;
  everyMs: number;
  /** Safe to run in several processes at once. Answers a note for the admin's page, if there is one. */
  run: (core: Core, report: Report) => Promise<string | undefined>;
}

/** Runs every job at its interval until stopped. A run that fails is reported, kept, and tried again. */
export function startJobs(core: Core, jobs: readonly Job[], report: Report): () => Promise<void> {
  const stops = jobs.map((job) => startJob(core, job, report));
  return async () => void (await Promise.all(stops.map((stop) => stop())));
}

function startJob(core: Core, job: Job, report: Report): () => Promise<void> {
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const say: Report = (error) => report(new Error(`job ${job.name}`, { cause: error }));
  const tick = () => {
    running = runOnce(core, job, say)
      .catch(say)
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, job.everyMs);
      });
  };
  let timer = setTimeout(tick, 0);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

/** One run of a job, with its outcome kept in `job_run`. */
export async function runOnce(core: Core, job: Job, report: Report): Promise<void> {
  const began = performance.now();
  let note: string | undefined;
  let failure: string | null = null;
  try {
    note = await job.run(core, (error) => {
      failure ??= sayFailure(error);
      report(error);
    });
  } catch (error) {
    failure = sayFailure(error);
    report(error);
  }
  await core.client`
    insert into job_run (name, every_ms, ok_at, failed_at, failure, took_ms, note)
    values (${job.name}, ${job.everyMs}, case when ${failure}::text is null then clock_now() end,
      case when ${failure}::text is not null then clock_now() end, ${failure},
      ${Math.round(performance.now() - began)}, ${note ?? null})
    on conflict (name) do update set every_ms = excluded.every_ms, took_ms = excluded.took_ms, note = excluded.note,
      ok_at = coalesce(excluded.ok_at, job_run.ok_at), failed_at = coalesce(excluded.failed_at, job_run.failed_at),
      failure = coalesce(excluded.failure, job_run.failure)`;
}

const sayFailure = (error: unknown) =>
  redact(error instanceof Error ? error.message : String(error)).slice(0, 500);
