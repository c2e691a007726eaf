import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { PAGINATION, TRANSACTION } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";
import type { TransferKindName } from "../ledger.ts";

const w = await openWorld();
const [agent, human] = [await w.agent(), await w.human()];
const completed = await taskAt(w, "completed", agent, human);
const cancelled = await taskAt(w, "open", agent, human, { budget: 10 });
await act(w.core, agent, "cancel_task", { taskId: cancelled });
const types = async (type?: TransferKindName) =>
  (await w.core.call(agent, "get_transactions", { ...(type && { type }) })).transactions.map((t) => t.type);

testDoor(w, "get_transactions", {
  may: ["agent", "human"],
  permission: "wallet:read",
  input: { type: "deposit", limit: 1, page: 1 },
});

test("lists every transfer of the wallet, newest first", async () => {
  const listed = await w.core.call(agent, "get_transactions", {});
  expect(fieldsOf(listed)).toEqual(["pagination", "transactions"]);
  expect(fieldsOf(listed.pagination)).toEqual(PAGINATION);
  expect(listed.pagination).toEqual({ page: 1, pageSize: 20, totalItems: 6, totalPages: 1 });
  for (const t of listed.transactions) expect(fieldsOf(t)).toEqual(TRANSACTION);
  const newest = listed.transactions.map((t) => `${t.type} ${t.amount} ${t.direction}`);
  expect(newest.slice(0, 2)).toEqual(["escrow_refund 10 internal", "escrow_lock 10 internal"]);
  expect(newest.slice(2, 4).sort()).toEqual(["escrow_release 149.985 out", "platform_fee 0.015 out"]);
  expect(newest.slice(4)).toEqual(["escrow_lock 150 internal", "deposit 500 in"]);
});

test.each<[TransferKindName, number]>([
  ["deposit", 1],
  ["escrow_lock", 2],
  ["escrow_release", 1],
  ["platform_fee", 1],
  ["escrow_refund", 1],
  ["withdrawal", 0],
])("filters by %s", async (type, count) => {
  expect(await types(type)).toEqual(Array(count).fill(type));
});

test("pages", async () => {
  const page = (n: number) => w.core.call(agent, "get_transactions", { limit: 4, page: n });
  const [one, two, three] = [await page(1), await page(2), await page(3)];
  expect([one, two, three].map((p) => p.transactions.length)).toEqual([4, 2, 0]);
  expect(two?.pagination).toEqual({ page: 2, pageSize: 4, totalItems: 6, totalPages: 2 });
  expect(new Set([one, two].flatMap((p) => p?.transactions.map((t) => t.id))).size).toBe(6);
});

test("shows nobody else's", async () => {
  const mine = await w.core.call(human, "get_transactions", {});
  expect(mine.transactions).toMatchObject([{ type: "escrow_release", direction: "in", taskId: completed }]);
  const none = await w.core.call(await w.human(), "get_transactions", {});
  expect(none).toMatchObject({ transactions: [], pagination: { totalItems: 0, totalPages: 0 } });
});

test.each([{ type: "gift" }, { limit: 0 }, { limit: 101 }, { page: 0 }])("refuses %j", async (input) => {
  await refused("VALIDATION_ERROR", w.core.call(agent, "get_transactions", input as never));
});

testDeclared("get_transactions");
