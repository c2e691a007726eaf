import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ensureLinks } from "../lib/postgres/binaries.mjs";
import { startPostgres } from "../lib/postgres.mjs";
import { gone, holdDatabase, later, query, temporaryFolder } from "./helpers.mjs";

const root = process.getuid?.() === 0;
const NOBODY = 65534;

test("a fresh start is durable, listens on the loopback alone and keeps its password private", async (t) => {
  const dataDir = temporaryFolder(t);
  const running = await startPostgres({ dataDir });
  later(t, () => running.stop());
  const rows = await query(
    running.url,
    `select name, setting from pg_settings where name in
      ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories', 'max_connections')`,
  );
  assert.deepEqual(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])), {
    fsync: "on",
    full_page_writes: "on",
    listen_addresses: "127.0.0.1",
    max_connections: "100",
    synchronous_commit: "on",
    unix_socket_directories: "",
  });
  assert.equal(running.reused, false);
  assert.equal(statSync(join(dataDir, "postgres/connection.json")).mode & 0o777, 0o600);
  const wrong = running.url.replace(/:[^:@]+@/, ":wrong@");
  await assert.rejects(query(wrong, "select 1"), /password authentication failed/);
});

test("data, address and password stay the same from one run to the next", async (t) => {
  const dataDir = temporaryFolder(t);
  const first = await startPostgres({ dataDir, fast: true });
  await query(first.url, "create table kept as select 42 as answer");
  await first.stop();
  await gone(first.pid);
  const second = await startPostgres({ dataDir, fast: true });
  later(t, () => second.stop());
  assert.equal(second.url, first.url);
  assert.deepEqual(await query(second.url, "select answer from kept"), [{ answer: 42 }]);
});

test("after kill -9 of the postmaster the next start recovers every committed row", async (t) => {
  const dataDir = temporaryFolder(t);
  const first = await startPostgres({ dataDir });
  await query(first.url, "create table kept as select 42 as answer");
  process.kill(first.pid, "SIGKILL");
  const second = await startPostgres({ dataDir });
  later(t, () => second.stop());
  await first.stop();
  assert.notEqual(second.pid, first.pid);
  assert.deepEqual(await query(second.url, "select answer from kept"), [{ answer: 42 }]);
});

test("after kill -9 of its launcher an orphaned server is taken over, and stopped in the end", async (t) => {
  const dataDir = temporaryFolder(t);
  const first = await holdDatabase(t, dataDir);
  await query(first.url, "create table kept as select 42 as answer");
  await first.end("SIGKILL");
  const second = await startPostgres({ dataDir, fast: true });
  assert.deepEqual([second.reused, second.pid, second.url], [true, first.pid, first.url]);
  assert.deepEqual(await query(second.url, "select answer from kept"), [{ answer: 42 }]);
  await second.stop();
  await gone(first.pid);
});

test("a server that two processes use stops with the last of them", async (t) => {
  const dataDir = temporaryFolder(t);
  const first = await holdDatabase(t, dataDir);
  const second = await holdDatabase(t, dataDir);
  assert.equal(second.reused, true);
  await first.end("SIGTERM");
  assert.equal((await query(second.url, "select 1 as one")).length, 1);
  await second.end("SIGTERM");
  await gone(first.pid);
});

test("a stale pid file that names another living process is no obstacle", async (t) => {
  const dataDir = temporaryFolder(t);
  const first = await startPostgres({ dataDir, fast: true });
  const pidFile = join(dataDir, "postgres/cluster/postmaster.pid");
  const lines = readFileSync(pidFile, "utf8").split("\n");
  const { uid, gid } = statSync(pidFile);
  await first.stop();
  writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join("\n"));
  chownSync(pidFile, uid, gid);
  const second = await startPostgres({ dataDir, fast: true });
  later(t, () => second.stop());
  assert.equal(second.reused, false);
});

test("a server on our port that serves other data is never mistaken for ours", async (t) => {
  const [mine, other] = [temporaryFolder(t), temporaryFolder(t)];
  const first = await startPostgres({ dataDir: mine, fast: true });
  await query(first.url, "create table kept as select 42 as answer");
  await first.stop();
  const stranger = await startPostgres({ dataDir: other, fast: true });
  later(t, () => stranger.stop());
  writeFileSync(
    join(mine, "postgres/connection.json"),
    readFileSync(join(other, "postgres/connection.json")),
  );
  const second = await startPostgres({ dataDir: mine, fast: true });
  later(t, () => second.stop());
  assert.notEqual(new URL(second.url).port, new URL(stranger.url).port);
  assert.deepEqual(await query(second.url, "select answer from kept"), [{ answer: 42 }]);
});

test("a lost connection file costs no data: the password is made anew", async (t) => {
  const dataDir = temporaryFolder(t);
  const first = await startPostgres({ dataDir, fast: true });
  await query(first.url, "create table kept as select 42 as answer");
  await first.stop();
  rmSync(join(dataDir, "postgres/connection.json"));
  const second = await startPostgres({ dataDir, fast: true });
  later(t, () => second.stop());
  assert.notEqual(new URL(second.url).password, new URL(first.url).password);
  assert.deepEqual(await query(second.url, "select answer from kept"), [{ answer: 42 }]);
});

test("a data folder that cannot be made is told in one sentence", async (t) => {
  const file = join(temporaryFolder(t), "file");
  writeFileSync(file, "");
  await assert.rejects(startPostgres({ dataDir: join(file, "data") }), {
    name: "Fault",
    message: /^Cannot write to the data folder .*: set DATA_DIR to one you may write to\.$/,
  });
});

test("library links that a skipped postinstall left out are made", (t) => {
  const native = join(temporaryFolder(t), "native");
  mkdirSync(join(native, "lib"), { recursive: true });
  writeFileSync(join(native, "lib/libx.so.1.2"), "");
  const links = [{ source: "native/lib/libx.so.1.2", target: "native/lib/libx.so.1" }];
  writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify(links));
  assert.equal(ensureLinks(native), true);
  assert.equal(lstatSync(join(native, "lib/libx.so.1")).isSymbolicLink(), true);
  assert.equal(statSync(join(native, "lib/libx.so.1")).isFile(), true);
});

if (root) {
  test("as root, under a folder closed to all others, Postgres runs as another user on its own data", async (t) => {
    const dataDir = join(temporaryFolder(t), "closed");
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o700);
    const running = await startPostgres({ dataDir, fast: true });
    later(t, () => running.stop());
    assert.notEqual(statSync(join(dataDir, "postgres/cluster")).uid, 0);
    assert.equal(statSync(dataDir).mode & 0o777, 0o700);
    await query(running.url, "create table kept as select 1; checkpoint");
  });

  test("an ordinary user runs it as itself", async (t) => {
    const dataDir = temporaryFolder(t);
    chownSync(dataDir, NOBODY, NOBODY);
    const { url } = await holdDatabase(t, dataDir, { uid: NOBODY, gid: NOBODY });
    assert.equal((await query(url, "select 1 as one")).length, 1);
    assert.equal(statSync(join(dataDir, "postgres/cluster")).uid, NOBODY);
  });

  test("data of another user is refused in one sentence", async (t) => {
    const dataDir = temporaryFolder(t);
    const made = await startPostgres({ dataDir, fast: true });
    await made.stop();
    chmodSync(dataDir, 0o777);
    chmodSync(join(dataDir, "postgres"), 0o777);
    await assert.rejects(
      holdDatabase(t, dataDir, { uid: NOBODY, gid: NOBODY }),
      /belongs to another user than nobody/,
    );
  });
}
