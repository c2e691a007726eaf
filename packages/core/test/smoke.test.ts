import { expect, test } from "vitest";
import { act, coffeeShops, openWorld, taskAt } from "./world.ts";

test("an agent hires a human, and the escrow pays to the micro-unit", async () => {
  const w = await openWorld();
  const [agent, human] = [await w.agent(), await w.human()];
  const taskId = await taskAt(w, "submitted", agent, human);
  const done = await act(w.core, agent, "approve_submission", { taskId });
  expect(done.payment).toEqual({ humanPayout: 149.985, platformFee: 0.015, total: 150 });
  expect(await w.core.call(agent, "get_wallet", {})).toMatchObject({
    balance: 350,
    frozenBalance: 0,
    totalSpent: 150,
  });
  expect(await w.core.call(human, "get_wallet", {})).toMatchObject({
    balance: 149.985,
    totalEarned: 149.985,
  });
  const again = await act(w.core, agent, "create_task", coffeeShops(), "k1");
  expect(
    await act(w.core, agent, "create_task", coffeeShops({ deadline: again.deadline }), "k2"),
  ).toMatchObject({ status: "open" });
});
