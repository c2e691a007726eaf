/** What is hashed and signed: an entry's canonical text, the Merkle tree over entries, a seal's text. */

import { createHash } from "node:crypto";

const sha256 = (...parts: (Uint8Array | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** An entry as the database tells it: every column as text, `at` in UTC with microseconds, bytes in hex. */
export interface EntryRow {
  n: string;
  at: string;
  actor: string;
  role: string;
  via: string;
  keyId: string | null;
  ip: string | null;
  channel: string;
  tool: string;
  object: string | null;
  outcome: string;
  account: string | null;
  request: string | null;
  params: string | null;
  hash: string;
}

/** The hash in hex of an entry, a leaf of RFC 6962's tree; `audit` in audit.sql writes the same. */
export function entryHash(e: Omit<EntryRow, "hash">): string {
  const fields = [e.n, e.at, e.actor, e.role, e.via, e.keyId, e.ip, e.channel, e.tool, e.object, e.outcome];
  const text = [...fields, e.account, e.request, e.params].map((field) => JSON.stringify(field)).join(", ");
  return sha256(LEAF, `[${text}]`).toString("hex");
}

interface Peak {
  size: number;
  hash: Uint8Array;
}

/** The Merkle root of RFC 6962 over leaf hashes that come one by one, in memory of the tree's height. */
export class MerkleTree {
  count = 0;
  readonly #peaks: Peak[] = [];

  add(leaf: Uint8Array): void {
    this.count += 1;
    let peak: Peak = { size: 1, hash: leaf };
    while (this.#peaks.at(-1)?.size === peak.size) {
      const left = this.#peaks.pop()!;
      peak = { size: left.size * 2, hash: sha256(NODE, left.hash, peak.hash) };
    }
    this.#peaks.push(peak);
  }

  /** Of no leaves it is the hash of nothing. */
  root(): Uint8Array {
    if (this.#peaks.length === 0) return sha256("");
    return this.#peaks.map(({ hash }) => hash).reduceRight((right, left) => sha256(NODE, left, right));
  }
}

/** What a seal says; the bytes in hex, `at` in UTC with microseconds. */
export interface SealText {
  n: number;
  first: string;
  last: string;
  entries: number;
  root: string;
  /** Hash of the seal before: of its text and its signature. */
  previous: string;
  at: string;
  keyId: string;
}
export interface Seal extends SealText {
  signature: string;
}

/** What is signed. */
export const sealText = (s: SealText): string =>
  JSON.stringify(["h2a-audit-seal-1", s.n, s.first, s.last, s.entries, s.root, s.previous, s.at, s.keyId]);

/** What the next seal names as its previous. */
export const sealHash = (s: Seal): string =>
  sha256(sealText(s), Buffer.from(s.signature, "hex")).toString("hex");

/** The `previous` of the first seal. */
export const NO_SEAL = "0".repeat(64);
