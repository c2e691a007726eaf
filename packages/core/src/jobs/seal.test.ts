/** The sealer and the outside copy of its seals. */

import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openAudit } from "../../test/audit.ts";
import { fail, openWorld } from "../../test/world.ts";
import { deriveAuditKey } from "../audit/key.ts";
import { publishSeals } from "../audit/seals.ts";
import { verifyAudit } from "../audit/verify.ts";
import { mark, seal, sealJob } from "./seal.ts";

const w = await openWorld();
const { check, folder, force, keys, outside, play, sealAll, snapshot } = await openAudit(w);
beforeAll(() => play([0, 4, 0, 4]), 60_000);

describe("the outside copy", () => {
  test("is asked for, and must be whole", async () => {
    expect((await check(w.core, join(folder, "none"))).first[0]).toMatch(/no outside copy/);
    const text = await readFile(outside, "utf8");
    const part = join(folder, "part");
    await writeFile(
      part,
      text
        .split("\n")
        .filter((line) => !line.startsWith('{"n":1,'))
        .join("\n"),
    );
    const late = w.later(0.1);
    expect((await check(late, part)).first).toEqual(["seal 1 is missing from the outside copy"]);
    await writeFile(part, text.replace(/"root":"./, '"root":"x'));
    expect((await check(w.core, part)).first).toEqual(["seal 1 is not the one that was published"]);
  });

  test("takes a line torn by a crash, and the same line from two processes", async () => {
    await appendFile(outside, '{"n":99,"fir');
    await play([0, 4]);
    await appendFile(outside, await readFile(outside, "utf8"));
    await play([0, 4]);
    const { first } = await check();
    expect(first).toEqual([]);
  });

  test("stops the sealer aloud when the database's newest seals are gone", async () => {
    const restore = await snapshot();
    await force((tx) => tx`delete from audit_seal where n = (select max(n) from audit_seal)`);
    await expect(publishSeals(w.core.client, outside)).rejects.toThrow(/is not the database's/);
    await restore();
  });
});

describe("the sealer", () => {
  test("re-signed with another key is found, and another key of ours is trusted when named", async () => {
    const thief = deriveAuditKey("another secret of thirty-two bytes or more");
    const restore = await snapshot();
    await force((tx) => tx`delete from audit_seal`);
    const forged = join(folder, "forged.jsonl");
    const core = { ...w.core, auditKey: thief };
    await expect.poll(async () => seal(core, (await mark(core))!), { timeout: 20_000 }).not.toBeNull();
    await publishSeals(core.client, forged);
    expect((await check(w.core, forged)).first[0]).toMatch(/which is not trusted/);
    const trusted = new Map([...keys, [thief.keyId, thief.publicKey]]);
    expect((await verifyAudit(core.client, { keys: trusted, outside: forged })).first).toEqual([]);
    await restore();
  });

  test("waits for whoever has drawn a number and not yet committed", async () => {
    const writer = w.later(0);
    let finish: (() => void) | null = null;
    const done = writer.client.begin(async (tx) => {
      await tx`select audit('a', 'agent', 'none', null, null, 'job', 'slow', null, 'ok', null, null, null)`;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    await expect.poll(() => finish).not.toBeNull();
    await play([0]);
    const upTo = (await mark(w.core))!;
    expect(await seal(w.core, upTo)).toBeNull();
    finish!();
    await done;
    await expect.poll(() => seal(w.core, upTo), { timeout: 20_000 }).toBe(1);
    await publishSeals(w.core.client, outside);
    const [row] = await w.core.client`select s.entries from audit_seal s, audit_entry e
      where e.tool = 'slow' and e.n between s.first and s.last`;
    expect(row?.entries).toBe(2);
  });

  test("of several at once, one wins each seal", async () => {
    await play([0, 0, 1]);
    const cores = [w.later(0), w.later(0), w.later(0), w.later(0)];
    const jobs = cores.map(() => sealJob(1000, outside));
    await Promise.all(
      jobs.map(async (job, i) => {
        for (let run = 0; run < 10; run++) await job.run(cores[i]!, fail);
      }),
    );
    await sealAll();
    const verdict = await check();
    expect(verdict.first).toEqual([]);
    expect(verdict.unsealed).toBe(0);
  });
});
