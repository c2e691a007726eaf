/** For the whole run: the API's listener bundled as the build bundles it, and a Postgres with a migrated template. */

import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../../scripts/lib/postgres.mjs";
import { connect, withDatabase } from "./database.ts";

declare module "vitest" {
  interface ProvidedContext {
    serverUrl: string;
    template: string;
    bundle: string;
  }
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default async function setup(project: TestProject) {
  await buildCoreIfStale();
  const bundle = path("../dist/api-under-test.js");
  await build({
    entryPoints: [path("api-server.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
  const server = await testPostgres();
  const template = `h2a_web_template_${process.pid}`;
  const admin = connect(server.url);
  await admin.unsafe(`drop database if exists ${template}`);
  await admin.unsafe(`create database ${template}`);
  const { migrate } = await import("@humans2ai/core/setup"); // not before it is built
  const client = connect(withDatabase(server.url, template));
  await migrate(client);
  await client.end();
  project.provide("serverUrl", server.url);
  project.provide("template", template);
  project.provide("bundle", bundle);
  return async () => {
    await admin.unsafe(`drop database if exists ${template}`);
    await admin.end();
    await server.stop();
    await rm(bundle, { force: true });
    await rm(`${bundle}.map`, { force: true });
  };
}

/** The server that the launcher started for all suites, or a throwaway one for a run by hand. */
async function testPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), "humans2ai-test-"));
  const server = await startPostgres({ dataDir, fast: true, log: () => {} });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The listener imports the built core: a test of an old one would prove nothing. */
async function buildCoreIfStale() {
  const core = path("../../../packages/core/");
  const built = await stat(join(core, "dist/index.js")).catch(() => null);
  if (built && (await newest(join(core, "src"))) < built.mtimeMs) return;
  const bin = join(core, "node_modules/.bin");
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
  const { status } = spawnSync(process.execPath, ["build.mjs"], { cwd: core, env, stdio: "inherit" });
  if (status !== 0) throw new Error("packages/core does not build.");
}

async function newest(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes(".test."));
  const times = files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs);
  return Math.max(...(await Promise.all(times)));
}
