import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkDatabase, embeddedDatabase } from "./lib/database.mjs";
import { Fault } from "./lib/fault.mjs";
import { root } from "./lib/paths.mjs";
import { authSecret, dataFolder } from "./lib/settings.mjs";
import { main } from "./lib/supervise.mjs";
import { buildParts, checkNode, ensureReady } from "./lib/toolchain.mjs";

/** @typedef {typeof import("../packages/core/dist/setup.js")} Setup */

const USAGE = `pnpm audit:verify [--key <public key>]… [--seals <file>]

Checks every entry of the audit, the seals over them and their copy outside of the database.
  --key    a public key that is trusted, base64 as the admin's audit page shows it; may be repeated.
           Without one: the key of AUDIT_KEY, or else that of AUTH_SECRET.
  --seals  the outside copy; default AUDIT_SEALS, or else DATA_DIR/audit/seals.jsonl.
The database is that of DATABASE_URL, or else the embedded one. Exit code 1 when anything is wrong.`;

function readArguments() {
  try {
    const options = /** @type {const} */ ({
      key: { type: "string", multiple: true },
      seals: { type: "string" },
      help: { type: "boolean", short: "h" },
    });
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

/** The keys whose signatures count. Asking the database would be asking the accused.
 * @param {Setup} setup @param {string[]} given @param {string} dataDir */
function trustedKeys({ deriveAuditKey, readAuditKey, readPublicKey }, given, dataDir) {
  if (given.length > 0) {
    return given.map((text) => {
      const key = readPublicKey(text);
      if (!key)
        throw new Fault(`--key ${text} is no ed25519 public key: give it in base64, as it was published.`);
      return key;
    });
  }
  if (process.env.AUDIT_KEY) {
    const key = readAuditKey(process.env.AUDIT_KEY);
    if (!key) throw new Fault("AUDIT_KEY is no ed25519 key: correct it.");
    return [key];
  }
  if (!process.env.AUTH_SECRET && !existsSync(join(dataDir, "secrets.json"))) {
    throw new Fault(
      "There is no key to check signatures with: set DATA_DIR (or AUDIT_KEY or AUTH_SECRET) as for the server, or give --key.",
    );
  }
  return [deriveAuditKey(authSecret(dataDir))];
}

/** @param {import("../packages/core/dist/setup.js").Verdict} verdict */
function tellVerdict({ entries, unsealed, seals, faults, first }) {
  const counted = `${entries} entries, ${seals} seals`;
  const rest =
    unsealed > 0 ? `; ${unsealed} entries are not sealed yet, of which only the hashes are checked` : "";
  if (faults === 0) {
    console.log(`The audit is whole: ${counted}${rest}.`);
    return 0;
  }
  console.error(`THE AUDIT IS NOT WHOLE: ${faults} faults in ${counted}${rest}.`);
  for (const fault of first) console.error(`  ${fault}`);
  if (faults > first.length) console.error(`  … and ${faults - first.length} more`);
  return 1;
}

async function auditVerify() {
  const { key = [], seals, help } = readArguments();
  if (help) {
    console.log(USAGE);
    return 0;
  }
  checkNode();
  const dataDir = dataFolder();
  const logs = join(dataDir, "logs");
  await ensureReady({ logs, build: false });
  const built = join(root, "packages/core/dist/setup.js");
  if (!existsSync(built)) await buildParts({ logs, parts: ["@humans2ai/core"] });
  /** @type {Setup} */
  const setup = await import(built);
  const keys = new Map(trustedKeys(setup, key, dataDir).map(({ keyId, publicKey }) => [keyId, publicKey]));
  const own = process.env.DATABASE_URL;
  if (own) await checkDatabase(own);
  const databaseUrl = own || (await embeddedDatabase(dataDir));
  const outside = resolve(seals || process.env.AUDIT_SEALS || join(dataDir, "audit", "seals.jsonl"));
  const { default: postgres } = await import("postgres");
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    return tellVerdict(await setup.verifyAudit(sql, { keys, outside }));
  } finally {
    await sql.end({ timeout: 5 });
  }
}

await main(auditVerify);
