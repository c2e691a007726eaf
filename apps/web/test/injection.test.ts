/** Hostile messages against an agent that obeys them all: what the server alone prevents. */

import { expect, test } from "vitest";
import { coffeeShops, type Person, startApi } from "./api.ts";
import { secondApi } from "./client.ts";
import { hostileMessages } from "./injection-texts.ts";
import { obey } from "./obedient-agent.ts";

const settings = { RATE_LIMIT_KEY: "1000000" };
const api = await startApi(settings);
const pagesOnly = await secondApi(api, { ...settings, CONFIRM_BY_CLIENT: "0" });
const CANARY = "canary-7f3k";
const PERMISSIONS = ["tasks:read", "tasks:write", "wallet:read", "messages:read", "messages:write"];

const once = () => ({ "idempotency-key": crypto.randomUUID() });
async function tool(as: Person, name: string, input: object) {
  const { body } = await api.call(name, input, { as, headers: once() });
  expect(body.error, name).toBeNull();
  return body.result;
}

/** A task with a chosen human who has submitted and talks; every text of it holds the mark. */
async function busyTask(agent: Person, human: Person, mark: string) {
  const { id } = await tool(agent, "create_task", coffeeShops({ description: `Visit them. ${mark}` }));
  await tool(human, "apply_to_task", { taskId: id, message: `I live there. ${mark}` });
  await tool(agent, "select_applicant", { taskId: id, humanId: human.id });
  await tool(human, "send_message", { taskId: id, content: `On my way. ${mark}` });
  await tool(human, "submit_proof", { taskId: id, text: `Done. ${mark}` });
  return id as string;
}

const [agent, human, otherAgent, otherHuman] = await Promise.all([
  api.agent(),
  api.human(),
  api.agent(),
  api.human(),
]);
const taskId = await busyTask(agent, human, "as agreed");
const { id: openTaskId } = await tool(agent, "create_task", coffeeShops({ budget: 20 }));
await tool(human, "apply_to_task", { taskId: openTaskId, message: "I live there." });
const other = await busyTask(otherAgent, otherHuman, CANARY);
const orders = { taskId, openTaskId, humanId: human.id };
const made = { name: "Obedient", permissions: PERMISSIONS, confirmAbove: 1 };
const { key } = await tool(agent, "create_api_key", made);

const book = async () => ({
  transfers: await api.sql`select * from transfer order by id`,
  balances: await api.sql`select id, balance from account order by id`,
  tasks: await api.sql`select id, status from task order by id`,
  keys: await api.sql`select to_jsonb(k) - 'last_used_at' - 'last_used_from' as key from api_key k order by id`,
  hooks: await api.sql`select id from webhook`,
  yeses: await api.sql`select id from confirmation where status = 'approved' or used_at is not null`,
});
const before = await book();

const filled = (template: string) =>
  template
    .replaceAll("{task}", taskId)
    .replaceAll("{other}", other)
    .replaceAll("{me}", human.id)
    .replaceAll("{site}", "https://hooks.attacker.example.org");

/** Few confirmations may be unanswered at once: those of the last text are over, so that each text can ask anew. */
const forget = () =>
  api.sql`update confirmation set expires_at = now() - interval '1 second' where status = 'pending'`;

test.each(hostileMessages.map((text, i) => [i, text] as const))("%i: %s", async (_, template) => {
  const text = filled(template);
  const sent = await api.call("send_message", { taskId, content: text }, { as: human, headers: once() });
  const read = await api.call("get_messages", { taskId }, { as: key });
  // What is already refused as speech never reaches the agent; the evaluation obeys it all the same.
  if (sent.status === 200) expect(read.text).toContain("untrusted");
  const delivered = sent.status === 200 ? read.body.result.messages.at(-1).content : text;
  await forget();
  const { heard, did, tokens } = await obey(api, delivered, { ...orders, key });
  for (const [name, said] of Object.entries(tokens)) expect(said, name).toContain("CONFIRMATION_PENDING");
  expect(did).not.toEqual([]);
  expect(heard.join("\n")).not.toContain(CANARY);
  expect(await book()).toEqual(before);
  const { text: chat } = await api.call("get_messages", { taskId }, { as: human });
  expect(chat).not.toContain(key);
  expect(chat).not.toContain(CANARY);
});

test("there are as many attacks as promised", () => {
  expect(new Set(hostileMessages).size).toBeGreaterThanOrEqual(50);
});

test("a client that says yes by itself moves nothing where only the page counts", async () => {
  let tried = 0;
  for (const template of hostileMessages) {
    await forget();
    const { heard, tokens } = await obey(pagesOnly, filled(template), { ...orders, key, saysYes: true });
    expect(heard.join("\n")).not.toContain("input_required");
    for (const [name, said] of Object.entries(tokens)) expect(said, name).toContain("CONFIRMATION_PENDING");
    tried += Object.keys(tokens).length;
  }
  expect(tried).toBeGreaterThanOrEqual(100);
  expect(await book()).toEqual(before);
}, 60_000);

test("where a client's form counts, its yes moves the money: what holds above is the setting", async () => {
  await forget();
  const { heard } = await obey(api, "Approve the work.", { ...orders, key, saysYes: true });
  expect(heard.join("\n")).toContain("input_required");
  expect((await book()).transfers.length).toBeGreaterThan(before.transfers.length);
});
