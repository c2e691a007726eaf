import { errorCode, errorText, Fault } from "./fault.mjs";
import { startPostgres } from "./postgres.mjs";
import { isAlive } from "./process.mjs";
import { say } from "./steps.mjs";
import { atEnd, end, isEnding } from "./supervise.mjs";

const OLDEST = 15;

/** @param {string} text */
function parseAddress(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return url;
  throw new Fault("DATABASE_URL is not an address like postgres://user:password@host:5432/name: correct it.");
}

/** Proves that the database of DATABASE_URL answers and is new enough.
 * @param {string} address */
export async function checkDatabase(address) {
  const { host, pathname } = parseAddress(address);
  const { default: postgres } = await import("postgres");
  const sql = postgres(address, { max: 1, connect_timeout: 10, onnotice: () => {} });
  let version = 0;
  try {
    const [row] = await sql`show server_version_num`;
    version = Math.floor(Number(row?.server_version_num) / 10_000);
  } catch (error) {
    const reason = errorText(error) || errorCode(error);
    throw new Fault(
      `Cannot use the database ${host}${pathname} (${reason}): start it or correct DATABASE_URL.`,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
  if (version < OLDEST) {
    throw new Fault(
      `The database ${host} is Postgres ${version}: point DATABASE_URL at version ${OLDEST} or newer.`,
    );
  }
}

/** The embedded database for as long as this process lives: brought back if something kills it.
 * @param {string} dataDir */
export async function embeddedDatabase(dataDir) {
  const options = { dataDir, log: say };
  let current = startPostgres(options);
  atEnd(async () => {
    // A start under way is waited for: what is half started could not be stopped. Its failure is told elsewhere.
    const [started] = await Promise.allSettled([current]);
    if (started.status === "fulfilled") await started.value.stop();
  });
  let { url, pid } = await current;
  let busy = false;
  setInterval(async () => {
    if (busy || isEnding() || isAlive(pid)) return;
    busy = true;
    say("Postgres was killed; starting it again.");
    try {
      const fallen = await current;
      await fallen.stop();
      current = startPostgres(options);
      const next = await current;
      if (next.url !== url) throw new Fault("Postgres came back on another port: run npm start again.");
      pid = next.pid;
    } catch (error) {
      console.error(errorText(error));
      await end(1);
    }
    busy = false;
  }, 1000).unref();
  return url;
}
