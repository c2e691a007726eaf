import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { root } from "../lib/paths.mjs";
import { buildParts } from "../lib/toolchain.mjs";
import { holdDatabase, later, temporaryFolder } from "./helpers.mjs";

const script = fileURLToPath(new URL("../audit-verify.mjs", import.meta.url));
const SECRET = "a test secret of thirty-two bytes or more";

/** @param {Record<string, string>} env @param {string[]} args */
async function verify(env, ...args) {
  const {
    DATABASE_URL: _url,
    AUTH_SECRET: _secret,
    AUDIT_KEY: _key,
    AUDIT_SEALS: _seals,
    ...rest
  } = process.env;
  const child = spawn(process.execPath, [script, ...args], { env: { ...rest, ...env }, stdio: "pipe" });
  const ended = new Promise((done) => child.on("close", done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, code };
}

/** A database with some entries, sealed and published. @param {import("node:test").TestContext} t */
async function sealedAudit(t) {
  const dataDir = temporaryFolder(t);
  if (!existsSync(join(root, "packages/core/dist/setup.js")))
    await buildParts({ logs: join(dataDir, "logs"), parts: ["@humans2ai/core"] });
  const { url } = await holdDatabase(t, dataDir);
  const { createCore, ANONYMOUS } = await import("../../packages/core/dist/index.js");
  const { migrate, sealJob } = await import("../../packages/core/dist/setup.js");
  const noFiles = { put: async () => {}, get: async () => new Uint8Array(), remove: async () => {} };
  const core = createCore({ databaseUrl: url, secret: SECRET, files: noFiles });
  await migrate(core.client);
  for (const name of ["a", "b", "c"]) {
    await core.call(ANONYMOUS, "register", { email: `${name}@example.com`, password: "correct-horse-1" });
  }
  const job = sealJob(1000, join(dataDir, "audit", "seals.jsonl"));
  for (let run = 0; run < 5; run++) await job.run(core, console.error);
  await core.close();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  later(t, () => sql.end());
  return { env: { DATABASE_URL: url, DATA_DIR: dataDir }, sql };
}

test("audit:verify says that it is whole, or what is wrong, by words and exit code", async (t) => {
  const { env, sql } = await sealedAudit(t);
  const withSecret = { ...env, AUTH_SECRET: SECRET };
  const well = await verify(withSecret);
  assert.match(well.out, /The audit is whole: 3 entries, 1 seals\.\n$/);
  assert.deepEqual([well.err, well.code], ["", 0]);

  const keyless = await verify(env);
  assert.equal(keyless.code, 1);
  assert.match(keyless.err, /There is no key to check signatures with/);
  const stranger = await verify({ ...env, AUTH_SECRET: `${SECRET}!` });
  assert.equal(stranger.code, 1);
  assert.match(stranger.err, /which is not trusted/);
  const [key] = await sql`select key_id from audit_seal`;
  assert.match(stranger.err, new RegExp(String(key?.key_id)));
  assert.equal((await verify(withSecret, "--seals", "/no/such/file")).code, 1);
  assert.match((await verify(withSecret, "--key", "x")).err, /is no ed25519 public key/);

  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update audit_entry set outcome = 'FORBIDDEN' where n = 2`;
  });
  const forged = await verify(withSecret);
  assert.equal(forged.code, 1);
  assert.equal(forged.out, "");
  assert.match(
    forged.err,
    /^THE AUDIT IS NOT WHOLE: 1 faults in 3 entries, 1 seals\.\n {2}entry 2 was changed/,
  );
});
