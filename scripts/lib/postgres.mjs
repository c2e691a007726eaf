import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { errorCode, errorText, Fault } from "./fault.mjs";
import { makeFolder } from "./paths.mjs";
import {
  bootServer,
  checkVersion,
  createCluster,
  describeCluster,
  haltServer,
  setPassword,
  writeForDatabase,
  writeSettings,
} from "./postgres/cluster.mjs";
import { hold, othersHold, withLock } from "./postgres/holders.mjs";
import { commandLine, isAlive, sleep } from "./process.mjs";

/** @typedef {import("./postgres/cluster.mjs").Cluster} Cluster */
/** @typedef {{ port: number, password: string }} Connection */

const DATABASE = "humans2ai";
const BOOT_PATIENCE_MS = 20_000;
const ANSWER_PATIENCE_MS = 60_000;
const LOG_LIMIT = 5_000_000;

/** @param {Cluster} cluster */
const connectionFile = ({ home }) => join(home, "connection.json");

/** @param {Cluster} cluster
 * @returns {Connection | undefined} undefined when lost or damaged: then both are made anew */
function readConnection(cluster) {
  try {
    const { port, password } = JSON.parse(readFileSync(connectionFile(cluster), "utf8"));
    return Number.isInteger(port) && typeof password === "string" ? { port, password } : undefined;
  } catch (error) {
    if (errorCode(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @param {Cluster} cluster @param {Connection} connection */
function keepConnection(cluster, connection) {
  const file = connectionFile(cluster);
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(connection)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** @param {Connection} connection */
const addressOf = ({ port, password }, database = DATABASE) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** The live postmaster of this very data folder. A pid alone proves nothing: it may have been reused.
 * @param {Cluster} cluster
 * @returns {number | undefined} */
function livePostmaster({ pgdata, name }) {
  const file = join(pgdata, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
  if (!isAlive(pid)) return undefined;
  if (commandLine(pid).includes(`cluster_name=${name}`)) return pid;
  // Postgres would take the stranger for a running server and refuse to start.
  rmSync(file, { force: true });
  return undefined;
}

/** Connects, proves by a fresh nonce that the server serves this data folder, and makes the database.
 * @param {Cluster} cluster @param {Connection} connection */
async function greet(cluster, connection) {
  const { default: postgres } = await import("postgres");
  const sql = postgres(addressOf(connection, "postgres"), {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
  });
  try {
    const nonce = randomBytes(16).toString("hex");
    writeForDatabase(cluster, "humans2ai.nonce", nonce);
    const [row] = await sql`select pg_read_file('humans2ai.nonce') as nonce`;
    if (row?.nonce !== nonce) throw new Error("another server answers on this port");
    const [made] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!made) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Waits while a living server starts up or recovers from a crash.
 * @param {Cluster} cluster @param {Connection} connection
 * @returns {Promise<unknown>} why this server will not have us, or undefined when all is well */
async function refusal(cluster, connection) {
  const giveUp = Date.now() + ANSWER_PATIENCE_MS;
  for (;;) {
    try {
      await greet(cluster, connection);
      return undefined;
    } catch (error) {
      // 57P03: starting up, recovering or shutting down.
      const busy = errorCode(error) === "57P03" && livePostmaster(cluster) !== undefined;
      if (!busy || Date.now() > giveUp) return error;
    }
    await sleep(200);
  }
}

/** @param {Cluster} cluster */
function lastWords({ pgdata }) {
  const file = join(pgdata, "server.log");
  if (!existsSync(file)) return "";
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-5).join("\n");
}

/** Starts the server; when the last one was killed, its children may still hold the port and the memory.
 * @param {Cluster} cluster @param {Connection} connection
 * @returns {Promise<Connection>} with the port it got in the end */
async function boot(cluster, connection) {
  const giveUp = Date.now() + BOOT_PATIENCE_MS;
  let { port } = connection;
  for (let attempt = 1; ; attempt += 1) {
    writeSettings(cluster, port);
    const started = await bootServer(cluster);
    if (started.code === 0) return { ...connection, port };
    const words = lastWords(cluster);
    if (Date.now() > giveUp) {
      throw new Fault(
        `The embedded Postgres in ${cluster.pgdata} did not start: see its server.log there.`,
        words,
      );
    }
    if (attempt > 3 && /could not bind|Address already in use/.test(words)) port = await freePort();
    await sleep(250);
    livePostmaster(cluster);
  }
}

/** @param {Cluster} cluster */
async function halt(cluster) {
  const pid = livePostmaster(cluster);
  if (pid === undefined) return;
  const stopped = await haltServer(cluster, "fast");
  if (stopped.code !== 0 && isAlive(pid)) await haltServer(cluster, "immediate");
  // pg_ctl answers when the pid file is gone, which is a moment before the process is.
  for (let tries = 0; tries < 50 && isAlive(pid); tries++) await sleep(100);
  if (isAlive(pid)) throw new Fault(`The embedded Postgres (process ${pid}) does not stop.`, stopped.stderr);
}

/** @param {Cluster} cluster */
function trimLog({ pgdata }) {
  const file = join(pgdata, "server.log");
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat && stat.size > LOG_LIMIT) renameSync(file, `${file}.1`);
}

/** @param {Cluster} cluster @param {(line: string) => void} log
 * @returns {Promise<{ connection: Connection, reused: boolean }>} */
async function bringUp(cluster, log) {
  const fresh = !existsSync(cluster.pgdata);
  if (fresh) {
    log("Creating the embedded database");
    await createCluster(cluster);
  }
  checkVersion(cluster);
  let connection = fresh ? undefined : readConnection(cluster);
  if (livePostmaster(cluster) !== undefined) {
    if (connection && !(await refusal(cluster, connection))) return { connection, reused: true };
    if (othersHold(cluster.home)) {
      throw new Fault(
        `Another process uses the database in ${cluster.home}, and it does not answer: stop that one.`,
      );
    }
    await halt(cluster);
  }
  trimLog(cluster);
  let reason;
  for (const trust of [connection !== undefined, false]) {
    if (!trust || !connection) {
      connection = {
        port: connection?.port ?? (await freePort()),
        password: randomBytes(24).toString("base64url"),
      };
      await setPassword(cluster, connection.password);
    }
    connection = await boot(cluster, connection);
    keepConnection(cluster, connection);
    reason = await refusal(cluster, connection);
    if (!reason) return { connection, reused: false };
    await halt(cluster);
  }
  throw new Fault(
    `The embedded Postgres in ${cluster.pgdata} does not answer (${errorText(reason)}): see its server.log there.`,
  );
}

/** @param {string} dataDir */
function makeHome(dataDir) {
  const home = join(resolve(dataDir), "postgres");
  try {
    makeFolder(home);
    return home;
  } catch (error) {
    throw new Fault(
      `Cannot write to the data folder ${dataDir} (${errorText(error)}): set DATA_DIR to one you may write to.`,
    );
  }
}

/** @param {Cluster} cluster @param {ReturnType<typeof hold>} holder @param {number} pid */
async function leave(cluster, holder, pid) {
  if (existsSync(cluster.home)) {
    await withLock(cluster.home, async () => {
      if (!holder.release()) await halt(cluster);
    });
  } else if (commandLine(pid).includes(cluster.name)) {
    // Somebody removed the data under a running server: all it can do is go.
    process.kill(pid, "SIGQUIT");
  }
}

/** Runs the packaged Postgres on <dataDir>/postgres, or joins the one that already runs there.
 * @type {typeof import("./postgres.d.mts").startPostgres} */
export async function startPostgres({ dataDir, log = () => {}, fast = false }) {
  const home = makeHome(dataDir);
  return await withLock(home, async () => {
    const cluster = describeCluster({ home, fast, log });
    const { connection, reused } = await bringUp(cluster, log);
    const holder = hold(home);
    const pid = livePostmaster(cluster) ?? 0;
    const logFile = join(cluster.pgdata, "server.log");
    return { url: addressOf(connection), pid, reused, logFile, stop: () => leave(cluster, holder, pid) };
  });
}
