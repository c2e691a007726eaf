/** What the tests of the audit share: a history, sealed; the way behind the triggers' back; and the way back. */

import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { publishSeals } from "../src/audit/seals.ts";
import { verifyAudit } from "../src/audit/verify.ts";
import { ANONYMOUS } from "../src/context.ts";
import type { Core } from "../src/core.ts";
import type { Sql } from "../src/db/client.ts";
import { mark, seal } from "../src/jobs/seal.ts";
import { act, coffeeShops, type World } from "./world.ts";

export async function openAudit(w: World) {
  const folder = await mkdtemp(join(tmpdir(), "h2a-audit-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const outside = join(folder, "deep", "seals.jsonl");
  const keys = new Map([[w.core.auditKey.keyId, w.core.auditKey.publicKey]]);
  const agent = await w.agent("Rich", 100_000);
  const { client } = w.core;

  /** Behind the triggers' back, as nobody but a superuser can. */
  const force = (run: (tx: Sql) => PromiseLike<unknown>) =>
    client.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await run(tx);
    });

  /** Seals all that there is, as the job does in a few runs. */
  const sealAll = async (core: Core = w.core, path = outside) => {
    const upTo = await mark(core);
    while ((await seal(core, upTo!)) === null) await new Promise((resolve) => setTimeout(resolve, 20));
    await publishSeals(core.client, path);
  };

  /** One step of a history: a write, a key, a refusal, a failed sign-in, or a seal. */
  const step = async (n: number) => {
    const refused = () => {};
    if (n === 0) await act(w.core, agent, "create_task", coffeeShops());
    if (n === 1) await w.core.call(agent, "create_api_key", { name: "k" }).catch(refused);
    if (n === 2) await w.core.call({ ...agent, permissions: [] }, "get_wallet", {}).catch(refused);
    if (n === 3) {
      const email = `nobody${randomUUID()}@example.com`;
      await w.core.call({ ...ANONYMOUS, ip: '\u0001"é\\' }, "login", { email, password: "x" }).catch(refused);
    }
    if (n === 4) await sealAll();
  };

  return {
    folder,
    outside,
    keys,
    force,
    sealAll,
    check: (core: Core = w.core, path = outside) => verifyAudit(core.client, { keys, outside: path }),
    play: async (steps: number[]) => {
      for (const n of steps) await step(n);
    },
    /** Keeps both tables as they are; the answer puts them back. */
    snapshot: async () => {
      const id = randomUUID().replaceAll("-", "");
      await client
        .unsafe(`create table e_${id} as table audit_entry; create table s_${id} as table audit_seal`)
        .simple();
      const back = `delete from audit_entry; delete from audit_seal; insert into audit_entry table e_${id};
        insert into audit_seal table s_${id}; drop table e_${id}; drop table s_${id}`;
      return () => force((tx) => tx.unsafe(back).simple());
    },
  };
}
