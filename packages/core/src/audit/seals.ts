/** Seals where they are kept: in the database, and in a file outside of it. */

import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Sql } from "../db/client.ts";
import type { Seal } from "./hash.ts";

/** How times are hashed and signed. */
export const utc = (sql: Sql) => sql`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Seals after the given one, in their order. */
export const sealsAfter = async (sql: Sql, n: number, limit: number): Promise<Seal[]> =>
  (
    await sql<Seal[]>`
      select n::int, first::text, last::text, entries, encode(root, 'hex') as root, encode(previous, 'hex') as previous,
        ${utc(sql)} as at, key_id as "keyId", encode(signature, 'hex') as signature
      from audit_seal where n > ${n} order by n limit ${limit}`
  ).map((seal) => ({ ...seal }));

export const lastSeal = async (sql: Sql): Promise<Seal | null> => {
  const [newest] = await sql<{ n: number }[]>`select n::int from audit_seal order by n desc limit 1`;
  return newest ? ((await sealsAfter(sql, newest.n - 1, 1))[0] ?? null) : null;
};

/** A seal as a line of the outside copy: the same seal gives the same line. */
export const sealLine = (s: Seal): string =>
  JSON.stringify({
    n: s.n,
    first: s.first,
    last: s.last,
    entries: s.entries,
    root: s.root,
    previous: s.previous,
    at: s.at,
    keyId: s.keyId,
    signature: s.signature,
  });

const SEAL_LINE = /^\{"n":(\d+),.*\}$/;

/** The lines of the outside copy, by number; several lines of one number only where the copy was forked. */
export async function publishedSeals(path: string): Promise<Map<number, Set<string>> | null> {
  const found = new Map<number, Set<string>>();
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  for (const line of text.split("\n")) {
    const n = SEAL_LINE.exec(line)?.[1];
    // What is no seal (a line torn by a full disk) proves nothing and disproves nothing.
    if (n) found.set(Number(n), (found.get(Number(n)) ?? new Set()).add(line));
  }
  return found;
}

const TAIL = 64 * 1024;

/** The newest line of the outside copy, without reading all of it; null when there is none. */
async function newestLine(path: string): Promise<{ n: number; line: string } | null> {
  const file = await open(path, "a+", 0o600);
  try {
    const { size } = await file.stat();
    const from = Math.max(size - TAIL, 0);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(TAIL), 0, TAIL, from);
    const lines = buffer.subarray(0, bytesRead).toString("utf8").split("\n");
    const seals = lines.filter((line) => SEAL_LINE.test(line));
    const line = seals.at(-1);
    return line === undefined ? null : { n: Number(SEAL_LINE.exec(line)?.[1]), line };
  } finally {
    await file.close();
  }
}

/**
 * Brings the outside copy up to date. Throws when its newest seal is not the database's: then seals were taken out
 * of the database or written anew, or an older backup was restored.
 */
export async function publishSeals(sql: Sql, path: string): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  const newest = await newestLine(path);
  if (newest) {
    const [same] = await sealsAfter(sql, newest.n - 1, 1);
    if (!same || sealLine(same) !== newest.line) {
      throw new Error(
        `The audit's seal ${newest.n} in ${path} is not the database's: run pnpm audit:verify.`,
      );
    }
  }
  let published = 0;
  for (let after = newest?.n ?? 0; ; ) {
    const seals = await sealsAfter(sql, after, 500);
    if (seals.length === 0) return published;
    // Begins with a line end: a line torn by a crash then spoils no other.
    await append(path, `\n${seals.map(sealLine).join("\n")}\n`);
    published += seals.length;
    after = seals.at(-1)!.n;
  }
}

async function append(path: string, text: string) {
  const file = await open(path, "a", 0o600);
  try {
    await file.write(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
