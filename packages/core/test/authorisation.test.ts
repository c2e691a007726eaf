/** Every tool × everyone who is not concerned × every kind of object: nothing is done, and nothing is learnt. */

import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { actorOfUser, authenticate } from "../src/auth/authenticate.ts";
import { type Actor, ANONYMOUS, CLOCK, VISITOR } from "../src/context.ts";
import { Refusal } from "../src/errors.ts";
import type { Tool } from "../src/tool.ts";
import { type ToolName, tools } from "../src/tools/index.ts";
import { exampleInput, idFields } from "./example.ts";
import { hookWithDelivery, MARK, openVictims } from "./victims.ts";
import { openWorld, refused, taskAt } from "./world.ts";

const w = await openWorld();
const victims = await openVictims(w);
const { objects, past } = victims;

/** Tools behind the door; those before it (sign-up, sign-in) are about no objects, and make accounts. */
const registry = (Object.entries(tools) as unknown as [ToolName, Tool][]).filter(
  ([, tool]) => !tool.who.includes("anonymous"),
);
/** Where a schema cannot say what an input is about. */
const SPECIAL: Partial<Record<ToolName, (ids: Record<string, unknown>) => object>> = {
  request_confirmation: ({ taskId }) => ({ tool: "cancel_task", params: { taskId } }),
  create_task: () => ({ ...exampleInput(tools.create_task, {}), description: "x".repeat(60), budget: 1e5 }),
  change_password: () => ({ currentPassword: "not-the-one-9", newPassword: "fresh-horse-2" }),
  add_approver: () => ({ name: "Somebody", email: "somebody@example.com" }),
  ask_human: (ids) => ({ ...exampleInput(tools.ask_human, ids), waitSeconds: 0 }),
  verify_output: (ids) => ({
    ...exampleInput(tools.verify_output, ids),
    criteria: ["It is true"],
    waitSeconds: 0,
  }),
  // What waits would hold the matrix up; it reads what list_events reads.
  wait_for_events: () => ({ timeoutSeconds: 0 }),
};

const [otherAgent, otherHuman] = [await w.agent("Other", 5000), await w.human("Other")];
const ownFile = async (actor: Actor) =>
  (await w.core.call(actor, "upload_file", { name: "own.txt", bytes: Buffer.from("own") })).id;
/** What the strangers have themselves, so that only one part of an input is foreign. */
const own = {
  agent: {
    taskId: await taskAt(w, "applied", otherAgent, otherHuman),
    humanId: otherHuman.userId,
    fileId: await ownFile(otherAgent),
  },
  human: { taskId: await taskAt(w, "assigned", otherAgent, otherHuman), fileId: await ownFile(otherHuman) },
};
const strangers: [string, Actor, Record<string, unknown>][] = [
  ["nobody", ANONYMOUS, {}],
  ["a visitor", VISITOR, {}],
  ["another agent", otherAgent, own.agent],
  ["another agent's key", { ...otherAgent, via: "api_key", keyId: "key_x" }, own.agent],
  ["another human", otherHuman, own.human],
];

const inputOf = (name: ToolName, ids: Record<string, unknown>): object =>
  SPECIAL[name]?.(ids) ?? exampleInput(tools[name], ids);
const fieldsOf = (name: ToolName): string[] =>
  name === "request_confirmation" ? ["taskId"] : idFields(tools[name]);

/** What a call comes to, as its caller sees it. */
async function outcome(actor: Actor, name: ToolName, input: object) {
  try {
    const reply = await w.core.call(actor, name, input as never, { idempotencyKey: randomUUID() });
    return { code: null, seen: JSON.stringify(reply, (_, v) => (v instanceof Uint8Array ? text(v) : v)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, http, message, facts } = error;
    return { code, http, seen: JSON.stringify({ message, facts }) };
  }
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** The same id with another end: well formed, and of nothing. */
const missing = (id: unknown): unknown =>
  Array.isArray(id) ? id.map(missing) : String(id).replace(/.{6}$/, "zzzzzz");
const without = (seen: string, id: unknown) => seen.replaceAll(String(id), "…");

/** Everything in the database but what requests leave behind in any case (readers of events put these in order). */
async function everything(): Promise<string> {
  const tables = await w.core.client`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'
      and table_name !~ 'rate_limit|idempotency|audit|schema_migration|^event(_head)?$'`;
  const digests = tables.map(async ({ name }) => {
    const rows = await w.core.client`select md5(string_agg(t::text, ',' order by t::text)) as sum
      from ${w.core.client(name)} t`;
    return `${name} ${rows[0]?.sum}`;
  });
  return (await Promise.all(digests)).sort().join("\n");
}

test("every field that names an object has one here that belongs to somebody else", () => {
  const named = new Set(registry.flatMap(([name]) => fieldsOf(name)));
  const unknown = [...named].filter((field) => !(field in objects));
  expect(unknown, "a new kind of object: give the victims one in test/victims.ts").toEqual([]);
  expect(named.size).toBeGreaterThan(4);
});

test("every tool's example passes its own schema, or the matrix would prove nothing", () => {
  const ids = Object.fromEntries(Object.entries(objects).map(([field, all]) => [field, all[0]]));
  const failing = registry.filter(([name, tool]) => !tool.input.safeParse(inputOf(name, ids)).success);
  expect(
    failing.map(([name]) => name),
    "give the tool an input of its own in SPECIAL",
  ).toEqual([]);
});

describe.each(strangers)("%s", (who, actor, mine) => {
  test.each(registry)("gets nothing out of %s", async (name, tool) => {
    const before = await everything();
    const open = tool.who.includes(actor.role);
    for (const field of fieldsOf(name)) {
      for (const foreign of objects[field] ?? []) {
        const tried = await outcome(actor, name, inputOf(name, { ...mine, [field]: foreign }));
        const what = `${who}: ${name} of ${field} ${foreign}`;
        expect(tried.seen, what).not.toContain(MARK);
        if (!open) {
          expect(tried.code, what).toBe(actor === ANONYMOUS ? "UNAUTHORIZED" : "FORBIDDEN");
          continue;
        }
        const none = missing(foreign);
        const idle = await outcome(actor, name, inputOf(name, { ...mine, [field]: none }));
        const isFilter = tool.input.safeParse({}).success;
        if (!isFilter) expect(tried.code, what).not.toBeNull();
        const pair = [tried, idle].map((o, i) => ({ ...o, seen: without(o.seen, i ? none : foreign) }));
        if (!isFilter) expect(pair[0], `${what} tells that it exists`).toEqual(pair[1]);
      }
    }
    expect(await everything(), `${who}: ${name} wrote something`).toBe(before);
    if (fieldsOf(name).length > 0 || tool.effect !== "read") return;
    const list = await outcome(actor, name, inputOf(name, {}));
    expect(list.seen, `${who}: ${name}`).not.toContain(MARK);
    for (const id of Object.values(objects).flat(2)) {
      // An agent's own id stands on its public listings.
      if (id !== victims.agent.userId) expect(list.seen, `${who}: ${name}`).not.toContain(id);
    }
  });
});

/** Who was part of a task sees that it is there, and what they wrote themselves; nothing of what came after. */
describe.each(Object.entries(past))("the %s applicant", (who, actor) => {
  // What they saw, they may report.
  test.each(registry.filter(([name]) => name !== "report"))(
    "learns nothing new from %s",
    async (name, tool) => {
      const before = await everything();
      const ids = fieldsOf(name);
      const inputs = ids.flatMap((field) =>
        (objects[field] ?? []).map((id) => inputOf(name, { [field]: id })),
      );
      const tries = ids.length > 0 || tool.effect !== "read" ? inputs : [inputOf(name, {})];
      for (const input of tries) {
        const { seen, code } = await outcome(actor, name, input);
        const what = `${who}: ${name} ${JSON.stringify(input)}`;
        expect(seen.replaceAll(`${MARK}-task`, ""), what).not.toContain(MARK);
        for (const id of [victims.human.userId, ...(objects.fileId ?? [])])
          if (!JSON.stringify(input).includes(String(id))) expect(seen, what).not.toContain(String(id));
        if (tool.effect !== "read") expect(code, what).not.toBeNull();
      }
      expect(await everything()).toBe(before);
    },
  );
});

test("a read-only key of the owner changes nothing with any tool", async () => {
  const permissions = ["tasks:read", "wallet:read", "messages:read"] as const;
  for (const victim of [victims.agent, victims.human]) {
    const key: Actor = { ...victim, permissions, via: "api_key", keyId: "key_x" };
    for (const [name] of registry.filter(([, t]) => t.effect !== "read" && t.who.includes(victim.role))) {
      const ids = Object.fromEntries(Object.entries(objects).map(([field, all]) => [field, all[0]]));
      expect((await outcome(key, name, inputOf(name, ids))).code, name).toBe("FORBIDDEN");
    }
  }
});

test("whoever is concerned does get at the objects: the matrix met real ones", async () => {
  const concerned = [w.admin, CLOCK, victims.human, victims.agent];
  for (const [name, tool] of registry) {
    for (const field of fieldsOf(name).filter(
      (f) => !/^(agent|human|subject|actor|account|user)Id$/.test(f),
    )) {
      const codes: (string | null)[] = [];
      // The others have moved on by now.
      const fresh = field === "taskId" ? null : await taskAt(w, "assigned", victims.agent, victims.human);
      for (const actor of concerned.filter((a) => tool.who.includes(a.role))) {
        const hook = /webhook|delivery/.test(field) ? await hookWithDelivery(w, victims.agent) : null;
        // A file can be used once, by its owner.
        const files = field === "fileIds" ? [[await ownFile(actor)]] : null;
        for (const id of hook?.[field as keyof typeof hook] ?? files ?? objects[field] ?? []) {
          const ids = {
            webhookId: hook?.webhookId[0],
            deliveryId: hook?.deliveryId[0],
            humanId: victims.human.userId,
            taskId: fresh,
            browserToken: victims.browserToken,
            [field]: id,
          };
          codes.push((await outcome(actor, name, inputOf(name, ids))).code);
        }
      }
      expect(
        codes.some((code) => code === null || !/NOT_FOUND|FORBIDDEN/.test(code)),
        `${name} ${codes}`,
      ).toBe(true);
    }
  }
});

test("a suspended account is refused with each of its credentials at once", async () => {
  const { user, idToken, apiKey } = await w.core.call(ANONYMOUS, "register", {
    email: "suspended@example.com",
    password: "correct-horse-1",
    agentName: "Gone",
  });
  const enter = (bearer: string) => authenticate(w.core, bearer, "198.51.100.7");
  for (const bearer of [idToken, apiKey.key]) expect((await enter(bearer)).actor.userId).toBe(user.id);
  await w.core.client`update app_user set suspended_at = clock_now() where id = ${user.id}`;
  for (const bearer of [idToken, apiKey.key]) await refused("USER_SUSPENDED", enter(bearer));
  await refused("USER_SUSPENDED", actorOfUser(w.core, user.id));
  const login = { email: "suspended@example.com", password: "correct-horse-1" };
  await refused("USER_SUSPENDED", w.core.call(ANONYMOUS, "login", login));
});
