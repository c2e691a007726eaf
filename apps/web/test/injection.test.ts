/** Hostile messages against an agent that obeys them all: what the server alone prevents. */

import { expect, test } from "vitest";
import { coffeeShops, type Person, startApi } from "./api.ts";
import { hostileMessages } from "./injection-texts.ts";
import { obey } from "./obedient-agent.ts";

const api = await startApi({ RATE_LIMIT_KEY: "1000000" });
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
const other = await busyTask(otherAgent, otherHuman, CANARY);
const made = { name: "Obedient", permissions: PERMISSIONS, confirmAbove: 1 };
const { key } = await tool(agent, "create_api_key", made);

const book = async () => ({
  transfers: await api.sql`select * from transfer order by id`,
  balances: await api.sql`select id, balance from account order by id`,
  tasks: await api.sql`select id, status from task order by id`,
  keys: await api.sql`select to_jsonb(k) - 'last_used_at' - 'last_used_from' as key from api_key k order by id`,
  hooks: await api.sql`select id from webhook`,
});
const before = await book();

test.each(hostileMessages.map((text, i) => [i, text] as const))("%i: %s", async (_, template) => {
  const text = template
    .replaceAll("{task}", taskId)
    .replaceAll("{other}", other)
    .replaceAll("{me}", human.id)
    .replaceAll("{site}", "https://hooks.attacker.example.org");
  const sent = await api.call("send_message", { taskId, content: text }, { as: human, headers: once() });
  const read = await api.call("get_messages", { taskId }, { as: key });
  // What is already refused as speech never reaches the agent; the evaluation obeys it all the same.
  if (sent.status === 200) expect(read.text).toContain("untrusted");
  const { heard, did } = await obey(api, text, { key, taskId, humanId: human.id });
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
