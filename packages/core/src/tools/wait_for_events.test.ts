import { afterAll, expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { act, memoryFiles, openWorld, refused, taskAt } from "../../test/world.ts";
import type { Actor } from "../context.ts";
import { type Core, createCore } from "../core.ts";

const w = await openWorld();
const { core } = w;

testDoor(w, "wait_for_events", {
  may: ["agent", "human"],
  permission: "tasks:read",
  input: { after: "evt_none", limit: 5, timeoutSeconds: 0 },
});

const wait = (at: Core, actor: Actor, after?: string, timeoutSeconds = 50) =>
  at.call(actor, "wait_for_events", { timeoutSeconds, ...(after ? { after } : {}) });

/** Another process of the same marketplace. */
const elsewhere = createCore({
  databaseUrl: w.url,
  secret: "a test secret of thirty-two bytes or more",
  files: memoryFiles(),
});
afterAll(() => elsewhere.close());

test("answers at once with what has happened since the cursor", async () => {
  const [agent, human] = [await w.agent(), await w.human()];
  const { cursor } = await wait(core, agent, undefined, 0);
  await taskAt(w, "applied", agent, human);
  const page = await wait(core, agent, cursor);
  expect(page.events.map((e) => e.type)).toEqual(["task.created", "application.created"]);
  expect(page.cursor).toBe(page.events[1]!.id);
});

test("without a cursor it waits for what comes next, wherever that is written", async () => {
  const [agent, human] = [await w.agent(), await w.human()];
  const taskId = await taskAt(w, "assigned", agent, human);
  for (const writer of [core, elsewhere]) {
    const waiting = wait(core, agent);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await act(writer, human, "send_message", { taskId, content: "Hello" });
    const page = await waiting;
    expect(page.events.map((e) => e.type)).toEqual(["message.created"]);
  }
});

test("wakes without a notice too: its writer may have died before it could give one", async () => {
  const [agent, human] = [await w.agent(), await w.human()];
  const taskId = await taskAt(w, "assigned", agent, human);
  const waiting = wait(core, agent);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await core.client`insert into message (id, task_id, human_id, sender_id, content, created_at)
    values ('msg_silent', ${taskId}, ${human.userId}, ${human.userId}, 'x', clock_now())`;
  expect((await waiting).events[0]?.data.messageId).toBe("msg_silent");
});

test("others' news wake nobody, and the time ends with an empty page and the same cursor", async () => {
  const [agent, human, other] = [await w.agent(), await w.human(), await w.agent()];
  const { cursor } = await wait(core, other, undefined, 0);
  const waiting = wait(core, other, cursor, 1);
  await taskAt(w, "applied", agent, human);
  expect(await waiting).toEqual({ events: [], cursor, hasMore: false });
});

test("many wait at once, and each gets its own", async () => {
  const agents = await Promise.all(Array.from({ length: 20 }, () => w.agent()));
  const human = await w.human();
  const cursors = await Promise.all(agents.map((agent) => core.call(agent, "list_events", {})));
  const waiting = agents.map((agent, i) => wait(core, agent, cursors[i]!.cursor));
  const taskIds = await Promise.all(agents.map((agent) => taskAt(w, "open", agent, human)));
  const pages = await Promise.all(waiting);
  expect(pages.map((p) => p.events[0]?.data.taskId)).toEqual(taskIds);
});

test("no account waits more than twenty times at once", async () => {
  const [agent, human] = [await w.agent(), await w.human()];
  const taskId = await taskAt(w, "assigned", agent, human);
  const { cursor } = await core.call(human, "list_events", { limit: 100 });
  const waiting = Array.from({ length: 20 }, () => wait(core, human, cursor));
  await expect.poll(() => core.feed.waiting(human.userId)).toBe(20);
  await refused("TOO_MANY_WAITING", wait(core, human, cursor));
  await act(core, agent, "send_message", { taskId, content: "Hello" });
  await Promise.all(waiting);
  expect(core.feed.waiting(human.userId)).toBe(0);
});

test("who gives up waits no longer, at once", async () => {
  const agent = await w.agent();
  const leave = new AbortController();
  const options = { signal: leave.signal };
  const waiting = w.core.call(agent, "wait_for_events", { timeoutSeconds: 50 }, options);
  await expect.poll(() => w.core.feed.waiting(agent.userId)).toBe(1);
  leave.abort();
  expect(await waiting).toMatchObject({ events: [] });
  expect(w.core.feed.waiting(agent.userId)).toBe(0);
});

test("a foreign cursor is refused before any waiting", async () => {
  const [agent, human, stranger] = [await w.agent(), await w.human(), await w.agent()];
  await taskAt(w, "applied", agent, human);
  const { cursor } = await core.call(agent, "list_events", {});
  await refused("EVENT_NOT_FOUND", wait(core, stranger, cursor));
});

test("a process that ends lets its waiters go", async () => {
  const agent = await w.agent();
  const ending = w.later(0);
  const waiting = wait(ending, agent);
  await new Promise((resolve) => setTimeout(resolve, 50));
  ending.feed.close();
  expect((await waiting).events).toEqual([]);
});

testDeclared("wait_for_events");
