import { expect, test } from "vitest";
import { eventTypes } from "../src/event-types.ts";
import { type EventRow, encodeEvent, eventId, eventShape } from "../src/event-view.ts";
import { act, coffeeShops, openWorld, taskAt } from "./world.ts";

const w = await openWorld();

test("what the database tells is of a known type, and has the shape that readers are promised", async () => {
  const [agent, human] = [await w.agent(), await w.human()];
  await taskAt(w, "disputed", agent, human);
  const withdrawn = await act(w.core, agent, "create_task", coffeeShops());
  const applied = await act(w.core, human, "apply_to_task", { taskId: withdrawn.id, message: "Me." });
  await act(w.core, human, "withdraw_application", { taskId: applied.taskId });
  const rows = await w.core.client<EventRow[]>`
    select n, type, actor_role, data, at from event order by n`;
  expect(rows.length).toBeGreaterThan(8);
  for (const row of rows) {
    expect(eventTypes).toContain(row.type);
    const seen = eventShape.parse(encodeEvent(row));
    expect(seen.id).toBe(eventId(row.n));
    expect(seen.data.taskId).toMatch(/^task_/);
    expect(JSON.stringify(seen).length).toBeLessThan(20_000);
  }
  expect(new Set(eventTypes).size).toBe(eventTypes.length);
});
