/** Handles on what people finish later, on a tool that begins such a thing, moves money and can be called off. */

import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { answer } from "../test/ask.ts";
import { act, coffeeShops, openWorld, refused } from "../test/world.ts";
import type { Actor } from "./context.ts";
import { forget } from "./jobs/retention.ts";
import { beginTask, cancelTask, lookAtTask, type TaskOptions } from "./mcp-tasks.ts";
import type { Waits } from "./tool.ts";
import { tools } from "./tools/index.ts";

const waits: Waits = {
  atOnce: {},
  poll: "get_task",
  by: [["id", "taskId"]],
  done: ({ status }) => status === "completed" || status === "expired",
  cancel: { tool: "cancel_task", was: ({ status }) => status === "expired" },
};
Object.assign(tools.create_task, { waits });
afterAll(() => {
  Reflect.deleteProperty(tools.create_task, "waits");
});

const w = await openWorld();
const { core } = w;
const options = (): TaskOptions => ({ reader: "model", channel: "mcp", idempotencyKey: randomUUID() });
const balance = async (agent: Actor) => (await core.call(agent, "get_wallet", {})).balance;

/** An agent, its human, and a handle on a task that was posted for 10 $A9. */
async function begun() {
  const [agent, human] = [await w.agent(), await w.human()];
  const made = await beginTask(core, agent, "create_task", coffeeShops({ budget: 10 }), options());
  if (!made || !("task" in made)) throw new Error("no handle");
  const [row] = await core.client`select poll_input from mcp_task where id = ${made.task.id}`;
  return { agent, human, id: made.task.id, taskId: row?.poll_input.taskId as string };
}
const look = (agent: Actor, id: string, at = core) => lookAtTask(at, agent, id, options());

test("is done when the tool that looks says so, in whichever process", async () => {
  const { agent, human, id, taskId } = await begun();
  expect(await look(agent, id)).toMatchObject({ tool: "create_task", status: "working" });
  await act(core, human, "apply_to_task", { taskId, message: "Tomorrow." });
  await act(core, agent, "select_applicant", { taskId, humanId: human.userId });
  await act(core, human, "submit_proof", { taskId, text: "Done." });
  expect((await look(agent, id))?.status).toBe("working");
  await act(core, agent, "approve_submission", { taskId });
  const elsewhere = w.later(1);
  const done = await look(agent, id, elsewhere);
  expect(done).toMatchObject({ status: "completed", outcome: { id: taskId, status: "completed" } });
  const again = await look(agent, id);
  expect(again).toMatchObject({ status: "completed", updatedAt: done?.updatedAt, outcome: { id: taskId } });
});

test("calling it off calls the tool for that, once, and the money comes back", async () => {
  const { agent, id, taskId } = await begun();
  expect(await balance(agent)).toBe(490);
  const all = await Promise.all([1, 2, 3].map(() => cancelTask(core, agent, id, options())));
  expect(all).toEqual([true, true, true]);
  expect(await balance(agent)).toBe(500);
  expect((await core.call(agent, "get_task", { taskId })).closedReason).toBe("cancelled");
  expect(await look(agent, id)).toMatchObject({ status: "cancelled" });
  expect(await look(agent, id)).not.toHaveProperty("outcome");
});

test("what cannot be called off any more goes on", async () => {
  const { agent, human, id, taskId } = await begun();
  await act(core, human, "apply_to_task", { taskId, message: "Tomorrow." });
  await act(core, agent, "select_applicant", { taskId, humanId: human.userId });
  expect(await cancelTask(core, agent, id, options())).toBe(true);
  expect((await look(agent, id))?.status).toBe("working");
  expect(await balance(agent)).toBe(490);
});

/** An agent that asked two people, its handle, and what it may still do. */
async function asked() {
  const agent = await w.agent();
  const input = { question: "Which name is better?", people: 2, reward: 1 };
  const made = await beginTask(core, agent, "ask_human", input, options());
  if (!made || !("task" in made)) throw new Error("no handle");
  const [row] = await core.client`select poll_input from mcp_task where id = ${made.task.id}`;
  return { agent, id: made.task.id, questionId: row?.poll_input.questionId as string };
}

test("calling off what people have finished keeps what they said", async () => {
  const { agent, id, questionId } = await asked();
  for (const words of ["This.", "That."]) await answer(core, await w.human(), questionId, words);
  expect(await cancelTask(core, agent, id, options())).toBe(true);
  const outcome = { status: "answered", received: 2, cost: { held: 2, refunded: 0 } };
  expect(await look(agent, id)).toMatchObject({ status: "completed", outcome });
});

test("so does calling off what people finish in this moment", async () => {
  const { agent, id, questionId } = await asked();
  await answer(core, await w.human(), questionId, "This.");
  const last = await w.human();
  const call = async (...given: Parameters<typeof core.call>) => {
    if (given[1] === "cancel_question") await answer(core, last, questionId, "That.");
    return core.call(...given);
  };
  const slow = { ...core, call: call as typeof core.call };
  expect(await cancelTask(slow, agent, id, options())).toBe(true);
  expect(await look(agent, id)).toMatchObject({ status: "completed", outcome: { received: 2 } });
});

test("what was called off half-way says where its answers are", async () => {
  const { agent, id, questionId } = await asked();
  await answer(core, await w.human(), questionId, "This.");
  expect(await cancelTask(core, agent, id, options())).toBe(true);
  const at = { tool: "check_question", input: { questionId } };
  expect(await look(agent, id)).toMatchObject({ status: "cancelled", at });
  const outcome = { status: "closed", received: 1, cost: { held: 1, refunded: 1 } };
  expect(await core.call(agent, "check_question", { questionId })).toMatchObject(outcome);
});

test("one key is one task, however many handles are asked for", async () => {
  const agent = await w.agent();
  const same = options();
  const input = coffeeShops({ budget: 10 });
  await beginTask(core, agent, "create_task", input, same);
  await beginTask(core, agent, "create_task", input, same);
  expect(await balance(agent)).toBe(490);
});

test("a refusal is thrown, and leaves no handle", async () => {
  const agent = await w.agent();
  await refused(
    "INSUFFICIENT_BALANCE",
    beginTask(core, agent, "create_task", coffeeShops({ budget: 501 }), options()),
  );
  const [row] = await core.client`select count(*)::int as n from mcp_task where principal = ${agent.userId}`;
  expect(row?.n).toBe(0);
});

test("no other account sees it or calls it off, its human neither", async () => {
  const { agent, human, id } = await begun();
  for (const foreign of [human, await w.agent(), w.admin]) {
    expect(await look(foreign, id)).toBeNull();
    expect(await cancelTask(core, foreign, id, options())).toBe(false);
  }
  expect((await look(agent, id))?.status).toBe("working");
  expect(await balance(agent)).toBe(490);
});

test("it ends after 30 days, and is then forgotten", async () => {
  const { agent, id } = await begun();
  const [before, after] = [w.later(29.9 * 24), w.later(30.1 * 24)];
  expect(await look(agent, id, before)).not.toBeNull();
  expect(await look(agent, id, after)).toBeNull();
  expect(await cancelTask(after, agent, id, options())).toBe(false);
  const kept = async () => (await core.client`select id from mcp_task where id = ${id}`).length;
  expect(await kept()).toBe(1);
  await forget(after, (error) => {
    throw error;
  });
  expect(await kept()).toBe(0);
});

test("an account with 500 under way gets no more handles, and nothing is begun", async () => {
  const { agent } = await begun();
  await core.client`insert into mcp_task (id, principal, tool, poll, poll_input, created_at, updated_at, expires_at)
    select 'mcp_' || n, ${agent.userId}, 'create_task', 'get_task', '{}', clock_now(), clock_now(),
      clock_now() + interval '1 day' from generate_series(1, 499) n`;
  expect(await beginTask(core, agent, "create_task", coffeeShops({ budget: 10 }), options())).toBeNull();
  expect(await balance(agent)).toBe(490);
  await core.client`update mcp_task set status = 'completed' where id = 'mcp_7'`;
  expect(await beginTask(core, agent, "create_task", coffeeShops({ budget: 10 }), options())).not.toBeNull();
});

test("a tool that does not wait, or is none, has no handle", async () => {
  const agent = await w.agent();
  for (const name of ["get_wallet", "toString", "nope"]) {
    expect(await beginTask(core, agent, name, {}, options())).toBeNull();
  }
});
