import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { freePort, gone, later, launchApp, temporaryFolder, until } from "./helpers.mjs";

const READY_MS = 120_000;

/** @param {string | number} port */
async function answers(port) {
  try {
    return (await fetch(`http://localhost:${port}/api/v1/health`)).status === 200;
  } catch {
    // Nobody listens.
    return false;
  }
}

/** @param {string} dataDir */
const postmaster = (dataDir) =>
  Number.parseInt(readFileSync(join(dataDir, "postgres/cluster/postmaster.pid"), "utf8"), 10);

/** @param {ReturnType<typeof launchApp>} app */
const ready = (app) => app.until(() => app.said.out.includes("Stop with Ctrl-C."), "the banner", READY_MS);

/** @type {[string, Record<string, string>, RegExp][]} */
const faults = [
  ["a port that is no number", { PORT: "http" }, /^PORT is "http": set it to a number from 1 to 65535\.\n$/],
  [
    "a data folder that cannot be made",
    { DATA_DIR: "/dev/null/data" },
    /^Cannot write to the data folder .*DATA_DIR.*\.\n$/,
  ],
  ["a wrong database address", { DATABASE_URL: "mysql://x" }, /^DATABASE_URL is not an address like .*\.\n$/],
  [
    "a database that does not answer, without telling its password",
    { DATABASE_URL: "postgres://me:hidden@127.0.0.1:9/x" },
    /^Cannot use the database 127\.0\.0\.1:9\/x \((?!.*hidden).*\): start it or correct DATABASE_URL\.\n$/,
  ],
];

for (const [name, env, sentence] of faults) {
  test(`start: ${name} is told in one sentence with exit code 1`, async (t) => {
    const app = launchApp(t, { PORT: String(await freePort()), DATA_DIR: temporaryFolder(t), ...env });
    assert.equal(await app.ended, 1);
    assert.match(app.said.err, sentence);
  });
}

test("start: a taken port is told in one sentence with exit code 1", async (t) => {
  const squatter = createServer().listen(0, "127.0.0.1");
  await once(squatter, "listening");
  later(t, () => squatter.close());
  const address = squatter.address();
  const port = typeof address === "object" ? address?.port : 0;
  const app = launchApp(t, { PORT: String(port), DATA_DIR: temporaryFolder(t) });
  assert.equal(await app.ended, 1);
  assert.match(app.said.err, new RegExp(`^Port ${port} is taken \\(EADDRINUSE\\): .*PORT.*\\.\\n$`));
});

test("start: a damaged secrets file is told, not replaced", async (t) => {
  const dataDir = temporaryFolder(t);
  writeFileSync(join(dataDir, "secrets.json"), "{");
  const app = launchApp(t, { PORT: String(await freePort()), DATA_DIR: dataDir });
  assert.equal(await app.ended, 1);
  assert.match(
    app.said.err,
    /secrets\.json is damaged: restore it, or delete it and have everybody sign in again\.\n$/,
  );
});

test("start: ready with a banner, stopped whole by Ctrl-C, back within ten seconds, same secrets", async (t) => {
  const dataDir = temporaryFolder(t);
  const port = String(await freePort());
  const first = launchApp(t, { PORT: port, DATA_DIR: dataDir });
  await ready(first);
  assert.equal(await answers(port), true);
  const shown = first.said.out.slice(
    first.said.out.indexOf("\n{\n"),
    first.said.out.lastIndexOf("\n}\n") + 2,
  );
  const { command, args, env } = JSON.parse(shown).mcpServers.humans2ai;
  assert.equal(command, "node");
  assert.equal(statSync(args[0]).isFile(), true);
  assert.deepEqual(env, { API_KEY: env.API_KEY, HUMANS2AI_URL: `http://localhost:${port}` });
  const secrets = readFileSync(join(dataDir, "secrets.json"), "utf8");
  assert.equal(statSync(join(dataDir, "secrets.json")).mode & 0o777, 0o600);
  const pid = postmaster(dataDir);
  first.kill("SIGINT");
  assert.equal(await first.ended, 130);
  assert.equal(await answers(port), false);
  await gone(pid);

  const again = Date.now();
  const second = launchApp(t, { PORT: port, DATA_DIR: dataDir });
  await ready(second);
  assert.ok(Date.now() - again < 10_000, `took ${Date.now() - again} ms`);
  assert.equal(readFileSync(join(dataDir, "secrets.json"), "utf8"), secrets);
  second.kill("SIGTERM");
  assert.equal(await second.ended, 0);
});

test("start: kill -9 of the postmaster is mended, of the launcher leaves no server behind", async (t) => {
  const dataDir = temporaryFolder(t);
  const port = String(await freePort());
  const first = launchApp(t, { PORT: port, DATA_DIR: dataDir });
  await ready(first);
  const killed = postmaster(dataDir);
  process.kill(killed, "SIGKILL");
  await first.until(() => first.said.out.includes("starting it again"), "the launcher noticed");
  await first.until(() => answers(port), "it was well again");
  assert.notEqual(postmaster(dataDir), killed);

  first.kill("SIGKILL");
  await first.ended;
  await until(async () => !(await answers(port)), "the server to go with its launcher");
  const second = launchApp(t, { PORT: port, DATA_DIR: dataDir });
  await ready(second);
  const pid = postmaster(dataDir);
  second.kill("SIGTERM");
  assert.equal(await second.ended, 0);
  await gone(pid);
});
