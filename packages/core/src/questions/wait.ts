/** Waiting for answers, for a bounded time, and telling of each. */

import type { Context } from "../context.ts";
import type { Waits } from "../tool.ts";
import { type QuestionRow, type Stand, standOf } from "./view.ts";

/** Of one account at once; who comes later is answered at once, for its money may be locked already. */
const MOST_WAITING = 20;

/** How the question stands when no more answers can come, or when the time is over. */
export async function standWhenDone(ctx: Context, row: QuestionRow, seconds: number): Promise<Stand> {
  const { feed, actor, signal } = ctx;
  const crowded = feed.waiting(actor.userId) >= MOST_WAITING;
  let told = -1;
  const look = async () => {
    const stand = await standOf(ctx, row);
    if (stand.received !== told) tell(ctx, stand);
    told = stand.received;
    return stand.status === "answered" || stand.status === "closed" ? stand : null;
  };
  const found = seconds > 0 && !crowded ? await feed.until(actor.userId, seconds * 1000, look, signal) : null;
  return found ?? standOf(ctx, row);
}

const tell = (ctx: Context, { received, wanted }: Stand) =>
  ctx.progress({ done: received, total: wanted, message: `${received} of ${wanted} answers` });

/** What tools that ask people declare: how to look whether the answers are in. */
export const waitsForAnswers: Waits = {
  atOnce: { waitSeconds: 0 },
  poll: "check_question",
  by: ["questionId"],
  done: ({ status }) => status === "answered" || status === "closed",
  cancel: "cancel_question",
};
