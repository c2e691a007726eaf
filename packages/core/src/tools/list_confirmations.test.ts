import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { asProgram, coffeeShops, openWorld, refused } from "../../test/world.ts";
import type { Input } from "../call.ts";

const w = await openWorld({ settings: { confirmAbove: 100 } });
const owner = await w.agent("Owner", 10_000);

testDoor(w, "list_confirmations", { may: ["agent"], permission: "tasks:read", input: {} });

test("lists what still waits for the account, newest first", async () => {
  const ask = async (budget: number, actor = owner) => {
    const asked = { tool: "create_task", params: coffeeShops({ budget }) } as Input<"request_confirmation">;
    return (await w.core.call(asProgram(actor), "request_confirmation", asked)).confirmationId!;
  };
  const ids = [await ask(150), await ask(160), await ask(170)];
  await ask(180, await w.agent("Other"));
  await ask(5);
  await w.core.call(owner, "decide_confirmation", { confirmationId: ids[1]!, answer: "no" });
  const list = async (core = w.core) =>
    (await core.call(owner, "list_confirmations", {})).confirmations.map((c) => c.id);
  expect(await list()).toEqual([ids[2], ids[0]]);
  expect(await list(w.later(0.6))).toEqual([]);
  await refused("FORBIDDEN", w.core.call(await w.human(), "list_confirmations", {}));
});

testDeclared("list_confirmations");
