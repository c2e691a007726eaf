/** Starts one throwaway Postgres for the whole run, with a migrated template database in it. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../../scripts/lib/postgres.mjs";
import { connect } from "../src/db/client.ts";
import { migrate } from "../src/db/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    serverUrl: string;
    template: string;
  }
}

export default async function setup(project: TestProject) {
  let stop = async () => {};
  let url = process.env.TEST_DATABASE_URL;
  if (!url) {
    const dataDir = await mkdtemp(join(tmpdir(), "humans2ai-test-"));
    const server = await startPostgres({ dataDir, fast: true, log: () => {} });
    url = server.url;
    stop = async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    };
  }
  const template = `h2a_template_${process.pid}`;
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  await admin.unsafe(`drop database if exists ${template}`);
  await admin.unsafe(`create database ${template}`);
  const client = connect(withDatabase(url, template), { max: 1 });
  await migrate(client);
  await client.end();
  project.provide("serverUrl", url);
  project.provide("template", template);
  return async () => {
    await admin.unsafe(`drop database if exists ${template}`);
    await admin.end();
    await stop();
  };
}

export function withDatabase(url: string, name: string): string {
  const target = new URL(url);
  target.pathname = `/${name}`;
  return target.toString();
}
