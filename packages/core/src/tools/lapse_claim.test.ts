import { expect, test } from "vitest";
import { answer, ask, claim } from "../../test/ask.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused, taskAt } from "../../test/world.ts";
import { CLOCK } from "../context.ts";

const w = await openWorld();
const agent = await w.agent("Asker", 10_000);
const lapse = (taskId: string, core = w.core) => core.call(CLOCK, "lapse_claim", { taskId });

testDoor(w, "lapse_claim", {
  may: ["clock"],
  permission: null,
  input: { taskId: "task_none" },
  required: ["taskId"],
});

test("opens a place again when its time is over, and not before", async () => {
  const { questionId } = await ask(w.core, agent);
  const { mine } = await claim(w.core, await w.human(), questionId);
  await refused("NOT_DUE", lapse(mine!.taskId));
  const late = w.later(0.3);
  await refused("NOT_DUE", late.call(CLOCK, "expire_task", { taskId: mine!.taskId }));
  expect((await lapse(mine!.taskId, late)).task).toMatchObject({ status: "open", humanId: null });
});

test("a place that was answered, and a task that is no question's, stay as they are", async () => {
  const { questionId } = await ask(w.core, agent, { payAfterHours: 9 });
  const { mine } = await answer(w.core, await w.human(), questionId, "Yes.");
  await refused("INVALID_STATUS", lapse(mine!.taskId, w.later(1)));
  const task = await taskAt(w, "assigned", agent, await w.human());
  await refused("NOT_DUE", lapse(task, w.later(1000)));
  await refused("TASK_NOT_FOUND", lapse("task_none"));
});

testDeclared("lapse_claim");
