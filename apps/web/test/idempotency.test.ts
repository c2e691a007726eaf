/** The contract's Idempotency-Key as a header: what the door itself does with it is tested in core. */

import { expect, test } from "vitest";
import { coffeeShops, expectRefusal, startApi, withKey } from "./api.ts";

const api = await startApi();
const agent = await api.agent();
const balance = async () => (await api.call("get_wallet", {}, { as: agent })).body.result.balance;

test("a money tool without a key is refused, and says what to send", async () => {
  const refused = await api.call("create_task", coffeeShops(), { as: agent });
  expectRefusal(refused, 400, "IDEMPOTENCY_KEY_REQUIRED", /create_task moves money.*Idempotency-Key header/);
});

test("fifty at once with one key are one task, and all are told the same", async () => {
  const before = await balance();
  const input = coffeeShops({ budget: 10 });
  const send = () => api.call("create_task", input, withKey(agent, "fifty"));
  const answers = await Promise.all(Array.from({ length: 50 }, send));
  expect(new Set(answers.map((a) => a.status))).toEqual(new Set([200]));
  expect(new Set(answers.map((a) => a.text)).size).toBe(1);
  expect(await balance()).toBe(before - 10);
});

test("the order of the fields and the spaces between them do not matter", async () => {
  const input = coffeeShops({ budget: 20 });
  const turned = Object.fromEntries(Object.entries(input).reverse());
  const first = await api.call("create_task", input, withKey(agent, "order"));
  const text = JSON.stringify({ input: turned, tool: "create_task" }, null, 4);
  const again = await api.send("/api/v1/mcp", { body: text, ...withKey(agent, "order") });
  expect(again.body.result.id).toBe(first.body.result.id);
});

test("the same key with another body is refused; another agent's same key is another key", async () => {
  await api.call("create_task", coffeeShops({ budget: 30 }), withKey(agent, "mine"));
  const other = await api.call("create_task", coffeeShops({ budget: 31 }), withKey(agent, "mine"));
  expectRefusal(other, 409, "IDEMPOTENCY_KEY_REUSED");
  const stranger = await api.agent();
  const theirs = await api.call("create_task", coffeeShops({ budget: 30 }), withKey(stranger, "mine"));
  expect(theirs.status).toBe(200);
});

test.each([["x".repeat(256)], ["clé"]])("refuses the key %s", async (key) => {
  expectRefusal(
    await api.call("create_task", coffeeShops(), withKey(agent, key)),
    400,
    "VALIDATION_ERROR",
    /^Idempotency-Key: /,
  );
});

test("a message with a key is sent once", async () => {
  const human = await api.human();
  const made = await api.call("create_task", coffeeShops({ budget: 5 }), withKey(agent));
  const taskId = made.body.result.id;
  await api.call("apply_to_task", { taskId, message: "I can." }, { as: human });
  await api.call("select_applicant", { taskId, humanId: human.id }, withKey(agent));
  const send = () => api.call("send_message", { taskId, content: "Hello!" }, withKey(human, "hello"));
  const [one, two] = [await send(), await send()];
  expect(two.body.result).toEqual(one.body.result);
  expect((await api.call("get_messages", { taskId }, { as: agent })).body.result.total).toBe(1);
});
