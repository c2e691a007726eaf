import { expect, test } from "vitest";
import { act, coffeeShops, openWorld, refused } from "../test/world.ts";
import type { Actor } from "./context.ts";
import { Refusal } from "./errors.ts";
import { follow, type NewsEvent } from "./follow.ts";

const w = await openWorld();
/** Another process, as far as the database can tell. */
const elsewhere = w.later(0);
const post = async (as: Actor, at = elsewhere) =>
  (await act(at, as, "create_task", coffeeShops({ budget: 1 }))).id;

/** Somebody who listens, with a credential that the test can spoil. */
async function listener(actor: Actor, core = w.core) {
  const told: string[] = [];
  const ended: string[] = [];
  const reported: unknown[] = [];
  const credential = { check: () => {} };
  const following = await follow(core, actor, {
    enter: async () => {
      credential.check();
      return actor;
    },
    tell: (events: NewsEvent[]) => void told.push(...events.map(({ data }) => data.taskId ?? "")),
    end: () => void ended.push("ended"),
    report: (error) => void reported.push(error),
    options: {},
  });
  return { ...following, told, ended, reported, credential };
}

test("tells of what happens elsewhere from the beginning on, in order, each once, and to its account only", async () => {
  const [one, two] = [await w.agent(), await w.agent()];
  const before = await post(one);
  const [ears, others] = [await listener(one), await listener(two)];
  const early = await post(one); // before anybody is ready to be told
  ears.start();
  others.start();
  const late = [await post(one), await post(one)];
  await expect.poll(() => ears.told).toEqual([early, ...late]);
  const foreign = await post(two);
  await expect.poll(() => others.told).toEqual([foreign]);
  expect(ears.told).not.toContain(before);
  ears.stop();
  others.stop();
});

test("more than a page of news comes whole", async () => {
  const agent = await w.agent();
  const ears = await listener(agent);
  const posted: string[] = [];
  for (let i = 0; i < 120; i++) posted.push(await post(agent));
  ears.start();
  await expect.poll(() => ears.told).toEqual(posted);
  ears.stop();
});

test("who stops is told nothing more, and its place is free", async () => {
  const agent = await w.agent();
  const ears = await listener(agent);
  expect(w.core.feed.waiting(agent.userId)).toBe(1);
  ears.start();
  await post(agent);
  await expect.poll(() => ears.told).toHaveLength(1);
  ears.stop();
  expect(w.core.feed.waiting(agent.userId)).toBe(0);
  await post(agent);
  const next = await listener(agent);
  next.start();
  await post(agent);
  await expect.poll(() => next.told).toHaveLength(1);
  expect(ears.told).toHaveLength(1);
  expect(ears.ended).toEqual([]);
  next.stop();
});

test("a credential that is good no more ends it before anything is told", async () => {
  const agent = await w.agent();
  const ears = await listener(agent);
  ears.start();
  const first = await post(agent);
  await expect.poll(() => ears.told).toEqual([first]);
  ears.credential.check = () => {
    throw new Refusal("UNAUTHORIZED");
  };
  await post(agent);
  await expect.poll(() => ears.ended).toEqual(["ended"]);
  expect(ears.told).toEqual([first]);
  expect(w.core.feed.waiting(agent.userId)).toBe(0);
});

test("what fails for a moment is tried again, and nothing is passed by", async () => {
  const agent = await w.agent();
  const ears = await listener(agent);
  ears.start();
  const faults = [new Refusal("CONFLICT"), new Error("the database hiccuped")];
  ears.credential.check = () => {
    const fault = faults.pop();
    if (fault) throw fault;
  };
  const id = await post(agent);
  await expect.poll(() => ears.told).toEqual([id]);
  expect(ears.reported).toEqual([new Error("the database hiccuped")]);
  expect(ears.ended).toEqual([]);
  ears.stop();
});

test("who is told to wait waits, whatever news come meanwhile", async () => {
  const agent = await w.agent();
  const [ears, healthy] = [await listener(agent), await listener(agent)];
  let looks = 0;
  ears.credential.check = () => {
    if (looks++ < 5) ears.start(); // as news do that come during the look
    throw new Refusal("RATE_LIMITED", { retryAfter: 3600 });
  };
  for (const one of [ears, healthy]) one.start();
  const posted: string[] = [];
  for (let i = 0; i < 3; i++) {
    posted.push(await post(agent));
    await expect.poll(() => healthy.told).toEqual(posted);
  }
  expect([looks, ears.told, ears.ended]).toEqual([1, [], []]);
  for (const one of [ears, healthy]) one.stop();
});

test("has the places of those who wait, and the same permission", async () => {
  const agent = await w.agent();
  const all = await Promise.allSettled(Array.from({ length: 25 }, () => listener(agent)));
  const open = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(open).toHaveLength(20);
  await refused("TOO_MANY_WAITING", listener(agent));
  for (const { stop } of open) stop();
  await refused("FORBIDDEN", listener({ ...agent, permissions: ["wallet:read"] }));
  await refused("FORBIDDEN", listener(w.admin));
  expect(w.core.feed.waiting(agent.userId)).toBe(0);
});

test("the end of the process ends it, also of one that begins then", async () => {
  const agent = await w.agent();
  const dying = w.later(0);
  const [ears, late] = [await listener(agent, dying), await listener(agent, dying)];
  ears.start();
  await dying.feed.close();
  expect(ears.ended).toEqual(["ended"]);
  const last = await listener(agent, dying);
  last.start();
  await expect.poll(() => [last.ended, late.ended]).toEqual([["ended"], ["ended"]]);
});
