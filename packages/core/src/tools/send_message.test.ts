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

test.each([
  ["violence and weapons", "I will k1ll you if you do not pay."],
  ["sexual services", "S e n d  m e  n u d e s"],
  ["credential or account fraud", "Pásame tu contraseña del banco"],
  ["harassment", "du bist eine Schl\u0430mpe"],
  ["money muling", "I pay you directly with a gift card, outside the platform"],
])("neither side may write what is %s", async (category, content) => {
  for (const actor of [agent, human]) {
    const refusal = await refused(
      "RISK_GATE_BLOCKED",
      act(w.core, actor, "send_message", { taskId, content }),
    );
    expect(refusal.facts.category).toBe(category);
  }
});

test.each([
  "I never ask anybody for a password, please do not send me your password.",
  "The killer scene of the play is ready, the weapon is a prop.",
  "Please don't ask me to be paid outside the platform with gift cards.",
  "J'aurai un retard de dix minutes.",
  "Here is the pic, taken in Troia.",
])("%j is a message like any other", async (content) => {
  expect((await act(w.core, human, "send_message", { taskId, content })).content).toContain("a");
});

testDeclared("send_message");
