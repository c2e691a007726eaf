import { z } from "zod";
import { advance } from "../advance.ts";
import { questionId } from "../questions/fields.ts";
import { costShape, findOwnQuestion, standOf } from "../questions/view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

// No money tool: what it moves goes back to its owner and to nobody else, and a repeat finds nothing to move.
export const cancel_question = defineTool({
  title: "Call a question off",
  summary: "Takes no more answers and refunds the places that nobody has taken.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "destroy",
  rest: { method: "POST", path: "/questions/:questionId/cancel" },
  input: z.strictObject({ questionId }),
  output: z.object({ questionId: z.string(), received: z.int(), cost: costShape, message: sentence }),
  refusals: ["QUESTION_NOT_FOUND", "VALIDATION_ERROR"],
  async run(ctx, { questionId }) {
    const { sql } = ctx;
    const before = await findOwnQuestion(ctx, questionId);
    await sql`update question set closed_at = coalesce(closed_at, clock_now()) where id = ${questionId}`;
    // All are locked before one is looked at: a place that is being given back is then open, or finds this done.
    await sql`select 1 from task where question_id = ${questionId} order by id for no key update`;
    const free = await sql<{ id: string }[]>`
      select id from task where question_id = ${questionId} and status in ('open', 'pending_review') order by id`;
    for (const { id } of free) await advance(ctx, "cancel", id);
    const { received, cost } = await standOf(ctx, before);
    const message = cost.held > 0 ? "Called off; what is held is being answered or paid" : "Called off";
    return { questionId, received, cost, message };
  },
});
