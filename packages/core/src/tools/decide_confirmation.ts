import { z } from "zod";
import { confirmationId, confirmationShape, findConfirmation } from "../confirmation-view.ts";
import { Refusal } from "../errors.ts";
import { defineTool } from "../tool.ts";

/** Minutes that its token is good for after a yes, at least. */
const AFTER_YES = 10;

export const decide_confirmation = defineTool({
  title: "Say yes or no",
  summary: "A person of the account says yes or no to what its agent wants to do with money. No agent can.",
  who: ["agent"],
  permission: "tasks:write",
  person: true,
  effect: "write",
  input: z.strictObject({ confirmationId, answer: z.enum(["yes", "no"]) }),
  output: confirmationShape,
  refusals: ["CONFIRMATION_NOT_FOUND", "CONFIRMATION_CLOSED", "VALIDATION_ERROR", "FORBIDDEN"],
  async run(ctx, { confirmationId: id, answer }) {
    const status = answer === "yes" ? "approved" : "declined";
    // One statement: of two answers at once the first holds, and the second is told.
    const { count } = await ctx.sql`
      update confirmation set status = ${status}, decided_at = clock_now(),
        decided_via = ${ctx.relayed ? "client" : "browser"},
        expires_at = greatest(expires_at, clock_now() + ${`${AFTER_YES} minutes`}::interval)
      where id = ${id} and principal = ${ctx.actor.userId} and status = 'pending' and expires_at > clock_now()`;
    const confirmation = await findConfirmation(ctx, id);
    if (count === 0) throw new Refusal("CONFIRMATION_CLOSED", { status: confirmation.status });
    return confirmation;
  },
});
