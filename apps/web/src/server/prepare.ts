/** Before the first request: a reachable, migrated database, the first people, and the clock. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Core } from "@humans2ai/core";
import {
  clockJob,
  ensureAdmin,
  eventsJob,
  healthJob,
  mailJob,
  migrate,
  retentionJob,
  sealJob,
  seedDemo,
  startDeliveries,
  startJobs,
  webhooksJob,
} from "@humans2ai/core/setup";
import { env } from "../env.ts";
import { getCore } from "./core.ts";
import { createMailer, mailFolder } from "./mailer.ts";
import { logFault } from "./reply.ts";
import { webhookSender } from "./webhook-sender.ts";

const UPKEEP_MS = 60_000;

export interface Prepared {
  /** Ends the waiting of requests that wait for events, before the listener waits for them. */
  letGo: () => Promise<void>;
  stop: () => Promise<void>;
}

export async function prepare(): Promise<Prepared> {
  const e = env();
  const core = getCore();
  await mkdir(e.DATA_DIR, { recursive: true });
  await migrateOrSay(core, e.DATABASE_URL);
  if (e.ADMIN_EMAIL && e.ADMIN_PASSWORD) await ensureAdmin(core, e.ADMIN_EMAIL, e.ADMIN_PASSWORD);
  if (e.DEMO) {
    const demo = await seedDemo(core);
    if (demo) await writeFile(join(e.DATA_DIR, "demo.json"), JSON.stringify(demo, null, 2), { mode: 0o600 });
  }
  if (!e.SMTP_URL && e.NODE_ENV === "production") {
    console.log(`SMTP_URL is not set: mails are kept in ${mailFolder(e)}, and nobody gets them.`);
  }
  const report = (error: unknown) => logFault("[job]", error);
  const jobs = [
    clockJob(e.JOB_INTERVAL_MS),
    eventsJob(UPKEEP_MS),
    webhooksJob(UPKEEP_MS),
    sealJob(e.JOB_INTERVAL_MS, e.AUDIT_SEALS),
    retentionJob(UPKEEP_MS),
    healthJob(UPKEEP_MS),
    mailJob(createMailer(e), e.JOB_INTERVAL_MS),
  ];
  const stopJobs = startJobs(core, jobs, report);
  const sender = webhookSender({ allowPrivate: e.WEBHOOK_ALLOW_PRIVATE });
  const stopDeliveries = startDeliveries(core, sender, report);
  return {
    letGo: core.feed.close,
    async stop() {
      await Promise.all([stopJobs(), stopDeliveries()]);
      await core.close();
    },
  };
}

async function migrateOrSay(core: Core, url: string) {
  try {
    await migrate(core.client);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const { host } = new URL(url);
    if (/^(ECONN|ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT)/.test(code)) {
      throw new Error(`The database at ${host} cannot be reached (${code}); check DATABASE_URL.`, {
        cause: error,
      });
    }
    if (/^(28|3D)/.test(code)) {
      throw new Error(
        `The database at ${host} refused us: ${(error as Error).message}; check DATABASE_URL.`,
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}
