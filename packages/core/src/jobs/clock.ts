/** The clock: takes the actions that nobody took in time, through the same door as everyone. */

import { CLOCK } from "../context.ts";
import type { Core } from "../core.ts";
import { Refusal } from "../errors.ts";
import { type Status, statuses } from "../statuses.ts";
import type { ToolName } from "../tools/index.ts";
import type { Job, Report } from "./runner.ts";

const TOOL_OF: Record<"expire" | "approve" | "close" | "lapse", ToolName> = {
  lapse: "lapse_claim",
  expire: "expire_task",
  approve: "approve_submission",
  close: "close_task",
};
const BATCH = 200;

/**
 * Moves every task whose time is up; answers how many tasks moved.
 * A task that fails is reported and passed over: it must not hold up those behind it.
 */
export async function sweep(core: Core, report: Report): Promise<number> {
  let moved = 0;
  const skip: string[] = [];
  for (;;) {
    const due = await core.client<Due[]>`
      select id, status, claim_ends(task) as lapses from task
      where clock_at <= clock_now() and id <> all(${skip}) order by clock_at limit ${BATCH}`;
    for (const task of due) {
      const { id } = task;
      if (await move(core, task, report)) moved += 1;
      else skip.push(id);
    }
    if (due.length < BATCH) break;
  }
  return moved;
}

interface Due {
  id: string;
  status: Status;
  /** Its question waits for answers, so the place opens again. */
  lapses: boolean;
}

/** False when somebody else was quicker, which is no fault. */
async function move(core: Core, { id: taskId, status, lapses }: Due, report: Report): Promise<boolean> {
  const clock = statuses[status].clock;
  if (!clock) return false;
  try {
    await core.call(CLOCK, TOOL_OF[lapses ? "lapse" : clock.action] as string, { taskId });
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) report(error);
    return false;
  }
}

/** The clock as a job. */
export const clockJob = (everyMs: number): Job => ({
  name: "clock",
  everyMs,
  run: async (core, report) => {
    await sweep(core, report);
    return undefined;
  },
});
