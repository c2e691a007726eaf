/** Whatever a superuser does to the audit behind the triggers' back is found. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { openAudit } from "../../test/audit.ts";
import { openWorld } from "../../test/world.ts";
import type { Sql } from "../db/client.ts";

const w = await openWorld();
const { check, force, play, snapshot } = await openAudit(w);
beforeAll(() => play([0, 1, 2, 3, 4, 0, 3, 4, 2, 0, 1, 4, 3]), 60_000);

const COLUMNS = {
  n: "n + 1000000",
  at: "at + interval '1 microsecond'",
  actor: "actor || 'x'",
  role: "role || 'x'",
  via: "via || 'x'",
  key_id: "coalesce(key_id, '') || 'x'",
  ip: "coalesce(ip, '') || '9'",
  channel: "channel || 'x'",
  tool: "tool || 'x'",
  object: "coalesce(object, '') || 'x'",
  outcome: "outcome || 'x'",
  account: "coalesce(account, '') || 'x'",
  request: "coalesce(request, '') || '\\x00'",
  params: "coalesce(params, '') || '\\x00'",
  hash: "sha256(hash)",
};
const copy = `insert into audit_entry
  select %, at, actor, role, via, key_id, ip, channel, tool, object, outcome, account, request, params, hash
  from audit_entry where n = $1`;
const rehash = `update audit_entry set hash = sha256('\\x00'::bytea || convert_to(json_build_array(
  n::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), actor, role, via, key_id, ip,
  channel, tool, object, outcome, account, encode(request, 'hex'), encode(params, 'hex'))::text, 'UTF8'))`;

/** Each takes the number of a sealed entry, and does something to the audit. */
const tampering: Record<string, (tx: Sql, n: string) => PromiseLike<unknown>> = {
  ...Object.fromEntries(
    Object.entries(COLUMNS).map(([column, value]) => [
      `changes ${column}`,
      (tx: Sql, n: string) => tx.unsafe(`update audit_entry set ${column} = ${value} where n = $1`, [n]),
    ]),
  ),
  "moves a value to the column beside it": (tx, n) =>
    tx`update audit_entry set tool = tool || '", "' || coalesce(object, ''), object = null where n = ${n}`,
  "changes a column and the hash with it": async (tx, n) => {
    await tx`update audit_entry set actor = 'somebody else' where n = ${n}`;
    await tx.unsafe(rehash);
  },
  "deletes an entry": (tx, n) => tx`delete from audit_entry where n = ${n}`,
  "deletes all entries": (tx) => tx`delete from audit_entry`,
  "deletes the first entries and the first seal": async (tx) => {
    await tx`delete from audit_entry where n <= (select last from audit_seal where n = 1)`;
    await tx`delete from audit_seal where n = 1`;
  },
  "adds an entry among the sealed": async (tx, n) => {
    await tx`update audit_entry set n = -7 where n = ${n}`;
    await tx.unsafe(rehash);
  },
  "adds an entry below all": (tx, n) => tx.unsafe(copy.replace("%", "-7"), [n]),
  "adds a back-dated entry at the end": async (tx, n) => {
    await tx.unsafe(copy.replace("%", "nextval('audit_entry_n')"), [n]);
    await tx`update audit_entry set at = at - interval '1 day' where n = (select max(n) from audit_entry)`;
    await tx.unsafe(rehash);
  },
  "swaps two entries": async (tx, n) => {
    const [other] = await tx`select n from audit_entry where n <> ${n} order by n limit 1`;
    await tx`update audit_entry set n = case when n = ${n} then ${other?.n} else ${n}::bigint end + 1000000
      where n in (${n}, ${other?.n})`;
    await tx`update audit_entry set n = n - 1000000 where n > 1000000`;
    await tx.unsafe(rehash);
  },
  "deletes the last seal with its entries": async (tx) => {
    await tx`delete from audit_entry where n >= (select max(first) from audit_seal)`;
    await tx`delete from audit_seal where n = (select max(n) from audit_seal)`;
  },
  "deletes a seal in the middle": (tx) => tx`delete from audit_seal where n = 2`,
  "deletes all seals and entries": async (tx) => {
    await tx`delete from audit_entry`;
    await tx`delete from audit_seal`;
  },
  "changes a seal's root": (tx) => tx`update audit_seal set root = sha256(root) where n = 2`,
  "changes a seal's time": (tx) => tx`update audit_seal set at = at + interval '1 microsecond' where n = 2`,
  "stretches a seal": (tx) =>
    tx`update audit_seal set last = last + 1 where n = (select max(n) from audit_seal)`,
  "changes a seal's count": (tx) => tx`update audit_seal set entries = entries + 1 where n = 2`,
  "changes what a seal is chained to": (tx) =>
    tx`update audit_seal set previous = sha256(previous) where n = 2`,
  "changes a signature": (tx) => tx`update audit_seal set signature = signature || '\\x00' where n = 1`,
  "changes the name of a key": (tx) => tx`update audit_seal set key_id = 'other' where n = 1`,
};

test("what was not touched is well, and every entry of it is counted", async () => {
  const verdict = await check();
  expect(verdict).toMatchObject({ faults: 0, first: [], seals: 3, unsealed: 1 });
  const [row] = await w.core.client`select count(*)::int as n from audit_entry`;
  expect(verdict.entries).toBe(row?.n);
});

describe("finds who", () => {
  test.each(Object.entries(tampering))("%s", async (_, tamper) => {
    const restore = await snapshot();
    try {
      const sealed = await w.core.client`select n::text from audit_entry
        where n <= (select max(last) from audit_seal) order by n offset 3 limit 1`;
      await force(async (tx) => tamper(tx, sealed[0]?.n));
      const verdict = await check();
      expect(verdict.faults).toBeGreaterThan(0);
      expect(verdict.first[0]).toBeTruthy();
    } finally {
      await restore();
    }
    expect((await check()).faults).toBe(0);
  });
});

test("finds any tampering after any history", { timeout: 120_000 }, async () => {
  const steps = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 });
  const kind = fc.constantFrom(...Object.keys(tampering));
  await fc.assert(
    fc.asyncProperty(steps, kind, fc.nat(), async (history, name, pick) => {
      await play([...history, 4]);
      expect((await check()).first).toEqual([]);
      const restore = await snapshot();
      const sealed = await w.core.client`select n::text from audit_entry
        where n <= (select max(last) from audit_seal) order by n`;
      const { n } = sealed[1 + (pick % (sealed.length - 1))]!;
      await force(async (tx) => tampering[name]!(tx, n));
      const { faults } = await check();
      await restore();
      expect(faults, `${name} of entry ${n}`).toBeGreaterThan(0);
    }),
    { numRuns: 25 },
  );
});
