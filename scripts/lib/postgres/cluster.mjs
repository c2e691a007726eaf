import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { Fault } from "../fault.mjs";
import { run } from "../process.mjs";
import { findBinaries } from "./binaries.mjs";

/** @typedef {import("../process.mjs").OsUser} OsUser */
/** @typedef {{ home: string, pgdata: string, bin: string, major: number, user: OsUser | undefined, name: string, fast: boolean }} Cluster */

/** Postgres refuses to run as root: then it runs as whoever owns the data, or as postgres or nobody.
 * @param {string} pgdata
 * @returns {OsUser | undefined} undefined: as ourselves */
function databaseUser(pgdata) {
  const owner = statSync(pgdata, { throwIfNoEntry: false });
  if (process.getuid?.() !== 0) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new Fault(
        `${pgdata} belongs to another user than ${userInfo().username}: start as that user or set DATA_DIR to a new folder.`,
      );
    }
    return undefined;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Fault(
    "Postgres cannot run as root and there is no user postgres or nobody here: start as an ordinary user.",
  );
}

/** How the database's user reaches its data: by its path, or, when a folder above is closed to it (such as
 * root's home), by the working directory that we open for it.
 * @param {Cluster} cluster @param {string} folder */
function dataArgument({ user }, folder) {
  if (!user) return folder;
  const reached = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/" });
  if (reached.status === 0) return folder;
  if (existsSync("/proc/self/cwd")) return "/proc/self/cwd";
  throw new Fault(
    `The database's user cannot reach ${folder}: set DATA_DIR to a folder outside of private homes.`,
  );
}

/** @param {{ home: string, fast: boolean, log: (line: string) => void }} options
 * @returns {Cluster} */
export function describeCluster({ home, fast, log }) {
  const pgdata = join(home, "cluster");
  const user = databaseUser(pgdata);
  // Shown in every process title of the server: tells our postmaster from any other one.
  const name = `humans2ai-${createHash("sha256").update(realpathSync(home)).digest("hex").slice(0, 10)}`;
  return { home, pgdata, user, name, fast, ...findBinaries({ home, user, log }) };
}

/** @param {Cluster} cluster
 * @param {"initdb" | "pg_ctl" | "postgres"} command @param {string[]} args
 * @param {{ folder?: string, input?: string }} [options] */
function postgresCommand(cluster, command, args, { folder = cluster.pgdata, input = "" } = {}) {
  // Only what it needs: a stray PGPORT or PGDATA of the caller must not reach it.
  const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", PGDATA: dataArgument(cluster, folder) };
  return run(join(cluster.bin, command), args, { cwd: folder, env, input, user: cluster.user });
}

/** @param {Cluster} cluster @param {string} path @param {number} mode */
function giveToDatabase({ user }, path, mode) {
  if (user) chownSync(path, user.uid, user.gid);
  chmodSync(path, mode);
}

/** @param {Cluster} cluster @param {string} file @param {string} text */
export function writeForDatabase(cluster, file, text) {
  const path = join(cluster.pgdata, file);
  writeFileSync(path, text);
  giveToDatabase(cluster, path, 0o600);
}

/** Made aside and renamed when whole: a killed first start leaves no half cluster behind.
 * @param {Cluster} cluster */
export async function createCluster(cluster) {
  const folder = join(cluster.home, "cluster.new");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  giveToDatabase(cluster, folder, 0o700);
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const args = ["-U", "postgres", "-A", "trust", "-E", "UTF8", ...locale];
  const made = await postgresCommand(cluster, "initdb", cluster.fast ? [...args, "--no-sync"] : args, {
    folder,
  });
  if (made.code !== 0) {
    throw new Fault(
      `The embedded Postgres could not create its data in ${cluster.home}: see above.`,
      made.stderr,
    );
  }
  renameSync(folder, cluster.pgdata);
}

/** @param {Cluster} cluster */
export function checkVersion({ pgdata, major }) {
  const made = Number(readFileSync(join(pgdata, "PG_VERSION"), "utf8"));
  if (made === major) return;
  throw new Fault(
    `The data in ${pgdata} was made by Postgres ${made}, the embedded one is ${major}: move it away, or serve it yourself and set DATABASE_URL.`,
  );
}

/** Without a server, so that nobody ever connects without a password.
 * @param {Cluster} cluster @param {string} password letters, digits, - and _ only */
export async function setPassword(cluster, password) {
  const input = `alter role postgres password '${password}'\n`;
  const done = await postgresCommand(cluster, "postgres", ["--single", "postgres"], { input });
  // A stand-alone server ends with 0 even when the statement failed.
  if (done.code !== 0 || /\b(ERROR|FATAL|PANIC):/.test(done.stderr)) {
    throw new Fault(
      `The embedded Postgres in ${cluster.pgdata} could not be given its password.`,
      done.stderr,
    );
  }
}

/** The whole configuration is ours and written anew at each start.
 * @param {Cluster} cluster @param {number} port */
export function writeSettings(cluster, port) {
  const durable = { fsync: "on", synchronous_commit: "on", full_page_writes: "on", wal_compression: "on" };
  const fast = {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    wal_level: "minimal",
    max_wal_senders: 0,
    max_connections: 400, // a test file opens a core for each point in time that it visits
  };
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    max_connections: 100,
    shared_buffers: "128MB",
    max_wal_size: "1GB",
    random_page_cost: 1.1,
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] ",
    log_checkpoints: "off",
    ...(cluster.fast ? fast : durable),
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = '${value}'\n`);
  writeForDatabase(cluster, "postgresql.conf", lines.join(""));
  writeForDatabase(cluster, "pg_hba.conf", "host all all 127.0.0.1/32 scram-sha-256\n");
}

/** @param {Cluster} cluster */
export function bootServer(cluster) {
  const args = [
    "start",
    "-w",
    "-t",
    "300",
    "-s",
    "-l",
    "server.log",
    "-o",
    `-c cluster_name=${cluster.name}`,
  ];
  return postgresCommand(cluster, "pg_ctl", args);
}

/** @param {Cluster} cluster @param {"fast" | "immediate"} mode */
export function haltServer(cluster, mode) {
  return postgresCommand(cluster, "pg_ctl", ["stop", "-w", "-t", "60", "-s", "-m", mode]);
}
