/** Waiting for answers, for a bounded time, and telling of each. */

import type { Context } from "../context.ts";
import type { Waits } from "../tool.ts";
import { waitFor } from "../waiting.ts";
import { type QuestionRow, type Stand, standOf } from "./view.ts";

/** How the question stands when no more answers can come, or when the time is over. */
export async function standWhenDone(ctx: Context, row: QuestionRow, seconds: number): Promise<Stand> {
  if (seconds === 0) return standOf(ctx, row);
  let told = -1;
  const look = async () => {
    const stand = await standOf(ctx, row);
    if (stand.received !== told) tell(ctx, stand);
    told = stand.received;
    return stand.status === "answered" || stand.status === "closed" ? stand : null;
  };
  // Its money may be locked already: who would be one too many is answered, not refused.
  return (await waitFor(ctx, seconds, look, { orAtOnce: true })) ?? standOf(ctx, row);
}

const tell = (ctx: Context, { received, wanted }: Stand) =>
  ctx.progress({ done: received, total: wanted, message: `${received} of ${wanted} answers` });

/** What tools that ask people declare: how to look whether the answers are in. */
export const waitsForAnswers: Waits = {
  atOnce: { waitSeconds: 0 },
  poll: "check_question",
  by: ["questionId"],
  done: ({ status }) => status === "answered" || status === "closed",
  cancel: { tool: "cancel_question", was: ({ status }) => status === "closed" },
};
