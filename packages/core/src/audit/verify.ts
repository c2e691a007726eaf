/** Checks the audit against itself, its signatures and the copy of its seals outside of the database. */

import { type KeyObject, verify } from "node:crypto";
import type { Client, Sql } from "../db/client.ts";
import { type EntryRow, entryHash, MerkleTree, NO_SEAL, type Seal, sealHash, sealText } from "./hash.ts";
import { publishedSeals, sealLine, sealsAfter, utc } from "./seals.ts";

export interface Verdict {
  entries: number;
  /** Entries that no seal covers yet: only their own hashes are checked. */
  unsealed: number;
  seals: number;
  faults: number;
  /** The first of them, in words. */
  first: string[];
}

export interface VerifyOptions {
  /** Public keys that are trusted, by their ids. */
  keys: ReadonlyMap<string, KeyObject>;
  /** The file with the seals' outside copy. */
  outside: string;
}

const SHOWN = 20;
const SEALS = 500;
/** No transaction is as long: an entry this much older than the seal before it was not written when it says. */
const BACKDATED_MS = 3_600_000;
/** In which a seal may be in the database alone: it is published right after its commit. */
const PUBLISH_MS = 60_000;

/** Reads everything in one snapshot, in memory that does not grow with the entries. */
export async function verifyAudit(client: Client, options: VerifyOptions): Promise<Verdict> {
  return client.begin("isolation level repeatable read read only", async (tx) => {
    await tx`set local statement_timeout = 0`;
    const check = new Check();
    const outside = await publishedSeals(options.outside);
    if (!outside) check.fault(`there is no outside copy of the seals at ${options.outside}`);
    const [clock] = await tx`select clock_now() as now`;
    let last: Seal | null = null;
    for (;;) {
      const seals = await sealsAfter(tx, last?.n ?? 0, SEALS);
      if (seals.length === 0) break;
      const begin = last;
      for (const seal of seals) {
        checkSeal(check, seal, last, options.keys);
        checkPublished(check, seal, outside, new Date(clock?.now));
        last = seal;
      }
      await checkEntries(tx, check, seals, begin);
    }
    for (const n of outside?.keys() ?? []) {
      if (n > (last?.n ?? 0)) check.fault(`seal ${n} was published and is not in the database`);
    }
    await checkUnsealed(tx, check, last);
    return check.verdict;
  });
}

class Check {
  verdict: Verdict = { entries: 0, unsealed: 0, seals: 0, faults: 0, first: [] };
  fault(text: string) {
    this.verdict.faults += 1;
    if (this.verdict.first.length < SHOWN) this.verdict.first.push(text);
  }
}

function checkSeal(check: Check, seal: Seal, before: Seal | null, keys: VerifyOptions["keys"]) {
  check.verdict.seals += 1;
  const name = `seal ${seal.n}`;
  if (seal.n !== (before?.n ?? 0) + 1)
    check.fault(`${name} follows on seal ${before?.n ?? 0}: some are missing`);
  if (seal.previous !== (before ? sealHash(before) : NO_SEAL)) {
    check.fault(`${name} is not chained to the seal before it`);
  }
  if (BigInt(seal.first) !== BigInt(before?.last ?? 0) + 1n) {
    check.fault(`${name} begins at entry ${seal.first}, not right after the seal before it`);
  }
  const key = keys.get(seal.keyId);
  if (!key) check.fault(`${name} is signed with the key ${seal.keyId}, which is not trusted`);
  else if (!verify(null, Buffer.from(sealText(seal)), key, Buffer.from(seal.signature, "hex"))) {
    check.fault(`${name} has a wrong signature`);
  }
}

function checkPublished(check: Check, seal: Seal, outside: Map<number, Set<string>> | null, now: Date) {
  if (!outside) return;
  const lines = outside.get(seal.n);
  if (!lines) {
    const age = now.getTime() - new Date(seal.at).getTime();
    if (age > PUBLISH_MS) check.fault(`seal ${seal.n} is missing from the outside copy`);
  } else if (lines.size > 1) check.fault(`seal ${seal.n} was published in ${lines.size} different forms`);
  else if (!lines.has(sealLine(seal))) check.fault(`seal ${seal.n} is not the one that was published`);
}

const select = (sql: Sql) => sql<EntryRow[]>`
  select n::text, ${utc(sql)} as at, actor, role, via, key_id as "keyId", ip, channel, tool, object, outcome, account,
    encode(request, 'hex') as request, encode(params, 'hex') as params, encode(hash, 'hex') as hash
  from audit_entry`;

/** The entries of some seals that follow on each other. What is below the first seal belongs to it: it has no place. */
async function checkEntries(tx: Sql, check: Check, seals: Seal[], before: Seal | null) {
  const trees = seals.map(() => new MerkleTree());
  let at = 0;
  const rows = tx<EntryRow[]>`${select(tx)} where n <= ${seals.at(-1)!.last}
    ${before ? tx`and n > ${before.last}` : tx``} order by audit_entry.n`;
  for await (const batch of rows.cursor(1000)) {
    for (const entry of batch) {
      while (at < seals.length - 1 && BigInt(entry.n) > BigInt(seals[at]!.last)) at += 1;
      checkEntry(check, entry, seals[at - 1] ?? before);
      trees[at]!.add(Buffer.from(entry.hash, "hex"));
    }
  }
  for (const [i, seal] of seals.entries()) {
    const tree = trees[i]!;
    const where = `entries ${seal.first} to ${seal.last} (seal ${seal.n})`;
    if (tree.count < seal.entries) check.fault(`${where}: ${seal.entries - tree.count} missing`);
    else if (tree.count > seal.entries) check.fault(`${where}: ${tree.count - seal.entries} added`);
    else if (Buffer.from(tree.root()).toString("hex") !== seal.root) {
      check.fault(`${where} are not those that were sealed: changed or reordered`);
    }
  }
}

function checkEntry(check: Check, entry: EntryRow, sealedBefore: Seal | null) {
  check.verdict.entries += 1;
  if (entryHash(entry) !== entry.hash)
    check.fault(`entry ${entry.n} was changed: its hash is of something else`);
  const late = sealedBefore ? new Date(sealedBefore.at).getTime() - new Date(entry.at).getTime() : 0;
  if (late > BACKDATED_MS) {
    check.fault(
      `entry ${entry.n} is back-dated: it says ${entry.at}, and came after the seal of ${sealedBefore?.at}`,
    );
  }
}

async function checkUnsealed(tx: Sql, check: Check, last: Seal | null) {
  const rows = tx<
    EntryRow[]
  >`${select(tx)} where n > ${last?.last ?? "-9223372036854775808"} order by audit_entry.n`;
  for await (const batch of rows.cursor(1000)) {
    for (const entry of batch) {
      check.verdict.unsealed += 1;
      checkEntry(check, entry, last);
    }
  }
}
