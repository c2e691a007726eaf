import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { errorCode, errorText, Fault } from "./fault.mjs";
import { makeFolder, root } from "./paths.mjs";
import { sleep } from "./process.mjs";

/** The data folder, made and proven writable. */
export function dataFolder() {
  const dataDir = resolve(root, process.env.DATA_DIR || ".data");
  const probe = join(dataDir, `.probe-${process.pid}`);
  try {
    makeFolder(dataDir);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const reason = errorCode(error) || errorText(error);
    throw new Fault(
      `Cannot write to the data folder ${dataDir} (${reason}): set DATA_DIR to a folder that you may write to.`,
    );
  }
  return dataDir;
}

export function portNumber() {
  const text = process.env.PORT || "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Fault(`PORT is "${text}": set it to a number from 1 to 65535.`);
  }
  return port;
}

/** @param {number} port @param {string | undefined} host
 * @returns {Promise<string>} an error code, or "" when it is free */
function tryPort(port, host) {
  return new Promise((done) => {
    const server = createServer();
    server.on("error", (error) => done(errorCode(error)));
    server.listen({ port, host }, () => server.close(() => done("")));
  });
}

/** @param {number} port */
export async function checkPort(port) {
  // A killed server of ours takes a moment to let go.
  for (let patience = 8; ; patience -= 1) {
    const code = (await tryPort(port, undefined)) || (await tryPort(port, "127.0.0.1"));
    if (code === "") return;
    if (code === "EACCES") {
      throw new Fault(`Port ${port} is not open to this user: set PORT to a number above 1023.`);
    }
    if (patience === 0) {
      throw new Fault(`Port ${port} is taken (${code}): stop what uses it, or set PORT to another number.`);
    }
    await sleep(250);
  }
}

/** AUTH_SECRET of the environment, or one made once and kept in the data folder.
 * @param {string} dataDir */
export function authSecret(dataDir) {
  if (process.env.AUTH_SECRET) return process.env.AUTH_SECRET;
  const file = join(dataDir, "secrets.json");
  if (existsSync(file)) {
    const kept = readSecret(file);
    if (kept) return kept;
    throw new Fault(`${file} is damaged: restore it, or delete it and have everybody sign in again.`);
  }
  const secret = randomBytes(32).toString("base64url");
  writeFileSync(`${file}.new`, `${JSON.stringify({ AUTH_SECRET: secret })}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secret;
}

/** @param {string} file @returns {string | undefined} */
function readSecret(file) {
  try {
    const { AUTH_SECRET } = JSON.parse(readFileSync(file, "utf8"));
    return typeof AUTH_SECRET === "string" && AUTH_SECRET.length >= 32 ? AUTH_SECRET : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
