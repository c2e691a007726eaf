import fc from "fast-check";
import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, asProgram, coffeeShops, openWorld, REASON, refused, taskAt } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Input } from "../call.ts";
import { paramsHash } from "../confirmation.ts";
import { PERMISSIONS } from "../vocabulary.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const strict = w.later(0, { confirmAbove: 100 });
const ask = (tool: string, params: Record<string, unknown>, actor = agent, core = strict) =>
  core.call(actor, "request_confirmation", { tool, params } as Input<"request_confirmation">);
const forTask = async (stage: "open" | "applied" | "submitted" = "open") => taskAt(w, stage, agent, human);

testDoor(w, "request_confirmation", {
  may: ["agent"],
  permission: "tasks:write",
  input: { tool: "create_task", params: { budget: 1 } },
  required: ["tool", "params"],
});

test("gives a one-time token for five minutes, with the question for the user", async () => {
  const asked = await ask("create_task", coffeeShops());
  expect(fieldsOf(asked)).toEqual(["confirmationToken", "expiresAt", "message", "tool"]);
  expect(asked).toMatchObject({
    tool: "create_task",
    message:
      "Lock 150 $A9 for this task? (The human gets 149.985 $A9 when you approve, the platform 0.015 $A9.)",
  });
  expect(asked.confirmationToken).toMatch(/^ctk_[\w-]{32}$/);
  const ahead = new Date(asked.expiresAt).getTime() - Date.now();
  expect(ahead).toBeGreaterThan(4.9 * 60_000);
  expect(ahead).toBeLessThanOrEqual(5 * 60_000);
});

test("asks with the real numbers of the task", async () => {
  const taskId = await forTask("submitted");
  const message = async (tool: string, more = {}) => (await ask(tool, { taskId, ...more })).message;
  expect(await message("cancel_task")).toBe("Cancel task and refund 150 $A9?");
  expect(await message("select_applicant", { humanId: "user_1" })).toBe("Assign user_1 to this task?");
  expect(await message("reject_submission", { reason: REASON })).toBe(`Reject with reason: ${REASON}?`);
  expect(await message("approve_submission")).toBe(
    "Release 149.985 $A9 to the human? (Platform fee 0.015 $A9, total 150 $A9.)",
  );
});

test("the token opens the tool once, for these parameters in any order", async () => {
  const params = coffeeShops();
  const { confirmationToken } = await ask("create_task", params);
  const reversed = Object.fromEntries(Object.entries(params).reverse()) as typeof params;
  const input = { confirmationToken, ...reversed };
  expect(await act(strict, agent, "create_task", input)).toMatchObject({ status: "open" });
  const again = await refused("CONFIRMATION_INVALID", act(strict, agent, "create_task", input));
  expect(again.message).toContain("already used");
});

test("parameters are the same in every order of their keys, and others when any of them changes", () => {
  const plain = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
  const value = fc.oneof(plain, fc.array(plain, { maxLength: 3 }));
  const params = fc.dictionary(fc.string(), value, { minKeys: 1, maxKeys: 8 });
  const same = (a: Record<string, unknown>, b: Record<string, unknown>) =>
    Buffer.compare(paramsHash("create_task", a), paramsHash("create_task", b)) === 0;
  fc.assert(
    fc.property(params, fc.infiniteStream(fc.nat()), value, (asked, random, other) => {
      const order = new Map(Object.keys(asked).map((key) => [key, random.next().value]));
      const keys = Object.keys(asked).sort((a, b) => order.get(a)! - order.get(b)!);
      expect(same(asked, Object.fromEntries(keys.map((key) => [key, asked[key]])))).toBe(true);
      const [key] = keys as [string];
      const changed = { ...asked, [key]: other };
      expect(same(asked, changed)).toBe(JSON.stringify(asked[key]) === JSON.stringify(other));
      const { [key]: _, ...fewer } = asked;
      expect(same(asked, fewer)).toBe(false);
    }),
  );
});

test("a changed field, a missing one and one more are other parameters", async () => {
  const params = coffeeShops();
  const { confirmationToken } = await ask("create_task", params);
  const others = [
    { ...params, budget: 150.000001 },
    { ...params, description: `${params.description} ` },
    { ...params, remote: true },
    { ...params, skillsRequired: [...params.skillsRequired!].reverse() },
    { ...params, autoApprove: false },
    (({ location: _, ...rest }) => rest)(params),
  ];
  for (const other of others) {
    const call = act(strict, agent, "create_task", { ...other, confirmationToken });
    expect((await refused("CONFIRMATION_INVALID", call)).message).toContain("other parameters");
  }
  await act(strict, agent, "create_task", { ...params, confirmationToken });
});

test("every financial tool takes its token", async () => {
  const [open, applied] = [await forTask(), await forTask("applied")];
  const token = async (tool: string, params: Record<string, unknown>) =>
    (await ask(tool, params)).confirmationToken;
  const { userId: humanId } = human;
  const cancel = { taskId: open, confirmationToken: await token("cancel_task", { taskId: open }) };
  await act(strict, agent, "cancel_task", cancel);
  const chosen = { taskId: applied, humanId };
  await act(strict, agent, "select_applicant", {
    ...chosen,
    confirmationToken: await token("select_applicant", chosen),
  });
  for (const tool of ["approve_submission", "reject_submission"] as const) {
    const taskId = await forTask("submitted");
    const params = tool === "approve_submission" ? { taskId } : { taskId, reason: REASON };
    const input = { ...params, confirmationToken: await token(tool, params) };
    await act(strict, agent, tool, input as Input<"reject_submission">);
  }
});

test("the token serves nobody else, no other tool, no other parameters, and not for long", async () => {
  const [taskId, other] = [await forTask(), await forTask()];
  const why = async (params: Input<"cancel_task">, core = strict, actor = agent) =>
    (await refused("CONFIRMATION_INVALID", act(core, actor, "cancel_task", params))).message;
  const { confirmationToken } = await ask("cancel_task", { taskId });
  expect(await why({ taskId: other, confirmationToken })).toContain("other parameters");
  const approval = await ask("approve_submission", { taskId });
  expect(await why({ taskId, confirmationToken: approval.confirmationToken })).toContain(
    "made for approve_submission",
  );
  const soon = w.later(5.1 / 60, { confirmAbove: 100 });
  expect(await why({ taskId, confirmationToken }, soon)).toContain("expired");
  expect(await why({ taskId, confirmationToken: "ctk_none" })).toContain("not known");
  const rich = await w.agent();
  const theirs = await act(w.core, rich, "create_task", coffeeShops());
  const foreign = { taskId: theirs.id, confirmationToken };
  expect(await why(foreign, strict, rich)).toContain("not known");
  await act(strict, agent, "cancel_task", { taskId, confirmationToken });
});

test("a refusal does not use the token up", async () => {
  const params = coffeeShops({ budget: 400 });
  const poor = await w.agent();
  const { confirmationToken } = await ask("create_task", params, poor);
  const first = await act(w.core, poor, "create_task", coffeeShops({ budget: 200 }));
  const input = { ...params, confirmationToken };
  await refused("INSUFFICIENT_BALANCE", act(strict, poor, "create_task", input));
  await act(w.core, poor, "cancel_task", { taskId: first.id });
  await act(strict, poor, "create_task", input);
});

test("asked by a program, it waits for a person: where, how long, and no mail for each", async () => {
  const owner = await w.agent();
  const bot = asProgram(owner);
  const first = await ask("create_task", coffeeShops(), bot);
  expect(first).toMatchObject({
    status: "pending",
    approvalUrl: `http://localhost:3000/approve/${first.confirmationId}`,
    confirmationToken: expect.stringMatching(/^ctk_[\w-]{32}$/),
  });
  const ahead = new Date(first.expiresAt).getTime() - Date.now();
  expect(ahead).toBeGreaterThan(29.9 * 60_000);
  expect(ahead).toBeLessThanOrEqual(30 * 60_000);
  await ask("create_task", coffeeShops({ budget: 200 }), bot);
  const mails = await w.core.client<{ body: string; subject: string }[]>`
    select subject, body from mail where recipient = ${await w.emailOf(owner)} and subject like '%yes%'`;
  expect(mails.map((m) => m.subject)).toEqual(["Your agent asks for your yes: 150 $A9"]);
  expect(mails[0]?.body).toContain(first.approvalUrl);
  for (const theirs of ["ctk_", "coffee"]) expect(mails[0]?.body).not.toContain(theirs);
  for (let i = 2; i < 20; i++) await ask("create_task", coffeeShops(), bot);
  await refused("TOO_MANY_UNANSWERED", ask("create_task", coffeeShops(), bot));
});

test("many at once wait for one person up to the limit, and send one mail", async () => {
  const rich = await w.agent("Rich at once", 10_000);
  const asked = Array.from({ length: 30 }, () => ask("create_task", coffeeShops(), asProgram(rich)));
  const done = (await Promise.allSettled(asked)).filter((c) => c.status === "fulfilled");
  expect(done).toHaveLength(20);
  const mails = await w.core.client`
    select id from mail where recipient = ${await w.emailOf(rich)} and subject like '%yes%'`;
  expect(mails).toHaveLength(1);
});

test("what asked nobody opens nothing once a person has to be asked", async () => {
  const bot = asProgram(agent);
  const params = coffeeShops();
  const early = await ask("create_task", params, bot, w.core);
  expect(fieldsOf(early)).toEqual(["confirmationToken", "expiresAt", "message", "tool"]);
  const input = { ...params, confirmationToken: early.confirmationToken };
  const refusal = await refused("CONFIRMATION_INVALID", act(strict, bot, "create_task", input));
  expect(refusal.message).toContain("no person had to be asked");
  const taskId = await forTask();
  const { confirmationToken } = await ask("cancel_task", { taskId }, bot, w.core);
  await refused("CONFIRMATION_INVALID", act(strict, bot, "cancel_task", { taskId, confirmationToken }));
  await act(w.core, bot, "cancel_task", { taskId, confirmationToken });
});

test.each([
  ["approve_everything", {}],
  ["create_task", {}],
  ["create_task", { budget: "much" }],
  ["cancel_task", {}],
  ["cancel_task", { taskId: "a\u0000b" }],
  ["cancel_task", { taskId: "x", deep: { er: {} } }],
  ["select_applicant", { taskId: "x" }],
  ["reject_submission", { taskId: "x", reason: "no" }],
])("refuses %s %j", async (tool, params) => {
  await refused("VALIDATION_ERROR", ask(tool, params));
});

test("refuses what nests deep instead of falling over it", async () => {
  let deep: unknown = 1;
  for (let i = 0; i < 20_000; i++) deep = [deep];
  await refused("VALIDATION_ERROR", ask("create_task", { budget: 1, deep }));
});

test.each([
  { question: "a\u0000b" },
  { question: "Why?", skills: ["a\ud800"] },
  { question: "Why?", "a\u0000": 1 },
  { question: "Why?", answerSchema: { type: "object", properties: { "a\u0000": { type: "string" } } } },
  { question: "Why?", answerSchema: { type: "string", enum: ["a", ["\udc00"]] } },
])("refuses %j, which cannot be stored, at any depth", async (params) => {
  await refused("VALIDATION_ERROR", ask("ask_human", params));
});

test("refuses a schema that nests deep", async () => {
  let answerSchema: object = { type: "string" };
  for (let i = 0; i < 20_000; i++) answerSchema = { type: "object", properties: { a: answerSchema } };
  await refused("VALIDATION_ERROR", ask("ask_human", { question: "Why?", answerSchema }));
});

test("asks only about the agent's own tasks", async () => {
  await refused("TASK_NOT_FOUND", ask("cancel_task", { taskId: "task_none" }));
  await refused("FORBIDDEN", ask("cancel_task", { taskId: await forTask() }, await w.agent()));
});

test("asks about nothing that the key's caps forbid anyway", async () => {
  const permissions = [...PERMISSIONS];
  const { key } = await w.core.call(agent, "create_api_key", { name: "CI", permissions, maxPerDay: 100 });
  const { actor } = await authenticate(w.core, key, "10.0.0.1");
  await refused("SPENDING_CAP_EXCEEDED", ask("create_task", coffeeShops({ budget: 101 }), actor));
  await ask("create_task", coffeeShops({ budget: 100 }), actor);
  await ask("cancel_task", { taskId: await forTask() }, actor);
});

testDeclared("request_confirmation");
