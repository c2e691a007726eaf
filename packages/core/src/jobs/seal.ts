/** The sealer: signs what was written to the audit, a few seconds after, outside of everybody's way. */

import { sign } from "node:crypto";
import { MerkleTree, NO_SEAL, type Seal, type SealText, sealHash, sealText } from "../audit/hash.ts";
import { lastSeal, publishSeals } from "../audit/seals.ts";
import type { Core } from "../core.ts";
import type { Job } from "./runner.ts";

const MOST = 10_000;

/** A number, and a transaction that began after everybody who holds that number or a smaller one. */
export interface Mark {
  n: string;
  xid: string;
}

/**
 * Marks the last number drawn; null when it is sealed already. Whoever draws one has its transaction's id before (see `audit` in audit.sql), so once
 * all transactions older than the mark's have ended, no number up to it can still turn up. No id of a transaction is
 * ever kept: a dump that is restored into a new server, where they start anew, seals on as if nothing had been.
 */
export async function mark(core: Core, sealedTo = "0"): Promise<Mark | null> {
  const [drawn] = await core.client`
    select last_value::text as n from audit_entry_n where is_called and last_value > ${sealedTo}`;
  if (!drawn) return null;
  // Not in one statement: this id must be the younger one.
  const [own] = await core.client`select pg_current_xact_id()::text as xid`;
  return { n: drawn.n, xid: own?.xid };
}

/** Seals what came up to a mark; null while somebody may still be writing below it. Answers the seals made. */
export async function seal(core: Core, upTo: Mark): Promise<number | null> {
  const [now] =
    await core.client`select pg_snapshot_xmin(pg_current_snapshot()) >= ${upTo.xid}::xid8 as over`;
  if (!now?.over) return null;
  let made = 0;
  while (await sealNext(core, upTo.n)) made += 1;
  return made;
}

/** One more seal, of at most MOST entries. Of several processes one wins: the seal's number is its key. */
async function sealNext(core: Core, upTo: string): Promise<boolean> {
  return core.client.begin(async (tx) => {
    const last = await lastSeal(tx);
    const first = last ? (BigInt(last.last) + 1n).toString() : "1";
    const rows = await tx<{ n: string; hash: Uint8Array }[]>`
      select n::text, hash from audit_entry where n >= ${first} and n <= ${upTo} order by audit_entry.n limit ${MOST}`;
    if (rows.length === 0) return false;
    const tree = new MerkleTree();
    for (const row of rows) tree.add(row.hash);
    const signed = signSeal(core, {
      n: (last?.n ?? 0) + 1,
      first,
      last: rows.length < MOST ? upTo : rows.at(-1)!.n,
      entries: rows.length,
      root: Buffer.from(tree.root()).toString("hex"),
      previous: last ? sealHash(last) : NO_SEAL,
      at: core.now().toISOString().replace("Z", "000Z"),
      keyId: core.auditKey.keyId,
    });
    const s = signed;
    const kept = await tx`
      insert into audit_seal (n, first, last, entries, root, previous, at, key_id, signature)
      values (${s.n}, ${s.first}, ${s.last}, ${s.entries}, decode(${s.root}, 'hex'), decode(${s.previous}, 'hex'),
        ${s.at}, ${s.keyId}, decode(${s.signature}, 'hex')) on conflict (n) do nothing`;
    return kept.count === 1;
  });
}

const signSeal = (core: Core, text: SealText): Seal => ({
  ...text,
  signature: sign(null, Buffer.from(sealText(text)), core.auditKey.privateKey).toString("hex"),
});

/** Seals and publishes; `outside` is the file that keeps the seals where the database's owner cannot unwrite them. */
export const sealJob = (everyMs: number, outside: string): Job => {
  let waiting: Mark | null = null;
  return {
    name: "audit seal",
    everyMs,
    async run(core) {
      // The mark stays until it is reached: with a new one at each run, a steady stream of writers would outrun it.
      if (waiting && (await seal(core, waiting)) !== null) waiting = null;
      await publishSeals(core.client, outside);
      const last = await lastSeal(core.client);
      waiting ??= await mark(core, last?.last);
      return last ? `sealed to entry ${last.last}` : undefined;
    },
  };
};
