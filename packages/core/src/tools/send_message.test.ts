import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { MESSAGE } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";
import type { Actor } from "../context.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const taskId = await taskAt(w, "assigned", agent, human);

testDoor(w, "send_message", {
  may: ["agent", "human"],
  permission: "messages:write",
  input: { taskId: "task_none", content: "Hello" },
  required: ["taskId", "content"],
  codes: { content: "CONTENT_TOO_LONG" },
});

test("both sides write", async () => {
  const sent = await act(w.core, agent, "send_message", { taskId, content: "  Ask me anything. " });
  expect(fieldsOf(sent)).toEqual(MESSAGE);
  expect(sent).toMatchObject({
    taskId,
    senderId: agent.userId,
    senderRole: "agent",
    content: "Ask me anything.",
  });
  expect(sent.id).toMatch(/^msg_/);
  const answer = await act(w.core, human, "send_message", { taskId, content: "Will do." });
  expect(answer).toMatchObject({ senderId: human.userId, senderRole: "human" });
});

test("takes 1 to 2000 characters", async () => {
  await act(w.core, agent, "send_message", { taskId, content: "x".repeat(2000) });
  const long = await refused(
    "CONTENT_TOO_LONG",
    act(w.core, agent, "send_message", { taskId, content: "x".repeat(2001) }),
  );
  expect(long.message).toContain("2000");
  await refused("VALIDATION_ERROR", act(w.core, agent, "send_message", { taskId, content: " \n" }));
});

test("is for the participants, once there are two", async () => {
  const say = (actor: Actor, id: string) => act(w.core, actor, "send_message", { taskId: id, content: "Hi" });
  const open = await taskAt(w, "applied", agent, human);
  await refused("NOT_ASSIGNED", say(agent, open));
  for (const stranger of [human, await w.human(), await w.agent()])
    await refused("FORBIDDEN", say(stranger, open));
  for (const stranger of [await w.human(), await w.agent()])
    await refused("TASK_NOT_FOUND", say(stranger, taskId));
  await refused("TASK_NOT_FOUND", say(agent, "task_none"));
});

test("a chat that nobody could read any more takes no more", async () => {
  const full = await taskAt(w, "assigned", agent, human);
  await w.core.client`insert into message (id, task_id, human_id, sender_id, content, created_at)
    select 'msg_filler_' || i, ${full}, ${human.userId}, ${human.userId}, 'x', clock_now() from generate_series(1, 1000) i`;
  await refused("CHAT_FULL", act(w.core, agent, "send_message", { taskId: full, content: "One more?" }));
});

testDeclared("send_message");
