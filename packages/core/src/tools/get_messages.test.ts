import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { MESSAGE } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";
import type { Actor } from "../context.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const say = (actor: Actor, taskId: string, content: string) =>
  act(w.core, actor, "send_message", { taskId, content });
const read = (actor: Actor, taskId: string) => w.core.call(actor, "get_messages", { taskId });

testDoor(w, "get_messages", {
  may: ["agent", "human", "admin"],
  permission: "messages:read",
  input: { taskId: "task_none" },
  required: ["taskId"],
});

test("gives the whole thread, oldest first, to both sides and an admin", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  expect(await read(agent, taskId)).toEqual({ taskId, messages: [], total: 0 });
  const sent = [
    await say(agent, taskId, "One"),
    await say(human, taskId, "Two"),
    await say(agent, taskId, "Three"),
  ];
  for (const actor of [agent, human, w.admin]) {
    const { untrusted, ...thread } = await read(actor, taskId);
    expect(thread).toEqual({ taskId, messages: sent, total: 3 });
    expect(untrusted?.texts.map((t) => [t.path, t.from])).toEqual(
      actor === agent ? [["/messages/1/content", "human"]] : undefined,
    );
  }
  expect(fieldsOf(sent[0]!)).toEqual(MESSAGE);
});

test("what a human wrote reaches an agent without anything that a person could not see", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  await say(human, taskId, "Hel\u200Blo \u{E0049}\u{E0047}there\nfriend");
  expect((await read(agent, taskId)).messages[0]?.content).toBe("Hello there\nfriend");
});

test("is for the participants", async () => {
  const [taskId, open] = [await taskAt(w, "assigned", agent, human), await taskAt(w, "open", agent, human)];
  for (const stranger of [await w.human(), await w.agent()]) {
    await refused("TASK_NOT_FOUND", read(stranger, taskId));
    await refused("FORBIDDEN", read(stranger, open));
  }
});

test("a successor reads a thread of its own, the agent reads both", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  await say(human, taskId, "My address is private.");
  await act(w.core, human, "give_up_task", { taskId, reason: "I am ill." });
  await refused("FORBIDDEN", read(human, taskId));
  const next = await w.human();
  await act(w.core, next, "apply_to_task", { taskId, message: "I can." });
  await act(w.core, agent, "select_applicant", { taskId, humanId: next.userId });
  await say(agent, taskId, "Welcome.");
  expect((await read(next, taskId)).messages.map((m) => m.content)).toEqual(["Welcome."]);
  expect((await read(agent, taskId)).total).toBe(2);
});

testDeclared("get_messages");
