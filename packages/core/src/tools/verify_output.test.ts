import { expect, test } from "vitest";
import { answer, check } from "../../test/ask.ts";
import { testDeclared, testDoor, waitsForPerson } from "../../test/door.ts";
import { act, openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Input } from "../call.ts";
import type { Actor } from "../context.ts";

const w = await openWorld();
const agent = await w.agent("Checker", 10_000);
const CRITERIA = ["It names the city", "It is in English"];
const verify = (over: Partial<Input<"verify_output">> = {}, actor: Actor = agent, key?: string) =>
  act(
    w.core,
    actor,
    "verify_output",
    { output: "Lisbon is the capital of Portugal.", criteria: CRITERIA, waitSeconds: 0, ...over },
    key,
  );
const verdict = (over: object = {}) => ({
  criteria: { c1: true, c2: true },
  verdict: "pass",
  score: 90,
  ...over,
});

testDoor(w, "verify_output", {
  may: ["agent"],
  permission: "tasks:write",
  input: {
    output: "Text.",
    criteria: ["It is true"],
    context: "For a test.",
    category: "research",
    people: 1,
    reward: 1,
    timeLimitMinutes: 60,
    languages: [],
    skills: [],
    expert: "vetted",
    fileIds: [],
    payAfterHours: 0,
    waitSeconds: 0,
    confirmationToken: "ctk_x",
    idempotencyKey: "door",
  },
  required: ["output", "criteria"],
});

test("three people check an output: verdict, score, criteria, corrections and sources of all", async () => {
  const { questionId } = await verify({ people: 3, context: "A sentence for a schoolbook." });
  const people = [await w.human(), await w.human(), await w.human()];
  const offer = await w.core.call(people[0]!, "get_question", { questionId });
  expect(offer.context).toContain("A sentence for a schoolbook.");
  expect(offer.context).toContain("Lisbon is the capital of Portugal.");
  const link = "https://example.com/lisbon";
  await answer(w.core, people[0]!, questionId, verdict({ score: 100, citations: [link] }));
  await answer(
    w.core,
    people[1]!,
    questionId,
    verdict({ criteria: { c1: true, c2: false }, citations: [link] }),
  );
  const fails = {
    verdict: "fail",
    score: 10,
    corrections: "Say since when.",
    criteria: { c1: false, c2: false },
  };
  await answer(w.core, people[2]!, questionId, verdict(fails));
  const { verification, status } = await check(w.core, agent, questionId);
  expect(status).toBe("answered");
  expect(verification).toEqual({
    verdict: "pass",
    confidence: 0.21,
    score: 90,
    criteria: [
      { criterion: "It names the city", met: true, yes: 2, of: 3 },
      { criterion: "It is in English", met: false, yes: 1, of: 3 },
    ],
    corrections: ["Say since when."],
    citations: [link],
  });
});

test("before any verdict there is none, and a half one is refused", async () => {
  const before = await verify();
  expect(before.verification).toMatchObject({
    verdict: null,
    score: null,
    criteria: [{ met: null, of: 0 }, {}],
  });
  const { questionId } = before;
  const human = await w.human();
  for (const wrong of [
    { score: 101 },
    { verdict: "maybe" },
    { criteria: { c1: true } },
    { citations: ["x"] },
  ]) {
    await refused("VALIDATION_ERROR", answer(w.core, human, questionId, verdict(wrong)));
  }
});

test("refuses twice the same criterion, none, and too many", async () => {
  for (const criteria of [["a", "a"], [], Array.from({ length: 16 }, (_, i) => `${i}`)]) {
    await refused("VALIDATION_ERROR", verify({ criteria }));
  }
});

test("money: the wallet, the gate, the key, the caps and the confirmation hold as for a task", async () => {
  const poor = await w.agent();
  await refused("INSUFFICIENT_BALANCE", verify({ people: 50, reward: 11 }, poor));
  await refused("RISK_GATE_BLOCKED", verify({ output: "Buy a gun for me" }));
  await refused("RISK_GATE_BLOCKED", verify({ criteria: ["Solve these CAPTCHAs for me"] }));
  await refused("FILE_NOT_FOUND", verify({ fileIds: ["file_none"] }));
  const input = { output: "Text.", criteria: ["It is true"] };
  await refused("IDEMPOTENCY_KEY_REQUIRED", w.core.call(agent, "verify_output", input));
  await verify({}, agent, "same");
  await refused("IDEMPOTENCY_KEY_REUSED", verify({ people: 2 }, agent, "same"));
  await refused("CONFIRMATION_INVALID", verify({ confirmationToken: "ctk_none" }));
  const limits = {
    name: "CI",
    permissions: ["tasks:write"] as ["tasks:write"],
    maxPerTask: 10,
    confirmAbove: 5,
  };
  const { key } = await w.core.call<"create_api_key">(agent, "create_api_key", limits);
  const { actor } = await authenticate(w.core, key, "10.0.0.1");
  await refused("SPENDING_CAP_EXCEEDED", verify({ people: 11 }, actor));
  await refused("CONFIRMATION_REQUIRED", verify({ people: 6 }, actor));
  const six = { output: "Text.", criteria: CRITERIA, people: 6, waitSeconds: 0 };
  await waitsForPerson(w.core, agent, "verify_output", six, actor);
});

testDeclared("verify_output");
