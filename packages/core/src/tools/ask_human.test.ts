import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { answer, ask, check, FORM } from "../../test/ask.ts";
import { testDeclared, testDoor, waitsForPerson } from "../../test/door.ts";
import { act, fail, openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Progress } from "../context.ts";
import { sweep } from "../jobs/clock.ts";
import type { Permission } from "../vocabulary.ts";

const w = await openWorld();
const agent = await w.agent("Asker", 100_000);
const human = await w.human("Answerer");
const money = async (who = agent) => {
  const { balance, frozenBalance } = await w.core.call(who, "get_wallet", {});
  return [balance, frozenBalance];
};

testDoor(w, "ask_human", {
  may: ["agent"],
  permission: "tasks:write",
  input: {
    question: "Is this a duck?",
    context: "A picture.",
    title: "Duck",
    answerSchema: { type: "boolean" },
    category: "research",
    people: 1,
    reward: 1,
    timeLimitMinutes: 60,
    languages: ["German"],
    skills: ["birds"],
    expert: "vetted",
    fileIds: [],
    payAfterHours: 0,
    waitSeconds: 0,
    confirmationToken: "ctk_x",
    idempotencyKey: "door",
  },
  required: ["question"],
});

test("one person answers in free text, is paid by the clock, and the answer comes back", async () => {
  const before = await money();
  const asked = await ask(w.core, agent, { question: "What is a good name for a lamp?", reward: 2 });
  expect(asked).toMatchObject({
    status: "open",
    wanted: 1,
    received: 0,
    answers: [],
    agreement: [],
    cost: { reward: 2, spent: 0, held: 2, refunded: 0 },
  });
  expect(await money()).toEqual([before[0]! - 2, before[1]! + 2]);
  const offer = await w.core.call(human, "get_question", { questionId: asked.questionId });
  expect(offer).toMatchObject({
    title: "What is a good name for a lamp?",
    payout: 1.9998,
    free: 1,
    mine: null,
  });
  const held = await w.core.call(human, "claim_question", { questionId: asked.questionId });
  expect(held).toMatchObject({ free: 0, mine: { status: "assigned", lapsed: false } });
  const mine = await answer(w.core, human, asked.questionId, "  Glowworm ");
  expect(mine.mine).toMatchObject({ status: "submitted", answer: "Glowworm" });
  const given = await check(w.core, agent, asked.questionId);
  expect(given).toMatchObject({
    status: "answered",
    received: 1,
    answers: [{ humanId: human.userId, state: "to_pay", answer: "Glowworm" }],
    agreement: [{ field: "answer", majority: "Glowworm", count: 1, of: 1, share: 1, confidence: 0.21 }],
  });
  await sweep(w.core, fail);
  expect(await check(w.core, agent, asked.questionId)).toMatchObject({
    answers: [{ state: "paid" }],
    cost: { reward: 2, spent: 2, held: 0, refunded: 0 },
  });
  expect(await money(human)).toEqual([1.9998, 0]);
});

test("waits for the answers, and tells of each", async () => {
  const told: Progress[] = [];
  const key = randomUUID();
  const input = { question: "Left or right?", people: 2, answerSchema: FORM, waitSeconds: 20 };
  const asking = w.core.call<"ask_human">(agent, "ask_human", input, {
    idempotencyKey: key,
    progress: (p: Progress) => void told.push(p),
  });
  const [row] = await pollFor();
  const [one, other] = [await w.human(), await w.human()];
  await answer(w.core, one, row!.id, { verdict: "left", sure: true, score: 4 });
  await expect.poll(() => told.length, { timeout: 5000 }).toBe(2);
  await answer(w.core, other, row!.id, { verdict: "left", sure: false, score: 7 });
  const reply = await asking;
  expect(reply).toMatchObject({ status: "answered", received: 2, wanted: 2 });
  const by = (field: string) => reply.agreement.find((a) => a.field === field);
  expect(by("verdict")).toMatchObject({ majority: "left", count: 2, of: 2, share: 1 });
  expect(by("sure")).toMatchObject({ majority: null, share: 0.5 });
  expect(by("score")).toMatchObject({ median: 5.5 });
  expect(by("size.cm")).toMatchObject({ majority: null, of: 0, share: 0, confidence: 0 });
  expect(told.map((p) => p.done)).toEqual([0, 1, 2]);
  expect(told[0]).toEqual({ done: 0, total: 2, message: "0 of 2 answers" });
});

/** The question that somebody is waiting for, as soon as it is there. */
async function pollFor() {
  for (let tries = 0; ; tries += 1) {
    const rows = await w.core.client<{ id: string }[]>`
      select id from question where question = 'Left or right?' order by created_at desc limit 1`;
    if (rows.length > 0 || tries > 200) return rows;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("the same key asks once, and answers with where it stands by now", async () => {
  const before = await money();
  const first = await ask(w.core, agent, { reward: 3 }, "same");
  await answer(w.core, await w.human(), first.questionId, "This.");
  const again = await ask(w.core, agent, { reward: 3, waitSeconds: 1 }, "same");
  expect(again).toMatchObject({ questionId: first.questionId, status: "answered", received: 1 });
  expect((await money())[0]).toBe(before[0]! - 3);
  await refused("IDEMPOTENCY_KEY_REUSED", ask(w.core, agent, { reward: 4 }, "same"));
  await refused("IDEMPOTENCY_KEY_REQUIRED", w.core.call(agent, "ask_human", { question: "Why?" }));
});

test("all or nothing: a wallet that holds 49 of 50 rewards asks nobody", async () => {
  const poor = await w.agent("Poor"); // 500
  const refusal = await refused("INSUFFICIENT_BALANCE", ask(w.core, poor, { people: 50, reward: 10.2 }));
  expect(refusal.facts).toMatchObject({ balance: 500, needed: 510 });
  expect((await w.core.call(poor, "list_my_tasks", {})).pagination.totalItems).toBe(0);
  const asked = await ask(w.core, poor, { people: 50, reward: 10 });
  expect(asked.cost).toEqual({ reward: 10, spent: 0, held: 500, refunded: 0 });
  expect(await money(poor)).toEqual([0, 500]);
  expect((await w.core.call(poor, "list_my_tasks", { limit: 100 })).tasks).toHaveLength(50);
});

test("of a schema people see what the gate has read, and no more", async () => {
  const items = { type: "string", title: "Buy a gun for me" };
  const answerSchema = { $schema: "Buy a gun for me", type: "array", title: "Lines", items };
  const { questionId } = await ask(w.core, agent, { answerSchema });
  const offer = await w.core.call(human, "get_question", { questionId });
  expect(offer.answerSchema).toEqual({ type: "array", title: "Lines", items: { type: "string" } });
});

test.each([
  [{ people: 0 }, "people"],
  [{ people: 51 }, "people"],
  [{ reward: 0.009 }, "reward"],
  [{ reward: 1000.1 }, "reward"],
  [{ reward: 1.0000001 }, "reward"],
  [{ timeLimitMinutes: 4 }, "timeLimitMinutes"],
  [{ timeLimitMinutes: 10_081 }, "timeLimitMinutes"],
  [{ payAfterHours: 73 }, "payAfterHours"],
  [{ waitSeconds: 51 }, "waitSeconds"],
  [{ question: "x".repeat(2001) }, "question"],
  [{ answerSchema: { type: "string", pattern: "(a+)+$" } }, "answerSchema.pattern"],
  [{ answerSchema: { type: "string", $schema: "a\u0000b" } }, "answerSchema"],
  [{ answerSchema: { type: "boolean", $schema: "\ud800" } }, "answerSchema"],
  [{ answerSchema: { $ref: "https://evil.example/schema" } }, "answerSchema"],
  [
    { answerSchema: { type: "object", properties: { a: { type: "string", pattern: "x" } } } },
    "answerSchema.properties.a.pattern",
  ],
] as const)("refuses %j and names the place", async (over, place) => {
  const refusal = await refused("VALIDATION_ERROR", ask(w.core, agent, over as object));
  expect(refusal.message).toContain(place);
});

test.each([
  [{ question: "Please solve these CAPTCHAs for me" }],
  [{ context: "Buy a gun for me" }],
  [{ answerSchema: { type: "string", title: "Write five-star reviews for my shop" } }],
  [{ answerSchema: { type: "string", enum: ["no", "Write five-star reviews for my shop"] } }],
  [{ answerSchema: { type: "object", properties: { "buy_a-gun_for_me": { type: "boolean" } } } }],
  [{ answerSchema: { type: "array", items: { type: "string", description: "Buy a gun for me" } } }],
])("the risk gate reads all that people will read: %j", async (over) => {
  const before = await money();
  await refused("RISK_GATE_BLOCKED", ask(w.core, agent, over));
  expect(await money()).toEqual(before);
});

test("holds a key to its caps by the sum, and to its confirmation", async () => {
  const permissions: Permission[] = ["tasks:write", "tasks:read"];
  const limits = { name: "CI", permissions, maxPerTask: 10, confirmAbove: 8 };
  const { key } = await w.core.call<"create_api_key">(agent, "create_api_key", limits);
  const { actor } = await authenticate(w.core, key, "10.0.0.1");
  await refused("CONFIRMATION_REQUIRED", ask(w.core, actor, { people: 8, reward: 1 }));
  const params = {
    question: "Which name is better?",
    people: 11,
    reward: 1,
    payAfterHours: 0,
    answerSchema: FORM,
  };
  const confirm = (people: number) =>
    w.core.call(actor, "request_confirmation", { tool: "ask_human", params: { ...params, people } });
  await refused("SPENDING_CAP_EXCEEDED", confirm(11));
  await refused("SPENDING_CAP_EXCEEDED", ask(w.core, actor, params));
  const { confirmationToken, message } = await confirm(9);
  expect(message).toContain("Lock 9 $A9 to ask 9 people?");
  await refused("CONFIRMATION_INVALID", ask(w.core, actor, { ...params, people: 10, confirmationToken }));
  const ten = { ...params, people: 10 };
  await waitsForPerson(w.core, agent, "ask_human", { ...ten, waitSeconds: 0 }, actor);
  const ok = await confirm(10);
  const said = { confirmationId: ok.confirmationId!, answer: "yes" } as const;
  await w.core.call(agent, "decide_confirmation", said);
  const asked = await ask(w.core, actor, { ...ten, confirmationToken: ok.confirmationToken });
  expect(asked).toMatchObject({ wanted: 10, status: "open" });
});

test("shows people the agent's own files, and nobody else's", async () => {
  const upload = async (who = agent) =>
    (await w.core.call(who, "upload_file", { name: "duck.txt", bytes: Buffer.from("quack") })).id;
  const [own, foreign] = [await upload(), await upload(human)];
  await refused("FILE_NOT_FOUND", ask(w.core, agent, { fileIds: [own, foreign] }));
  const { questionId } = await ask(w.core, agent, { fileIds: [own] });
  await refused("FILE_NOT_FOUND", ask(w.core, agent, { fileIds: [own] }));
  const { files } = await w.core.call(human, "get_question", { questionId });
  expect(files).toMatchObject([{ id: own, name: "duck.txt" }]);
  const { bytes } = await w.core.call(human, "download_file", { fileId: own });
  expect(Buffer.from(bytes).toString()).toBe("quack");
});

test("what the gate is unsure of waits for a person, all places at once", async () => {
  const unsure = await openWorld({ riskGate: async () => ({ verdict: "unsure", category: "privacy" }) });
  const [asker, someone] = [await unsure.agent(), await unsure.human()];
  const { questionId, status } = await ask(unsure.core, asker, { people: 3 });
  expect(status).toBe("pending_review");
  await refused("QUESTION_NOT_FOUND", unsure.core.call(someone, "get_question", { questionId }));
  const { tasks } = await unsure.core.call(unsure.admin, "list_reviews", {});
  expect(tasks).toHaveLength(1);
  await act(unsure.core, unsure.admin, "review_task", { taskId: tasks[0]!.id, decision: "approve" });
  expect(await check(unsure.core, asker, questionId)).toMatchObject({ status: "open" });
  await answer(unsure.core, someone, questionId, "Yes.");
});

testDeclared("ask_human");
