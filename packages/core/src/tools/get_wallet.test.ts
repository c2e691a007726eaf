import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TRANSACTION, WALLET } from "../../test/shapes.ts";
import { openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
testDoor(w, "get_wallet", { may: ["agent", "human"], permission: "wallet:read", input: {} });

test("shows what a task did, to the micro-unit, with the five newest transactions", async () => {
  const [agent, human] = [await w.agent(), await w.human()];
  const first = await w.core.call(agent, "get_wallet", {});
  expect(fieldsOf(first)).toEqual(WALLET);
  expect(first).toMatchObject({
    balance: 500,
    frozenBalance: 0,
    totalEarned: 0,
    totalSpent: 0,
    currency: "$A9token",
    recentTransactions: [{ type: "deposit", amount: 500, direction: "in", taskId: null }],
  });
  const done = await taskAt(w, "completed", agent, human, { budget: 1.000001 });
  await taskAt(w, "open", agent, human, { budget: 100 });
  const wallet = await w.core.call(agent, "get_wallet", {});
  expect(wallet).toMatchObject({ balance: 398.999999, frozenBalance: 100, totalSpent: 1.000001 });
  expect(wallet.recentTransactions).toHaveLength(5);
  for (const t of wallet.recentTransactions) expect(fieldsOf(t)).toEqual(TRANSACTION);
  const seen = wallet.recentTransactions.map((t) => [t.type, t.amount, t.direction, t.taskId === done]);
  expect(seen[0]).toEqual(["escrow_lock", 100, "internal", false]);
  expect(seen.slice(1, 3)).toEqual(
    expect.arrayContaining([
      ["platform_fee", 0.0001, "out", true],
      ["escrow_release", 0.999901, "out", true],
    ]),
  );
  expect(await w.core.call(human, "get_wallet", {})).toMatchObject({
    balance: 0.999901,
    totalEarned: 0.999901,
    recentTransactions: [{ type: "escrow_release", direction: "in", taskId: done }],
  });
});

test("an account that is not there has no wallet", async () => {
  const ghost = { ...(await w.agent()), userId: "user_none" };
  await refused("USER_NOT_FOUND", w.core.call(ghost, "get_wallet", {}));
});

testDeclared("get_wallet");
