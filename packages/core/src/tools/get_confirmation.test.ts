import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { asProgram, coffeeShops, openWorld, REASON, refused, taskAt } from "../../test/world.ts";
import type { Input } from "../call.ts";

const w = await openWorld();
const strict = w.later(0, { confirmAbove: 100 });
const [owner, human] = [await w.agent("Owner", 10_000), await w.human()];
const bot = asProgram(owner);

testDoor(w, "get_confirmation", {
  may: ["agent"],
  permission: "tasks:read",
  input: { confirmationId: "conf_none", waitSeconds: 1 },
  required: ["confirmationId"],
});

const ask = async (tool: string, params: object) =>
  (await strict.call(bot, "request_confirmation", { tool, params } as Input<"request_confirmation">))
    .confirmationId!;
const get = (confirmationId: string, actor = owner) =>
  w.core.call(actor, "get_confirmation", { confirmationId });

test("shows the question, what it is about, and all that it is bound to", async () => {
  const taskId = await taskAt(w, "submitted", owner, human);
  const id = await ask("reject_submission", { taskId, reason: REASON });
  const seen = await get(id);
  expect(fieldsOf(seen)).toEqual(
    [
      ...["approvalUrl", "askedBy", "createdAt", "decidedAt", "decidedVia", "expiresAt", "id", "message"],
      ...["params", "payout", "status", "taskId", "taskTitle", "tool"],
    ].sort(),
  );
  expect(seen).toMatchObject({
    id,
    tool: "reject_submission",
    status: "pending",
    message: `Reject with reason: ${REASON}?`,
    params: [
      { name: "reason", value: REASON },
      { name: "taskId", value: taskId },
    ],
    taskId,
    taskTitle: "Photograph 3 coffee shops in Shanghai",
    payout: { humanPayout: 149.985, platformFee: 0.015, total: 150 },
    askedBy: "Owner",
    approvalUrl: `http://localhost:3000/approve/${id}`,
    decidedAt: null,
    decidedVia: null,
  });
  expect(await get(id, bot)).toEqual(seen);
});

test("names the key that asked, and shows the task that is not there yet", async () => {
  const { id: keyId } = await w.core.call(owner, "create_api_key", { name: "Night shift" });
  const params = coffeeShops();
  const asked = { tool: "create_task", params: { ...params, confirmationToken: "ctk_x" } };
  const { confirmationId } = await strict.call(
    { ...bot, keyId },
    "request_confirmation",
    asked as Input<"request_confirmation">,
  );
  const seen = await get(confirmationId!);
  expect(seen).toMatchObject({ askedBy: "Night shift", taskId: null, taskTitle: null });
  const shown = Object.fromEntries(seen.params.map(({ name, value }) => [name, value]));
  expect(shown).toMatchObject({
    title: params.title,
    budget: "150",
    skillsRequired: "photography, local_knowledge",
  });
  expect(Object.keys(shown).sort()).toEqual(Object.keys(params).sort());
});

test("is found by its own account only, and only where a person was asked", async () => {
  const id = await ask("create_task", coffeeShops());
  await refused("CONFIRMATION_NOT_FOUND", get(id, await w.agent("Other")));
  await refused("FORBIDDEN", get(id, human));
  const small = coffeeShops({ budget: 5 });
  await strict.call(bot, "request_confirmation", {
    tool: "create_task",
    params: small,
  } as Input<"request_confirmation">);
  const [row] = await w.core.client`select id from confirmation where status = 'ready'`;
  await refused("CONFIRMATION_NOT_FOUND", get(row?.id));
});

test("waits for the answer, and no longer than it was told", async () => {
  const id = await ask("create_task", coffeeShops());
  const wait = (waitSeconds: number) =>
    w.core.call(bot, "get_confirmation", { confirmationId: id, waitSeconds });
  expect((await wait(1)).status).toBe("pending");
  const waiting = wait(50);
  await w.core.call(owner, "decide_confirmation", { confirmationId: id, answer: "yes" });
  expect((await waiting).status).toBe("approved");
  const undecided = await ask("create_task", coffeeShops());
  const many = Array.from({ length: 20 }, () =>
    w.core.call(bot, "get_confirmation", { confirmationId: undecided, waitSeconds: 50 }),
  );
  await expect.poll(() => w.core.feed.waiting(bot.userId)).toBe(20);
  await refused(
    "TOO_MANY_WAITING",
    w.core.call(bot, "get_confirmation", { confirmationId: undecided, waitSeconds: 1 }),
  );
  await w.core.call(owner, "decide_confirmation", { confirmationId: undecided, answer: "no" });
  expect(new Set((await Promise.all(many)).map((c) => c.status))).toEqual(new Set(["declined"]));
});

testDeclared("get_confirmation");
