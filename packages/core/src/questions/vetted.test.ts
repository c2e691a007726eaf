import { beforeAll, expect, test } from "vitest";
import { answer, ask, claim } from "../../test/ask.ts";
import { fail, openWorld, refused, taskAt } from "../../test/world.ts";
import type { Actor } from "../context.ts";
import { sweep } from "../jobs/clock.ts";
import { VETTED } from "./open.ts";

const w = await openWorld();
const [agent, other] = [await w.agent("Asker", 100_000), await w.agent("Other", 100_000)];
/** When the accounts of this test are old enough; what was rejected then is refused for good. */
const old = w.later((VETTED.agentDays + 1) * 24);

const verify = async (...people: Actor[]) => {
  for (const { userId } of people)
    await w.core.client`update app_user set email_verified_at = clock_now() where id = ${userId}`;
};
const verified = async () => {
  const human = await w.human();
  await verify(human);
  return human;
};
const paid = async (human: Actor, by: Actor[], budget: number = VETTED.budget) => {
  for (let i = 0; i < VETTED.paid; i += 1)
    await taskAt(w, "completed", by[i % by.length]!, human, { budget });
};
const forVetted = async (core = old) =>
  (await ask(core, agent, { expert: "vetted", category: "photography" })).questionId;
const why = async (human: Actor, core = old) =>
  (await core.call(human, "get_question", { questionId: await forVetted(core) })).whyNot;

beforeAll(() => verify(agent, other));

test("vetted is who was paid often, by several, for reviewed work", async () => {
  const good = await verified();
  await paid(good, [agent, other]);
  expect(await why(good)).toBeNull();
  await claim(old, good, await forVetted());
  const oneAgent = await verified();
  await paid(oneAgent, [agent]);
  expect(await why(oneAgent)).toContain("by 2 or more agents");
});

test("not who was turned down often", async () => {
  const bad = await verified();
  await paid(bad, [agent, other]);
  for (let i = 0; i < 2; i += 1) await taskAt(w, "rejected_by_agent", agent, bad, { budget: VETTED.budget });
  await sweep(old, fail);
  expect(await why(bad)).toContain("80 % approved");
});

test("not who was paid by silence, for an answer or for a task", async () => {
  const silent = await verified();
  for (let i = 0; i < VETTED.paid; i += 1) {
    const by = i % 2 ? agent : other;
    const asked = await ask(w.core, by, { category: "photography", reward: VETTED.budget });
    await answer(w.core, silent, asked.questionId, "Anything.");
    await taskAt(w, "submitted", by, silent, { budget: VETTED.budget, autoApprove: true });
    await sweep(old, fail);
  }
  await refused("NOT_ELIGIBLE", claim(old, silent, await forVetted()));
});

test("a record cannot be bought with small change, or from accounts made for it", async () => {
  const cheap = await verified();
  await paid(cheap, [agent, other], VETTED.budget - 1);
  expect(await why(cheap)).toContain("each of 5 $A9 or more");
  const unproven = await verified();
  const strangers = [await w.agent("One"), await w.agent("Two")];
  await paid(unproven, strangers);
  expect(await why(unproven)).toContain("verified e-mail address");
  await verify(...strangers);
  expect(await why(unproven, w.core)).toContain("older than 7 days");
  expect(await why(unproven)).toBeNull();
});

test("who has not verified their own address has no record", async () => {
  const human = await w.human();
  await paid(human, [agent, other]);
  expect(await why(human)).toContain("verified their own e-mail address");
  await verify(human);
  expect(await why(human)).toBeNull();
});
