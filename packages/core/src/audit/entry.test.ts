/** What is written to the audit, and what is not. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { act, coffeeShops, openWorld, refused, taskAt } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { canonical } from "../codecs.ts";
import { type Actor, ANONYMOUS, CLOCK, VISITOR } from "../context.ts";
import { sweep } from "../jobs/clock.ts";
import { addressHash } from "./entry.ts";

const w = await openWorld();
const { core } = w;
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const newest = async () =>
  (await core.client<{ n: number }[]>`select coalesce(max(n), 0)::int as n from audit_entry`)[0]!.n;
/** What a call adds to the audit. */
async function adds(run: () => Promise<unknown>) {
  const before = await newest();
  await run();
  return core.client`select actor, role, tool, outcome, object, account, channel, ip
    from audit_entry where n > ${before} order by audit_entry.n`;
}
const refusal =
  (code: Parameters<typeof refused>[0], actor: Actor, tool: string, input: object, key = "k") =>
  () =>
    refused(code, core.call(actor, tool, input, { idempotencyKey: key }));

test("a replay is no second act, neither of a money tool nor of another", async () => {
  const input = coffeeShops();
  const post = () => act(core, agent, "create_task", input, "post-once");
  expect(await adds(post)).toHaveLength(1);
  const again = await adds(post);
  expect(again).toHaveLength(0);
  const taskId = await taskAt(w, "assigned", agent, human);
  const write = () => act(core, agent, "send_message", { taskId, content: "hello" }, "write-once");
  expect(await adds(write)).toHaveLength(1);
  expect(await adds(write)).toHaveLength(0);
  expect(await adds(() => act(core, agent, "cancel_task", { taskId: "task_none" }).catch(() => {}))).toEqual(
    [],
  );
});

test("a replayed reply says nothing that the first one did not", async () => {
  const input = coffeeShops();
  const first = await act(core, agent, "create_task", input, "same");
  expect(await act(core, agent, "create_task", input, "same")).toEqual(first);
});

test("sign-ups and sign-ins are told with the account that they are about", async () => {
  const thief = { ...ANONYMOUS, ip: "198.51.100.66" };
  const email = "ann@example.com";
  let id = "";
  const signUp = await adds(async () => {
    const made = await core.call(thief, "register", { email, password: "correct-horse-1" });
    id = made.user.id;
  });
  expect(signUp).toEqual([
    expect.objectContaining({ tool: "register", outcome: "ok", object: id, account: id, actor: "anonymous" }),
  ]);
  const signIn = await adds(() => core.call(thief, "login", { email, password: "correct-horse-1" }));
  expect(signIn).toEqual([
    expect.objectContaining({ tool: "login", outcome: "ok", account: id, ip: thief.ip }),
  ]);
  const failed = await adds(
    refusal("AUTH_FAILED", thief, "login", { email: " Ann@Example.com", password: "x" }),
  );
  const hash = addressHash(core.secret, email);
  expect(failed).toEqual([
    expect.objectContaining({
      tool: "login",
      outcome: "AUTH_FAILED",
      account: id,
      object: hash,
      ip: thief.ip,
    }),
  ]);
  const nobody = await adds(
    refusal("AUTH_FAILED", thief, "login", { email: "b@example.com", password: "x" }),
  );
  expect(nobody).toEqual([
    expect.objectContaining({ account: null, object: expect.stringMatching(/^email_/) }),
  ]);
  const odd = await adds(refusal("AUTH_FAILED", thief, "login", { email: "no\u0000address", password: "x" }));
  expect(odd).toHaveLength(1);
});

test("a stolen refresh token is told, a made-up one is not", async () => {
  const { refreshToken, user } = await core.call(ANONYMOUS, "register_human", {
    email: "eve@example.com",
    password: "correct-horse-1",
    displayName: "Eve",
  });
  const refresh = () => core.call(ANONYMOUS, "refresh_session", { refreshToken });
  expect(await adds(refresh)).toEqual([expect.objectContaining({ outcome: "ok", account: user.id })]);
  const stolen = await adds(() => refused("UNAUTHORIZED", refresh()));
  expect(stolen).toEqual([expect.objectContaining({ outcome: "UNAUTHORIZED", account: user.id })]);
  const made = refusal("UNAUTHORIZED", ANONYMOUS, "refresh_session", { refreshToken: "rt_made_up" });
  expect(await adds(made)).toEqual([]);
});

test("missing rights, confirmations, the gate and reused keys are told; slips are not", async () => {
  const bare = { ...agent, permissions: [] };
  const strict = w.later(0, { confirmAbove: 100 });
  const told: [string, () => Promise<unknown>][] = [
    ["FORBIDDEN", refusal("FORBIDDEN", bare, "get_wallet", {})],
    ["FORBIDDEN", refusal("FORBIDDEN", human, "create_task", coffeeShops())],
    ["CONFIRMATION_REQUIRED", () => act(strict, agent, "create_task", coffeeShops()).catch(() => {})],
    [
      "CONFIRMATION_INVALID",
      refusal("CONFIRMATION_INVALID", agent, "create_task", { ...coffeeShops(), confirmationToken: "ctk_x" }),
    ],
    [
      "RISK_GATE_BLOCKED",
      refusal("RISK_GATE_BLOCKED", agent, "create_task", coffeeShops({ title: "Buy cocaine for me" }), "r"),
    ],
    [
      "IDEMPOTENCY_KEY_REUSED",
      refusal("IDEMPOTENCY_KEY_REUSED", agent, "create_task", coffeeShops(), "same"),
    ],
  ];
  for (const [code, run] of told) {
    expect(
      (await adds(run)).map((e) => e.outcome),
      code,
    ).toEqual([code]);
  }
  const slips = [
    refusal("VALIDATION_ERROR", agent, "create_task", { budget: -1 }),
    refusal("TASK_NOT_FOUND", agent, "cancel_task", { taskId: "task_none" }),
    refusal("UNAUTHORIZED", ANONYMOUS, "create_task", coffeeShops()),
    refusal("FORBIDDEN", VISITOR, "get_wallet", {}),
    refusal("INSUFFICIENT_BALANCE", agent, "create_task", coffeeShops({ budget: 99_999.5 }), "much"),
    () => core.call(agent, "list_tasks", {}),
  ];
  for (const slip of slips) expect(await adds(slip)).toEqual([]);
});

test("a key that is refused at the door is told, within its hour, and one that nobody knows is not", async () => {
  const few = w.later(0, { rateLimitKey: 2 });
  const { key, id } = await core.call(agent, "create_api_key", { name: "old", allowedIps: ["192.0.2.1"] });
  const use = (bearer: string) => () => authenticate(few, bearer, "198.51.100.9").catch(() => {});
  const told = { tool: "authenticate", outcome: "UNAUTHORIZED", account: agent.userId, ip: "198.51.100.9" };
  expect(await adds(use(key))).toEqual([expect.objectContaining(told)]);
  await core.call(agent, "revoke_api_key", { keyId: id });
  expect(await adds(use(key))).toEqual([expect.objectContaining(told)]);
  expect(await adds(use(key))).toEqual([]);
  expect(await adds(use("sk_live_of_nobody"))).toEqual([]);
});

test("the digest is of the parameters, in any order of their keys, and of no secret", async () => {
  const digests = async (run: () => Promise<unknown>) => {
    const before = await newest();
    await run();
    const rows = await core.client`select encode(params, 'hex') as hex from audit_entry where n > ${before}`;
    return rows.map((row) => row.hex);
  };
  const hash = (...parts: unknown[]) => createHash("sha256").update(canonical(parts)).digest("hex");
  const input = coffeeShops();
  const reversed = Object.fromEntries(Object.entries(input).reverse()) as typeof input;
  const confirmed = { ...reversed, confirmationToken: "ctk_of_nobody" };
  expect(await digests(() => act(core, agent, "create_task", reversed))).toEqual([
    hash("create_task", input),
  ]);
  expect(await digests(() => act(core, agent, "create_task", confirmed).catch(() => {}))).toEqual([
    hash("create_task", input),
  ]);
  const login = { email: "ann@example.com", password: "guess" };
  expect(await digests(() => core.call(ANONYMOUS, "login", login).catch(() => {}))).toEqual([
    hash("login", {}),
  ]);
});

test("the clock is told of as itself, for the agent's account", async () => {
  const taskId = await taskAt(w, "open", agent, human);
  const late = w.later(73);
  await sweep(late, (error) => {
    throw error;
  });
  const [row] = await core.client`select actor, channel, account from audit_entry
    where object = ${taskId} and tool = 'expire_task'`;
  expect(row).toEqual({ actor: "clock", channel: "clock", account: agent.userId });
  expect(CLOCK.userId).toBe("clock");
});

test("holds nothing that was secret or said", async () => {
  const title = "A title that nobody should find here";
  await act(core, agent, "create_task", coffeeShops({ title }), "plain-key-1");
  const { key } = await core.call(agent, "create_api_key", { name: "told once" });
  const [row] = await core.client`select string_agg(audit_entry::text, ' ') as all from audit_entry`;
  for (const word of [title, key, "plain-key-1", "correct-horse-1", "@example.com", "told once"]) {
    expect(row?.all).not.toContain(word);
  }
});

test.each([
  ["update audit_entry set actor = 'x'"],
  ["delete from audit_entry"],
  ["truncate audit_entry"],
  ["update audit_seal set n = n"],
  ["truncate audit_seal"],
])("refuses: %s", async (statement) => {
  await core.client`insert into audit_seal (n, first, last, entries, root, previous, at, key_id, signature)
    values (1, 1, 1, 1, '', '', clock_now(), '', '') on conflict do nothing`.catch(() => {});
  await expect(core.client.unsafe(statement)).rejects.toThrow(/is not written by hand/);
});

test("audit.sql alone writes entries", () => {
  const folder = new URL("../", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const writers = files
    .filter((name) => /\.(ts|sql)$/.test(name) && !name.includes(".test."))
    .filter((name) =>
      /insert into audit_entry|insert\(auditEntries/.test(readFileSync(new URL(name, folder), "utf8")),
    );
  expect(writers).toEqual(["db/sql/audit.sql"]);
});
